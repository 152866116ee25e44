import type { MouseEvent } from 'react';
import styles from './Html.module.css';

/** What Trusted Types gives back; React hands it to the page as it is. */
interface Policy {
  createHTML: (html: string) => unknown;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy: (name: string, rules: object) => Policy };
  }
}

/** The only policy that the Content-Security-Policy knows. */
const policy: Policy = window.trustedTypes?.createPolicy('patchbay', {
  createHTML: (html: string) => html,
}) ?? { createHTML: (html) => html };

export interface HtmlProps {
  /** Sanitised in Go (listing.HTML). Nothing else may be given. */
  html: string;
  onLink: (url: string) => void;
}

/** HTML from Go: the one place where a text becomes markup. Its links never leave the window alone. */
export function Html({ html, onLink }: HtmlProps) {
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a');
    if (!link) return;
    event.preventDefault();
    onLink(link.href);
  };
  const trusted = { __html: policy.createHTML(html) as string };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside are the controls; this only hears them
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click
    <div
      className={styles.html}
      data-content
      onClick={follow}
      onAuxClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised in Go, and only through the policy
      dangerouslySetInnerHTML={trusted}
    />
  );
}
