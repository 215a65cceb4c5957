/** What a request asks besides its path; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
export const withQuery = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter((one): one is [string, string | number | boolean] => one[1] !== undefined && one[1] !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
};
