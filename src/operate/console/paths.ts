/** First parts of the console's addresses; `/` is the page Now. What is none of them is not the console's. */
export const pageNames = ['messages', 'held', 'replays', 'sources', 'destinations', 'incidents', 'vendor', 'audit', 'accounts', 'password'] as const;

export const isPage = (path: string): boolean => path === '/' || pageNames.some((name) => path === `/${name}` || path.startsWith(`/${name}/`));
