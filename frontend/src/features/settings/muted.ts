import type { Connection, Icon } from '../../bridge/types';

/** An app that notifications may be about. */
export interface App {
  slug: string;
  name: string;
  icon: Icon;
  muted: boolean;
}

/**
 * Every connected app once, by name, and what is muted but no longer connected:
 * it would be silent again after the next sign-in.
 */
export function appsToTell(connections: Connection[], muted: string[]): App[] {
  const apps = new Map<string, App>();
  for (const { slug, app, icon } of connections) {
    apps.set(slug, { slug, name: app, icon, muted: muted.includes(slug) });
  }
  for (const slug of muted) {
    if (!apps.has(slug)) {
      apps.set(slug, { slug, name: slug, icon: { brand: '', color: '' }, muted: true });
    }
  }
  return [...apps.values()].sort((a, b) => a.name.localeCompare(b.name));
}
