import { system } from './api';
import { report } from './report';

/** Opens a page in the person's browser. Go checks the address; the window never leaves its own. */
export async function openLink(url: string): Promise<void> {
  try {
    await system.OpenLink(url);
  } catch (error) {
    report(error);
  }
}

/** The host of an address, or the text itself when it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
