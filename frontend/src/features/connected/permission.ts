import type { GrantedPermission } from '../../bridge/types';

/** How a permission stands. */
export type Standing = 'granted' | 'missing' | 'unasked' | 'extra';

export function standingOf({ asked, granted }: GrantedPermission): Standing {
  if (granted) return asked ? 'granted' : 'extra';
  return asked ? 'missing' : 'unasked';
}

/** Whether a permission is optional and has not been asked for yet. */
export function addable(permission: GrantedPermission): boolean {
  return permission.permission.optional && standingOf(permission) === 'unasked';
}
