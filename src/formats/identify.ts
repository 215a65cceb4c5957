import type { Identified } from '../domain/message.ts';
import { identifyHl7 } from './hl7v2/identify.ts';

const [LT, BOM0, BOM1, BOM2] = [0x3c, 0xef, 0xbb, 0xbf];

/** First byte that says something: after a BOM and white space. */
function firstByte(bytes: Uint8Array): number | undefined {
  let at = bytes[0] === BOM0 && bytes[1] === BOM1 && bytes[2] === BOM2 ? 3 : 0;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d; byte = bytes[at]) at++;
  return bytes[at];
}

/** Which format, and what can be said of it cheaply. Never throws. An XML document has no control id: exactly-once is by its own id. */
export function identify(bytes: Uint8Array): Identified {
  if (firstByte(bytes) === LT) return { format: 'cda', type: 'CDA', sender: '', controlId: '', charset: '', processing: '', enhanced: false };
  return identifyHl7(bytes);
}
