import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The React application's sources; not there in an installed package. */
export const appFolder = fileURLToPath(new URL('app/', import.meta.url));
/** One folder a build, named by what it was built from, so that builds under way at once never meet. */
export const builtFolder = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../../dist/console/' : '../../../console/', import.meta.url));

const order = (a: Dirent, b: Dirent): number => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1);

/** A name for the state of the sources: same sources, same name. The libraries' versions count through `lock`. */
export function sourcesDigest(lock = new URL('../../../package-lock.json', import.meta.url)): string {
  const hash = createHash('sha256');
  const files = readdirSync(appFolder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).sort(order);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    hash.update(path.slice(appFolder.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  if (existsSync(lock)) hash.update(readFileSync(lock));
  hash.update(readFileSync(new URL('build.ts', import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}

/** Where the built console is: that of these sources in a checkout, the one that was shipped in a package. Null when there is none. */
export function builtConsole(): string | null {
  const names = existsSync(appFolder) ? [sourcesDigest()] : existsSync(builtFolder) ? readdirSync(builtFolder) : [];
  const [found] = names.map((name) => join(builtFolder, name)).filter((folder) => existsSync(join(folder, 'index.html')));
  return found ?? null;
}
