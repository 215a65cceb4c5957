import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Life {
  readonly pid: number;
  readonly port: number;
  /** How it ended: the signal's name or the exit code. */
  readonly ended: Promise<string>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
  /** What it wrote on standard error. */
  said(): string;
}
export interface LifeOptions { /** Variables for the gateway's process. */ readonly env?: Readonly<Record<string, string>>; readonly config: string; readonly log: string; readonly control: string | null; readonly at?: string; readonly after?: number }

const script = fileURLToPath(new URL('gateway.ts', import.meta.url));
/** A gateway that does not listen after so long is stuck. */
const startMs = 60_000;

/** Starts the gateway as a child process. Rejects when it ends before it listens, unless by the crash point it was given. */
export function live({ config, log, control, at, after = 1, env: more = {} }: LifeOptions): Promise<Life | { readonly diedEarly: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...more, CRASH_LOG: log, ...(at === undefined ? {} : { CRASH_AT: at, CRASH_AFTER: String(after) }), ...(control === null ? {} : { CONTROL: control }) };
    const child: ChildProcess = spawn(process.execPath, [script, config], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => { errors += chunk.toString('utf8'); });
    const timer = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`the gateway did not listen within ${String(startMs)} ms: ${errors}`)); }, startMs);
    const ended = new Promise<string>((done) => { child.once('exit', (code, signal) => { clearTimeout(timer); done(signal ?? String(code)); }); });
    void ended.then((how) => {
      // While it recovered, a delivery may already have met the point.
      if (how === 'SIGKILL') resolve({ diedEarly: how }); else reject(new Error(`the gateway ended (${how}) before it listened: ${errors}`));
    });
    const { stdout } = child;
    if (stdout === null) throw new Error('no standard output');
    createInterface({ input: stdout }).on('line', (line) => {
      const port = /^listening mllp:\/\/[^:]+:(\d+)$/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve({ pid: child.pid ?? 0, port: Number(port), ended, kill: (signal) => { child.kill(signal); }, said: () => errors });
    });
  });
}
