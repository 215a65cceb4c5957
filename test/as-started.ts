import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { scripts } = JSON.parse(readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8')) as { readonly scripts: { readonly start: string } };
const words = scripts.start.split(' ');
const node = words.indexOf('node');

/** Node's options of `npm start`: whoever measures or tries the gateway runs it as its operators do. */
export const startOptions: readonly string[] = words.slice(node + 1).filter((word) => word.startsWith('--'));
/** What `npm start` sets in the environment. */
export const startEnvironment: Readonly<Record<string, string>> = Object.fromEntries(words.slice(0, node).map((word) => word.split('=') as [string, string]));
