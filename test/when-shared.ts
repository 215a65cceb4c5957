import { describe, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { sharedFolder } from './shared-folder.ts';

export { sharedFolder };

/** A file or folder of the development-only reference material beside the repository; null where it is not there. */
export const shared = (path: string): string | null => existsSync(`${sharedFolder}/${path}`) ? `${sharedFolder}/${path}` : null;

/**
 * `describe` where the reference material is beside the repository; elsewhere a visibly skipped test in its place. The body
 * is then not even entered (a skipped `describe` would be), so it may read the material while it declares its tests.
 */
export const whenShared = (name: string, tests: () => void): void => {
  describe(name, existsSync(sharedFolder) ? tests : () => { test.skip('needs ../shared, which is not beside this repository', () => undefined); });
};
