import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cleaned = new Set<string>();

function alive(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM'; }
}

/** What processes that were killed left there; a container's number is the same in each of its lives. */
function clean(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? NaN);
    if (!Number.isNaN(pid) && (pid === process.pid || !alive(pid))) rmSync(join(base, name), { recursive: true, force: true });
  }
}

/**
 * A folder for what a simulator needs while it runs: certificates, lists, notices. In `base`, it is taken away by the next start
 * when its own process could not; null is the system's place for temporary files.
 */
export function scratch(base: string | null, name: string): string {
  if (base === null) return mkdtempSync(join(tmpdir(), `passerelle-${name}-`));
  mkdirSync(base, { recursive: true, mode: 0o700 });
  if (!cleaned.has(base)) clean(base);
  cleaned.add(base);
  return mkdtempSync(join(base, `${String(process.pid)}-${name}-`));
}
