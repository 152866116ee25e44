import { useEffect, useState } from 'react';

/** The section, of those with these ids, that is being read; the first before any scrolling. */
export function useSectionInView<ID extends string>(ids: ID[]): ID | undefined {
  const [current, setCurrent] = useState(ids[0]);
  const all = ids.join(' ');
  useEffect(() => {
    const look = ({ target }: Event) => {
      if (target instanceof Element) setCurrent(inView(all.split(' ') as ID[], target));
    };
    // Scrolling does not bubble, and what scrolls is further out.
    document.addEventListener('scroll', look, { capture: true, passive: true });
    return () => document.removeEventListener('scroll', look, { capture: true });
  }, [all]);
  return current;
}

/** The last section that begins in the upper third, or the very last at the end of the page. */
function inView<ID extends string>(ids: ID[], scroller: Element): ID | undefined {
  const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  if (left < 2) return ids.at(-1);
  const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
  const begun = ids.filter((id) => {
    const section = document.getElementById(id);
    return section && section.getBoundingClientRect().top < line;
  });
  return begun.at(-1) ?? ids[0];
}
