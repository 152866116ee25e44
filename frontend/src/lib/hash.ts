/** A place in the window, as the hash of the address says it: `#/discover?q=mail`. */
export interface Place {
  path: string[];
  params: URLSearchParams;
}

/** Reads a hash. Broken percent signs are taken literally. */
export function parseHash(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  return {
    path: path.split('/').filter(Boolean).map(decode),
    params: new URLSearchParams(query),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Writes a hash that parseHash reads back as the same place. */
export function formatHash(path: string[], params?: URLSearchParams): string {
  const query = params?.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}
