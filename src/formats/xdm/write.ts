import { createHash } from 'node:crypto';
import { ZipFile } from 'yazl';
import { submitObjectsRequest } from '../xds/ebrim/write.ts';
import type { Submission } from '../xds/submission.ts';
import { named, subset } from './names.ts';
import { indexPage, readme, type XdmApplication } from './presentation.ts';

export interface XdmInput {
  /** Its documents' hash and size must be those of the bytes given. File names (slot URI) are made here. */
  readonly submission: Submission;
  /** By the symbolic id of the submission's documents. */
  readonly documents: readonly { readonly id: string; readonly bytes: Uint8Array; readonly mimeType: string }[];
  /** Epoch ms; only its day (UTC) is written. */
  readonly at: number;
  readonly application?: XdmApplication;
}

const self: XdmApplication = { name: 'Passerelle', version: '1', editor: 'Passerelle' };

/** The documents do not belong to the metadata: sending them would put one patient's file under another's name. */
export class XdmMismatch extends Error { override readonly name = 'XdmMismatch' }

function checked({ submission, documents }: XdmInput): void {
  for (const [i, { id, entry }] of submission.documents.entries()) {
    const bytes = documents.find((one) => one.id === id)?.bytes;
    if (bytes === undefined) throw new XdmMismatch(`document ${String(i + 1)} has no bytes`);
    if (entry.size !== bytes.length || entry.hash.toLowerCase() !== createHash('sha1').update(bytes).digest('hex')) throw new XdmMismatch(`hash or size of document ${String(i + 1)} is not that of its bytes`);
  }
  if (documents.length !== submission.documents.length) throw new XdmMismatch('a document has no metadata');
}

/**
 * yazl writes a DOS time, which has no zone, from the local fields of a Date: noon of the UTC day is the same there in every
 * zone, and exists on every day.
 */
const noonOf = (at: number): Date => { const day = new Date(at); return new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 12); };

/** An IHE_XDM.ZIP (IHE ITI TF-2 §3.32; dmp.md §2). The same input gives the same bytes. Rejects with XdmMismatch or NotXmlText. */
export async function writeXdm(input: XdmInput): Promise<Uint8Array> {
  checked(input);
  const bytesOf = new Map(input.documents.map((one) => [one.id, one.bytes]));
  const lot = named(input.submission, new Map(input.documents.map((one) => [one.id, one.mimeType])));
  const zip = new ZipFile();
  const options = { mtime: noonOf(input.at), forceDosTimestamp: true, mode: 0o100644 };
  const add = (name: string, bytes: Uint8Array): void => { zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, options); };
  add('INDEX.HTM', Buffer.from(indexPage(lot)));
  add('README.TXT', Buffer.from(readme(lot, input.application ?? self)));
  add(`${subset}/METADATA.XML`, Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${submitObjectsRequest(lot)}`));
  for (const { id, documentName } of lot.documents) if (documentName !== undefined) add(`${subset}/${documentName}`, bytesOf.get(id) ?? new Uint8Array());
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
