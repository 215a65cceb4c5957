import { createHash } from 'node:crypto';
import { finding } from '../domain/finding.ts';
import { readCdaHeader } from '../formats/cda/read.ts';
import { identifyFrom } from '../formats/identify.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { readNotice } from '../formats/notice/read.ts';
import type { ReadDocument, Reading } from '../formats/reading.ts';
import { readDocuments } from './volet/documents.ts';

/** A CDA that came by itself, as the one document of its reading. */
function loneCda(bytes: Uint8Array, timeZone: string): ReadDocument {
  const read = readCdaHeader(bytes, { timeZone });
  const common = { name: 'document-1', place: 'ClinicalDocument', bytes, sha1: createHash('sha1').update(bytes).digest('hex'), size: bytes.length };
  return read.ok ? { ...common, header: read.header, findings: read.header.findings } : { ...common, header: null, findings: read.findings };
}

/** The read stage: bytes to a read model with the documents it carries. Never throws; what is wrong is a finding with its place. */
export function read(bytes: Uint8Array, { timeZone, mailbox = false }: { readonly timeZone: string; readonly mailbox?: boolean }): Reading {
  const identified = identifyFrom(bytes, mailbox);
  switch (identified.format) {
    case 'cda': return { format: 'cda', identified, documents: [loneCda(bytes, timeZone)], findings: [] };
    case 'hl7v2': {
      const message = readHl7(bytes);
      return { format: 'hl7v2', identified, message, documents: readDocuments(message, { timeZone }), findings: message.findings };
    }
    case 'mail': return { format: 'mail', identified, notice: readNotice(bytes), documents: [], findings: [] };
    default: return { format: 'unknown', identified, documents: [], findings: [finding('hl7v2.no-msh', '')] };
  }
}
