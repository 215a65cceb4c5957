import { SaxesParser } from 'saxes';
import { decode } from '../decode.ts';
import { type FhirText, type TextLimits, textLimits } from '../fhir-text.ts';
import { lineCounter } from '../position.ts';
import { refused } from '../refused.ts';
import { Unreadable } from '../unreadable.ts';
import type { SchemaLookup } from './schema-lookup.ts';
import { TreeBuilder } from './tree-builder.ts';

/**
 * Reads a FHIR XML resource (R4 xml.html) — an instance or a definition — into FHIR JSON's tree. Never throws: what is
 * wrong is in `problems`. No DTD and no entity of its own is accepted, so nothing can be expanded or fetched.
 */
export function readXml(input: string | Uint8Array, lookup: SchemaLookup, limits: Partial<TextLimits> = {}): FhirText {
  const caps = { ...textLimits, ...limits };
  if (input.length > caps.maxLength) return refused('size');
  const { text, encoding } = decode(input, 'xml');
  if (text.trim() === '') return refused('empty');
  const builder = new TreeBuilder(text, lookup, caps);
  const complete = parse(text, builder, () => {
    if (encoding === 'invalid') builder.report('encoding', Math.max(0, text.indexOf('\uFFFD')));
    if (encoding === 'declared') builder.report('encoding', 0, undefined, 'warning');
  });
  const resource = complete ? builder.resource : undefined;
  const at = lineCounter(text);
  return {
    resource,
    problems: builder.found.map(({ offset, ...found }) => ({ ...found, ...at(offset) })),
    decimals: builder.decimals,
    pointed: [],
    locate: path => at(builder.offsets.nearest(builder.resource, path) || rootOffset(text)),
  };
}

/** True when the text was read to its end. */
function parse(text: string, builder: TreeBuilder, first: () => void): boolean {
  const parser = new SaxesParser({ xmlns: true });
  let start = 0;
  parser.on('error', error => builder.stop('xml-syntax', Math.min(parser.position, text.length), syntaxFault(error.message)));
  parser.on('doctype', () => builder.stop('doctype', Math.max(0, text.lastIndexOf('<!DOCTYPE', parser.position))));
  parser.on('processinginstruction', () => builder.instruction(Math.max(0, text.lastIndexOf('<?', parser.position))));
  // A `<` cannot stand inside a tag, so the last one before the name's end is the tag's own.
  parser.on('opentagstart', () => start = text.lastIndexOf('<', parser.position - 1));
  parser.on('opentag', tag => builder.open({ local: tag.local, prefix: tag.prefix, uri: tag.uri, attributes: Object.values(tag.attributes), offset: start }));
  parser.on('closetag', () => builder.close(parser.position));
  parser.on('text', characters => builder.characters(characters, parser.position - 1));
  parser.on('cdata', characters => builder.characters(characters, parser.position - 1));
  try {
    first();
    parser.write(text).close();
    return true;
  } catch (stop) {
    if (stop instanceof Unreadable) return false;
    throw stop;
  }
}

/** What the XML parser says, without its position and without anything that may come from the text. */
function syntaxFault(message: string): string {
  return /^(?:\d+:\d+: )?([A-Za-z ,'-]+)/.exec(message)?.[1]?.trim() ?? '…';
}

function rootOffset(text: string): number {
  const root = /<[A-Za-z]/.exec(text);
  return root?.index ?? 0;
}
