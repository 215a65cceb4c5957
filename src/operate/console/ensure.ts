import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { appFolder, builtConsole } from './place.ts';

const script = fileURLToPath(new URL('build.ts', import.meta.url));
const lastWords = 400;

/** `ready`: it was there. `absent`: neither built nor its sources. `failed`: why, in the builder's words. */
export type ConsoleState = { readonly kind: 'ready' | 'built' | 'absent' } | { readonly kind: 'failed'; readonly why: string };

/**
 * Has the console built where it is not, or is older than its sources; `begins` is called before that, which takes some
 * seconds. Never rejects: a gateway without its console still carries messages.
 */
export async function ensureConsole(begins: () => void): Promise<ConsoleState> {
  if (builtConsole() !== null) return { kind: 'ready' };
  if (!existsSync(appFolder)) return { kind: 'absent' };
  begins();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-lastWords); });
    child.once('error', (error) => { resolve({ kind: 'failed', why: error.message }); });
    child.once('close', (code) => { resolve(code === 0 ? { kind: 'built' } : { kind: 'failed', why: said.trim() }); });
  });
}
