import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/passerelle.js', import.meta.url));

/** What `check --json` prints for one file, as far as the tests look at it. */
export interface Checked {
  readonly file: string;
  readonly format: string;
  readonly messageType: string;
  readonly ack: { readonly code: string; readonly errors: readonly { readonly code: string; readonly location: string; readonly err3: number; readonly err5: number | null }[] } | null;
  readonly identity: { readonly matriculeIns: string | null } | null;
  readonly deliveries: readonly { readonly destination: string; readonly action: string; readonly state: string; readonly recipient: string | null; readonly reason: { readonly code: string }; readonly headers: Readonly<Record<string, unknown>> }[];
  readonly findings: readonly { readonly severity: string; readonly code: string; readonly location: string }[];
  readonly loss: readonly unknown[];
  readonly facts: readonly Readonly<Record<string, unknown>>[];
}

/** Runs a command over files as a process of its own: its lines, parsed, its exit code and what it said on standard error. */
export function command(name: 'check' | 'convert', files: readonly string[]): { readonly lines: readonly Checked[]; readonly code: number | null; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, name, '--json', ...files], { encoding: 'utf8', maxBuffer: 1 << 30, timeout: 120_000 });
  return { code: status, stderr, lines: stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Checked) };
}
