import { statfsSync } from 'node:fs';

/** MiB left to us on the disk that holds `path`. Throws when it does not exist. */
export function freeMiB(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize / 1_048_576;
}

/** Whether the disk is under its threshold, or gone; asked anew at most once a second: it is called for each message. */
export function lowDisk(path: string, minFreeMiB: number, clock: () => number): () => boolean {
  let askedAt = -Infinity;
  let low = false;
  return () => {
    const now = clock();
    if (now - askedAt >= 1000 || now < askedAt) {
      askedAt = now;
      try { low = freeMiB(path) < minFreeMiB; } catch { low = true; }
    }
    return low;
  };
}
