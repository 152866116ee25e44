/** What a key press in the window asks for, wherever the focus is. */
export type Wish = 'palette' | 'search' | 'settings' | 'quit' | 'back' | 'forward';

/** True on a Mac, where the Command key takes the place of Ctrl. */
export function isMac(platform = navigator.platform): boolean {
  return platform.startsWith('Mac');
}

const withModifier: Record<string, Wish> = {
  k: 'palette',
  f: 'search',
  ',': 'settings',
  q: 'quit',
};
const withAlt: Record<string, Wish> = { ArrowLeft: 'back', ArrowRight: 'forward' };
const onMac: Record<string, Wish> = { '[': 'back', ']': 'forward' };

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Reads a key press; undefined when it asks for nothing of the shell's. */
export function wishOf(press: Press, mac: boolean): Wish | undefined {
  if (press.shiftKey) return undefined;
  const [modifier, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (modifier && !other && !press.altKey) {
    return withModifier[press.key.toLowerCase()] ?? (mac ? onMac[press.key] : undefined);
  }
  if (!mac && press.altKey && !modifier && !other) return withAlt[press.key];
  return undefined;
}
