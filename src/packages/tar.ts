/** A file of a tar archive, in order. `name` is as stored; nothing is written to disk, so no path can escape. */
export interface TarFile { readonly name: string; readonly bytes: Buffer }

export class TarError extends Error {}

const block = 512;

/**
 * Reads a tar archive held in memory (POSIX ustar with GNU and pax long names), calling back for each regular file.
 * Throws TarError on a damaged header or an entry that runs past the end.
 */
export function readTar(archive: Buffer, each: (file: TarFile) => void): void {
  let offset = 0;
  let longName: string | undefined;
  while (offset + block <= archive.length) {
    const header = archive.subarray(offset, offset + block);
    if (header[0] === 0) return;
    const size = octal(header.subarray(124, 136));
    const type = String.fromCharCode(header[156] ?? 0);
    const start = offset + block;
    if (!Number.isFinite(size) || size < 0 || start + size > archive.length) throw new TarError('damaged archive');
    const bytes = archive.subarray(start, start + size);
    if (type === 'L') longName = text(bytes);
    else if (type === 'x') longName = paxPath(bytes) ?? longName;
    else if (type === '0' || type === '\0') {
      each({ name: longName ?? fullName(header), bytes });
      longName = undefined;
    } else if (type !== 'g') longName = undefined;
    offset = start + Math.ceil(size / block) * block;
  }
}

function fullName(header: Buffer): string {
  const name = text(header.subarray(0, 100));
  const ustar = header.subarray(257, 262).toString('latin1') === 'ustar';
  const prefix = ustar ? text(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return (end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
}

function octal(bytes: Buffer): number {
  const digits = text(bytes).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits === '' ? '0' : digits, 8) : Number.NaN;
}

function paxPath(bytes: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)/.exec(bytes.toString('utf8'))?.[1];
}
