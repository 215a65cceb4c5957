import { readFileSync } from 'node:fs';

/** The product's version, stamped on every plan (invariant 5). */
export const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
