import { statSync } from 'node:fs';

const stamp = (file: string): string => {
  try { const { mtimeMs, size, ino } = statSync(file); return `${mtimeMs} ${size} ${ino}`; } catch { return 'absent'; }
};

/** Calls back after any of the files changed. Polls: notifications do not come from network shares and mounted secrets. */
export function onFilesChanged(files: readonly string[], everyMs: number, changed: () => void): () => void {
  const read = () => files.map(stamp).join('\n');
  let last = read();
  const timer = setInterval(() => {
    const now = read();
    if (now === last) return;
    last = now;
    changed();
  }, everyMs).unref();
  return () => clearInterval(timer);
}
