import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';

/** Development material beside the checkout; it is not part of the project, and nothing needs it but these tests. */
export const sharedFolder = process.env.PASSERELLE_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');

/** A describe that runs where the shared material is, and shows as skipped where it is not. */
export function whenShared(name: string, tests: () => void): void {
  if (existsSync(sharedFolder)) describe(name, tests);
  else describe.skip(`${name} (skipped: no shared material here)`, tests);
}
