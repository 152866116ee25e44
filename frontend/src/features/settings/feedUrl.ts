/** Whether a text can be a feed's address: https, with a host and without a name or password in it. */
export function isFeedUrl(text: string): boolean {
  const url = text.trim();
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  return protocol === 'https:' && hostname !== '' && username === '' && password === '';
}
