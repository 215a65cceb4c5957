import { createHash } from 'node:crypto';
import { finding, type Finding } from '../../domain/finding.ts';
import { readCdaHeader } from '../../formats/cda/read.ts';
import type { Hl7Message } from '../../formats/hl7v2/model.ts';
import type { ReadDocument } from '../../formats/reading.ts';
import { decodeBase64 } from './base64.ts';
import { observations, type Observation } from './observations.ts';
import { followed } from './version.ts';

/** XPath findings of a CDA are told at the document's OBX-5, where the sender finds them. */
const placed = (findings: readonly Finding[], place: string): Finding[] => findings.map(found => ({ ...found, location: place }));

function readDocument({ segment }: Observation, name: string, timeZone: string, mustBeCda: boolean): ReadDocument {
  const field = segment.field(5);
  const data = field.repetition(1);
  const document = (bytes: Uint8Array, header: ReadDocument['header'], findings: readonly Finding[]): ReadDocument =>
    ({ name, place: field.place, bytes, sha1: createHash('sha1').update(bytes).digest('hex'), size: bytes.length, header, findings });

  const text = data.component(5).slice;
  // One OBX, one document: a second one in a repetition would be left behind, or pass unread.
  const second = field.repetitions[1];
  if (second !== undefined) return document(text.subarray(0, 0), null, [finding('document.several-in-one', second.place)]);
  if (text.length === 0) return document(text, null, [finding('document.empty', field.place)]);
  const encoding = data.text(4).trim().toLowerCase() === 'base64' ? [] : [finding('document.encoding-declared', field.place)];
  const decoded = decodeBase64(text);
  if (decoded === null) return document(text.subarray(0, 0), null, [...encoding, finding('document.base64', field.place)]);

  const { bytes, defects } = decoded;
  const read = readCdaHeader(bytes, { timeZone });
  const unusual = defects.length > 0 ? [finding('document.base64-tolerated', field.place, defects.join(', '))] : [];
  if (read.ok) return document(bytes, read.header, [...encoding, ...unusual, ...placed(read.header.findings, field.place)]);
  // Outside the volets a PDF or an image is a document too, and nothing tells whether it is whole; a DTD is refused anywhere.
  if (!mustBeCda) return document(bytes, null, [...encoding, ...unusual, ...placed(read.findings.filter(({ code }) => code === 'document.dtd'), field.place)]);
  const damaged = defects.length > 0 ? [finding('document.base64', field.place)] : [];
  return document(bytes, null, [...encoding, ...damaged, ...placed(read.findings, field.place)]);
}

/**
 * The documents a message carries in OBX-5 ED, decoded once: hash and size are over the decoded bytes, exactly as they will
 * be sent. In the volets each must be a CDA; elsewhere a document of another kind has a null header and no error. Bytes that
 * could not be decoded are an empty document with its finding, so that names and places stay those of the message.
 */
export function readDocuments(message: Hl7Message, { timeZone }: { readonly timeZone: string }): readonly ReadDocument[] {
  const volet = followed(message)?.profile.volet ?? null;
  return observations(message, volet).filter(({ role }) => role === 'document')
    .map((observation, i) => readDocument(observation, `document-${i + 1}`, timeZone, volet !== null));
}
