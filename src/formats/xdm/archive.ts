import { fromBufferPromise, getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { finding, type Finding } from '../../domain/finding.ts';

export interface ArchiveLimits {
  readonly maxBytes: number;
  readonly maxEntries: number;
  /** All files unpacked. */
  readonly maxUnpacked: number;
  /** Unpacked to packed, looked at above `ratioFrom` bytes: small texts may well shrink more. */
  readonly maxRatio: number;
}
export const usualLimits: ArchiveLimits = { maxBytes: 64 * 1024 * 1024, maxEntries: 500, maxUnpacked: 256 * 1024 * 1024, maxRatio: 200 };
const ratioFrom = 1024 * 1024;

/** A file of the archive: its name with `/`, in upper case (XDM media are read without regard to case), and its place for a finding. */
export interface ArchiveFile { readonly name: string; readonly place: string; readonly size: number; bytes(): Promise<Uint8Array> }
export interface Archive { readonly files: readonly ArchiveFile[]; readonly findings: readonly Finding[] }

const unixLink = 0xa000;
const isLink = ({ externalFileAttributes }: Entry): boolean => ((externalFileAttributes >>> 16) & 0xf000) === unixLink;

/** What makes an archive unfit to be opened at all; null when the entry is a plain file or folder. */
function unsafe(entry: Entry, name: string, place: string, limits: ArchiveLimits): Finding | null {
  if (validateFileName(name) !== null || name.includes('\0')) return finding('xdm.path', place, place);
  if (isLink(entry)) return finding('xdm.link', place, place);
  if (entry.isEncrypted()) return finding('xdm.encrypted', place, place);
  if (!entry.canDecodeFileData()) return finding('xdm.unreadable', place, place);
  if (entry.uncompressedSize > ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.maxRatio) return finding('xdm.bomb', place, place, `${String(limits.maxRatio)}:1`);
  return null;
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  // yauzl ends with an error as soon as more comes out than the entry says (validateEntrySizes).
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * The files of a zip, when it is safe: no path that escapes, no link, no encryption, no name twice, bounded in count, size and
 * ratio. Nothing is written to disk. Never rejects: an archive that is not safe has findings of severity error and no file.
 */
export async function readArchive(bytes: Uint8Array, limits: ArchiveLimits = usualLimits): Promise<Archive> {
  const refused = (found: Finding): Archive => ({ files: [], findings: [found] });
  if (bytes.length > limits.maxBytes) return refused(finding('xdm.bomb', 'zip', 'zip', `${String(limits.maxBytes)} octets`));
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
    const files: ArchiveFile[] = [];
    const names = new Set<string>();
    let unpacked = 0;
    let index = 0;
    for await (const entry of zip.eachEntry()) {
      index += 1;
      const place = `zip[${String(index)}]`;
      if (index > limits.maxEntries) return refused(finding('xdm.bomb', place, place, `${String(limits.maxEntries)} fichiers`));
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      const problem = unsafe(entry, name, place, limits);
      if (problem !== null) return refused(problem);
      unpacked += entry.uncompressedSize;
      if (unpacked > limits.maxUnpacked) return refused(finding('xdm.bomb', place, place, `${String(limits.maxUnpacked)} octets`));
      const upper = name.toUpperCase();
      if (names.has(upper)) return refused(finding('xdm.duplicate', place, place));
      names.add(upper);
      if (!name.endsWith('/')) files.push({ name: upper, place, size: entry.uncompressedSize, bytes: () => unpack(zip, entry) });
    }
    return { files, findings: [] };
  } catch {
    return refused(finding('xdm.unreadable', 'zip', 'zip'));
  }
}
