import { isXmlText } from '../xml-characters.ts';
import type { Hl7Message, Segment } from './model.ts';

/**
 * Could a text of these bytes hold one? Written; U+FFFE, U+FFFF (EF BF BE, EF BF BF in UTF-8); or escaped (`\X01\`). Every byte
 * of every message passes here: most leave at the first comparison. Tab, line feed and carriage return are XML's.
 */
function suspect(bytes: Uint8Array, escape: number): boolean {
  const { length } = bytes;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x20 && byte !== escape && byte !== 0xef) continue;
    if (byte === 0x0d || byte === 0x0a || byte === 0x09) continue;
    if (byte < 0x20 || bytes[i + 1] === (byte === 0xef ? 0xbf : 0x58)) return true;
  }
  return false;
}

/** Bytes. */
const small = 65_536;

const textsOf = (segment: Segment): { place: string; text: string }[] =>
  Array.from({ length: segment.size }, (_, i) => segment.field(i + 1)).flatMap((field) => field.repetitions.flatMap(({ components }) => components.flatMap((component) =>
    component.subs.map((text) => ({ place: component.place, text })))));

/**
 * Places of texts that hold a character no XML can carry, even as a reference (XML 1.0 §2.2). A document's own line is passed
 * over: its reader looks at it.
 */
export function controlCharacters(message: Hl7Message): string[] {
  const escape = message.separators.escape.charCodeAt(0);
  // Nothing in a small message, nothing in its segments; a large one holds documents, whose lines are not looked at.
  if (message.bytes.length < small && !suspect(message.bytes, escape)) return [];
  const isDocument = (segment: Segment): boolean => segment.name === 'OBX' && segment.text(2) === 'ED';
  return message.segments.filter((segment) => !isDocument(segment) && suspect(segment.slice, escape))
    .flatMap((segment) => textsOf(segment).filter(({ text }) => !isXmlText(text)).map(({ place }) => place));
}
