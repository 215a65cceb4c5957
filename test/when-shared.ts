import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { sharedFolder } from './shared-folder.ts';

export { sharedFolder };

/** A describe that runs where the shared material is, and shows as skipped where it is not. */
export function whenShared(name: string, tests: () => void): void {
  if (existsSync(sharedFolder)) describe(name, tests);
  else describe.skip(`${name} (skipped: no shared material here)`, tests);
}
