import { SaxesParser } from 'saxes';
import { decode, declaredEncoding } from './encoding.ts';

const v3 = 'urn:hl7-org:v3';
const pdf = 'application/pdf';
const maxDepth = 200;

/** Ends the reading of a document whose PDF is found, or that is too deep. */
class Enough extends Error {}

/** Base64 text of the first PDF: the body of an N1 (`nonXMLBody/text`), or a `value` of an N3 (observationMedia). '' when there is none. */
function pdfText(xml: string): string {
  const parser = new SaxesParser({ xmlns: true });
  const parents: string[] = [];
  let found = '';
  let inside = false;
  const keep = (text: string): void => { found += text; };
  parser.on('doctype', () => { throw new Enough(); });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const holds = uri === v3 && (local === 'value' || (local === 'text' && parents.at(-1) === 'nonXMLBody'))
      && attributes.representation?.value === 'B64' && attributes.mediaType?.value === pdf;
    if (parents.push(local) > maxDepth) throw new Enough();
    if (!holds) return;
    inside = true;
    parser.on('text', keep);
    parser.on('cdata', keep);
  });
  parser.on('closetag', () => { parents.pop(); if (inside) throw new Enough(); });
  try { parser.write(xml).close(); } catch (error) { if (!(error instanceof Enough)) return ''; }
  return found;
}

/**
 * The PDF that a CDA carries, byte for byte: null when there is none, or when it cannot be read. Deterministic, never throws.
 * No DTD is read, so no entity but XML's five.
 */
export function pdfOfCda(bytes: Uint8Array): Uint8Array | null {
  const xml = decode(bytes, declaredEncoding(bytes));
  if (xml === null) return null;
  const found = Buffer.from(pdfText(xml), 'base64');
  return found.length === 0 ? null : found;
}
