import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCoreDefinitions } from '../src/packages/core.ts';

/** Kept between test files, so that only the first pays for pruning. */
export const testCache = join(tmpdir(), 'passerelle-test-core');

let core: ReturnType<typeof openCoreDefinitions> | undefined;

/** The R4 definitions the product is installed with. */
export function coreDefinitions(): ReturnType<typeof openCoreDefinitions> {
  core ??= openCoreDefinitions(testCache);
  return core;
}
