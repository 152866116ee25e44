/** A size in the largest unit it fills: "640 kB", "3.1 MB". */
export function bytes(count: number, language: string): string {
  const large = count >= 1_000_000;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(count / (large ? 1_000_000 : 1000));
}
