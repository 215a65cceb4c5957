import { createHash } from 'node:crypto';
import { finding, type Finding } from '../../domain/finding.ts';
import type { DocumentEntry } from '../xds/document-entry.ts';
import { readSubmission } from '../xds/ebrim/read.ts';
import type { Submission, SubmittedDocument } from '../xds/submission.ts';
import { readArchive, usualLimits, type ArchiveFile, type ArchiveLimits } from './archive.ts';

/** A document of the medium; `bytes` is null when the file is missing, or is not the one its metadata describe. */
export interface XdmDocument { readonly id: string; readonly name: string; readonly entry: DocumentEntry; readonly bytes: Uint8Array | null }
/** One `IHE_XDM/<folder>`; media made by the gateway have one. */
export interface XdmSubset { readonly name: string; readonly submission: Submission; readonly documents: readonly XdmDocument[] }
export interface XdmRead { readonly subsets: readonly XdmSubset[]; readonly findings: readonly Finding[] }

const metadataFile = /(?:^|\/)IHE_XDM\/([^/]+)\/METADATA\.XML$/;
const zipStart = [0x50, 0x4b, 0x03, 0x04];
const isZip = (bytes: Uint8Array): boolean => zipStart.every((byte, i) => bytes[i] === byte);
/** A damaged entry gives null; the archive as a whole was found safe before. */
const bytesOf = async (file: ArchiveFile): Promise<Uint8Array | null> => { try { return await file.bytes(); } catch { return null; } };

/** The file is the one its metadata describe (dmp.md §2: size in bytes, SHA-1 in hex, case does not matter). */
function agrees({ hash, size }: DocumentEntry, bytes: Uint8Array, place: string): Finding[] {
  const found: Finding[] = [];
  if (hash === '' || size === 0) found.push(finding('xdm.unverifiable', place, place));
  if (size !== 0 && size !== bytes.length) found.push(finding('xdm.size', place, place));
  if (hash !== '' && hash.toLowerCase() !== createHash('sha1').update(bytes).digest('hex')) found.push(finding('xdm.hash', place, place));
  return found;
}

async function documentOf({ id, entry, documentName = '' }: SubmittedDocument, folder: string, files: ReadonlyMap<string, ArchiveFile>, place: string): Promise<{ document: XdmDocument; findings: Finding[] }> {
  const file = documentName === '' ? undefined : files.get(`${folder}${documentName.replaceAll('\\', '/')}`.toUpperCase());
  const bytes = file === undefined ? null : await bytesOf(file);
  const document = { id, name: documentName, entry, bytes: null };
  if (bytes === null) return { document, findings: [finding('xdm.document-missing', place, place)] };
  const findings = agrees(entry, bytes, place);
  if (isZip(bytes)) findings.push(finding('xdm.nested', place, place));
  return { document: { ...document, bytes: findings.some((one) => one.severity === 'error') ? null : bytes }, findings };
}

async function subsetOf(metadata: ArchiveFile, files: ReadonlyMap<string, ArchiveFile>): Promise<{ subset: XdmSubset | null; findings: Finding[] }> {
  const text = await bytesOf(metadata);
  if (text === null) return { subset: null, findings: [finding('xdm.unreadable', metadata.place, metadata.place)] };
  const { submission, findings } = readSubmission(text);
  const told = findings.map((one) => finding(one.code, `METADATA.XML${one.location === '/' ? '' : `/${one.location}`}`, ...(one.args ?? [])));
  if (submission === null) return { subset: null, findings: told };
  const documents: XdmDocument[] = [];
  for (const [i, one] of submission.documents.entries()) {
    const { document, findings: own } = await documentOf(one, metadata.name.slice(0, metadata.name.lastIndexOf('/') + 1), files, `XDSDocumentEntry[${String(i + 1)}]`);
    documents.push(document);
    told.push(...own);
  }
  return { subset: { name: metadataFile.exec(metadata.name)?.[1] ?? '', submission, documents }, findings: told };
}

/** An IHE_XDM.ZIP as received (IHE ITI TF-2 §3.32). Never rejects, whatever the bytes; a document is given only when it is the one described. */
export async function readXdm(bytes: Uint8Array, limits: ArchiveLimits = usualLimits): Promise<XdmRead> {
  const { files, findings: unsafe } = await readArchive(bytes, limits);
  if (unsafe.length > 0) return { subsets: [], findings: unsafe };
  const byName = new Map(files.map((one) => [one.name, one]));
  const subsets: XdmSubset[] = [];
  const findings: Finding[] = [];
  for (const metadata of files.filter(({ name }) => metadataFile.test(name))) {
    const { subset, findings: own } = await subsetOf(metadata, byName);
    if (subset !== null) subsets.push(subset);
    findings.push(...own);
  }
  if (subsets.length === 0 && findings.length === 0) findings.push(finding('xdm.no-metadata', 'zip', 'IHE_XDM/SUBSET01/METADATA.XML'));
  return { subsets, findings };
}
