import { isUtf8 } from 'node:buffer';
import { decode, declaredEncoding } from '../formats/cda/encoding.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { spansOf } from '../formats/hl7v2/spans.ts';
import { linesOf } from '../formats/hl7v2/lines.ts';
import { linksOf, type Placed } from '../normalize/links.ts';
import type { DeliveryFull, MessageFull } from '../journal/journal.ts';
import type { RevealPart, Shown } from '../operate/api/contract/story.ts';
import type { Content } from '../operate/reading/reader.ts';

/** Beyond, a screen is of no use: `messages export` writes the bytes to a file. */
const mostShown = 8 * 1024 * 1024;

const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 4096).includes(0) || Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4)).toString('latin1') === '%PDF';
const starts = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1').replace(/^\xef\xbb\xbf/, '').trimStart();

function mediaTypeOf(bytes: Uint8Array): string {
  const head = starts(bytes);
  if (head.startsWith('%PDF')) return 'application/pdf';
  if (head.startsWith('PK\u0003\u0004')) return 'application/zip';
  if (head.startsWith('<')) return 'text/xml';
  if (/^[[{]/.test(head)) return 'application/json';
  return /^(MSH|FHS|BHS)/.test(head) ? 'x-application/hl7-v2+er7' : 'text/plain';
}

/** Bytes as a person reads them; what is too long for a screen is told by its size only. */
export function shown(bytes: Uint8Array, known: { readonly text: string; readonly charset: string } | null = null): Shown {
  const mediaType = mediaTypeOf(bytes);
  const { length: size } = bytes;
  if (size > mostShown) return { text: null, base64: null, charset: '', mediaType, size };
  if (known !== null) return { ...known, base64: null, mediaType, size };
  const charset = isUtf8(bytes) ? 'utf-8' : mediaType === 'text/xml' ? declaredEncoding(bytes) : 'iso-8859-15';
  const text = isBinary(bytes) || mediaType === 'application/zip' ? null : decode(bytes, charset);
  return text === null ? { text: null, base64: Buffer.from(bytes).toString('base64'), charset: '', mediaType, size } : { text, base64: null, charset, mediaType, size };
}

/** A message's raw text with its places, when it is HL7 v2; else only its text. */
function rawOf(bytes: Uint8Array): { readonly raw: NonNullable<Content['raw']>; readonly placed: readonly Placed[] } {
  const first = linesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).next().value;
  const isHl7 = first !== undefined && starts(bytes).replace(/^\v/, '').startsWith('MSH');
  if (!isHl7 || bytes.length > mostShown) return { raw: { shown: shown(bytes), places: [] }, placed: [] };
  const message = readHl7(bytes);
  const { text, spans } = spansOf(message);
  return { raw: { shown: shown(bytes, { text, charset: message.charset.used }), places: spans.map(({ place, start, end }) => ({ place, start, end })) }, placed: spans };
}

/** @param body the bytes of one step of an envelope */
export function contentOf(message: MessageFull, deliveries: readonly DeliveryFull[], parts: readonly RevealPart[], body: (seq: number, delivery: DeliveryFull, step: number) => Uint8Array): Content {
  const wants = (part: RevealPart): boolean => parts.includes(part);
  const raw = message.bytes === null ? null : rawOf(message.bytes);
  const json = message.bundle === null ? null : JSON.parse(Buffer.from(message.bundle).toString('utf8')) as { readonly entry?: readonly unknown[] };
  return {
    ...(wants('raw') && raw !== null ? { raw: raw.raw } : {}),
    ...(wants('bundle') && json !== null ? { bundle: { json, links: linksOf(json, raw?.placed ?? []) } } : {}),
    ...(wants('acknowledgement') && message.ackBytes !== null ? { acknowledgement: shown(message.ackBytes) } : {}),
    ...(wants('documents') ? { documents: [...message.documents].map(([name, bytes]) => ({ name, content: shown(bytes) })) } : {}),
    ...(wants('answers') ? { answers: deliveries.flatMap(({ id, destination, attemptsMade, remoteId }) => [
      ...attemptsMade.flatMap(({ n, raw: said }) => (said === null ? [] : [{ delivery: id, destination, n, text: said }])),
      ...(remoteId === null ? [] : [{ delivery: id, destination, n: attemptsMade.length, text: `id : ${remoteId}` }]),
    ]) } : {}),
    ...(wants('sent') ? {
      sent: deliveries.flatMap((one) => (one.envelope?.steps ?? []).map((step, i) => ({ delivery: one.id, destination: one.destination, step: step.name, meta: { ...step.meta }, body: shown(body(message.seq, one, i)) }))),
    } : {}),
  };
}
