import { describe } from '@jest/globals';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../shared/', import.meta.url));

/** A file or folder of the development-only reference material beside the repository; null where it is not there. */
export const shared = (path: string): string | null => existsSync(root + path) ? root + path : null;

/** `describe`, or a visibly skipped one when the reference material is not beside the repository. */
export const whenShared = (name: string, tests: () => void): void => {
  if (existsSync(root)) describe(name, tests);
  else describe(`${name} — needs ../shared, which is not here`, () => { describe.skip('skipped', tests); });
};
