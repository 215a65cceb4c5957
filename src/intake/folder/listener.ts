import { watch, type FSWatcher } from 'node:fs';
import type { IntakePorts } from '../take.ts';
import { Claims } from './claims.ts';
import { pickUp, type FolderIntake } from './pick-up.ts';
import { readyFiles, type Dropped, type Ready } from './ready.ts';

export interface DropFolder extends FolderIntake { readonly path: string; readonly ready: Ready; readonly pollMs: number }
export interface FolderListener {
  /** Looks no more, and finishes the file at hand. */
  close(): Promise<void>;
}

/** A file refused "come back later" for its own sake is tried so often, then rejected. A saturated gateway is waited for without end. */
const tries = 5;

/**
 * Picks files up from a drop folder, one at a time, oldest first. Looks every `pollMs`: notifications do not come from network
 * shares, and are only a hint to look earlier. A folder that cannot be used is said once, and tried again.
 */
export function folderListener(folder: DropFolder, ports: IntakePorts): FolderListener {
  const claims = new Claims(folder.path);
  const refusals = new Map<string, number>();
  let before: ReadonlyMap<string, Dropped> = new Map();
  let unusable: string | null = null;
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  let hint: FSWatcher | null = null;
  let wake: () => void = () => undefined;

  /** True when it is settled; a file to be tried later holds the ones behind it up, which keeps their order. */
  const one = async (file: Dropped): Promise<boolean> => {
    const refused = refusals.get(file.name) ?? 0;
    const outcome = await pickUp(file, claims, folder, ports, refused + 1 >= tries);
    if (outcome === 'refused') refusals.set(file.name, refused + 1); else refusals.delete(file.name);
    return outcome === 'settled';
  };

  const look = async (): Promise<void> => {
    await claims.prepare();
    for (const file of await claims.claimed()) if (isClosing() || !await one(file)) return;
    const dropped = await claims.dropped();
    const ready = readyFiles(dropped, folder.ready, before);
    before = new Map(dropped.map(file => [file.name, file]));
    for (const file of ready) {
      if (isClosing()) return;
      if (await claims.claim(file.name, folder.ready) && !await one(file)) return;
    }
  };

  const run = async (): Promise<void> => {
    while (!isClosing()) {
      try {
        await look();
        unusable = null;
        hint ??= watchFor(folder.path, () => { wake(); });
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        if (code !== unusable) ports.report({ fault: 'intake.folder-unusable', listener: folder.name, peer: '', detail: code });
        unusable = code;
      }
      if (!isClosing()) await pause();
    }
    hint?.close();
  };
  const pause = (): Promise<void> => new Promise(resolve => {
    const timer = setTimeout(resolve, folder.pollMs);
    // With `stable`, two looks must be a poll apart: a hint would make them too close.
    wake = () => { if (isClosing() || folder.ready !== 'stable') { clearTimeout(timer); resolve(); } };
  });

  const running = run();
  return { close: () => { closing.abort(); wake(); return running; } };
}

function watchFor(path: string, changed: () => void): FSWatcher | null {
  try { return watch(path, { persistent: false }, changed).on('error', () => undefined); } catch { return null; }
}
