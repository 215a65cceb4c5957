import { SaxesParser, type SaxesTagNS } from 'saxes';
import { finding, type Finding } from '../../../domain/finding.ts';
import { decode, declaredEncoding } from '../../cda/encoding.ts';
import { namespaces } from './schemes.ts';
import type { RimElement } from './object.ts';

const maxBytes = 32 * 1024 * 1024;
const maxDepth = 100;
/** An entry has about a hundred; a registry object over this is an attack. */
const maxElementsOfOne = 20_000;

const objects: ReadonlySet<string> = new Set(['RegistryPackage', 'ExtrinsicObject', 'Association', 'Classification', 'ObjectRef']);
const answers: ReadonlySet<string> = new Set(['RegistryResponse', 'AdhocQueryResponse']);

/** What is told of a text as it goes by. */
export interface RimReader {
  /** A registry object or a RegistryError, whole. */
  object(element: RimElement): void;
  /** Start tag of a RegistryResponse or AdhocQueryResponse. */
  answer?(status: string): void;
}

class Stop extends Error {
  readonly why: Finding;
  constructor(why: Finding) { super(why.code); this.why = why; }
}

class Scanner {
  readonly parser = new SaxesParser({ xmlns: true, position: true });
  readonly #reader: RimReader;
  #depth = 0;
  /** Elements open inside a registry object, that object first. */
  #open: RimElement[] = [];
  #elements = 0;

  constructor(reader: RimReader) {
    this.#reader = reader;
    this.parser.on('doctype', () => { throw new Stop(finding('xds.dtd', '/')); });
    this.parser.on('opentag', (tag) => this.#opened(tag));
    this.parser.on('closetag', () => this.#closed());
    this.parser.on('text', (text) => { const here = this.#open.at(-1); if (here !== undefined) here.text += text; });
    this.parser.on('cdata', (text) => { const here = this.#open.at(-1); if (here !== undefined) here.text += text; });
  }

  #opened(tag: SaxesTagNS): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new Stop(finding('xds.limits', '/', `maxDepth ${maxDepth}`));
    const begins = this.#open.length === 0;
    if (begins && tag.uri === namespaces.rs && answers.has(tag.local) || tag.uri === namespaces.query && answers.has(tag.local)) this.#reader.answer?.(tag.attributes.status?.value ?? '');
    if (begins && !(tag.uri === namespaces.rim && objects.has(tag.local)) && !(tag.uri === namespaces.rs && tag.local === 'RegistryError')) return;
    this.#elements = begins ? 1 : this.#elements + 1;
    if (this.#elements > maxElementsOfOne) throw new Stop(finding('xds.limits', '/', `maxElements ${maxElementsOfOne}`));
    const attributes = Object.fromEntries(Object.values(tag.attributes).flatMap(({ uri, local, value }) => (uri === '' ? [[local, value] as const] : [])));
    const element: RimElement = { name: tag.local, attributes, children: [], text: '' };
    this.#open.at(-1)?.children.push(element);
    this.#open.push(element);
  }

  #closed(): void {
    this.#depth -= 1;
    const element = this.#open.pop();
    if (element !== undefined && this.#open.length === 0) this.#reader.object(element);
  }
}

/**
 * Reads ebRIM out of bytes, wherever it stands in them (alone, or inside a SOAP envelope), one registry object in memory at a
 * time. Never throws; null when the text was read to its end, else why not.
 */
export function scanRim(bytes: Uint8Array, reader: RimReader): Finding | null {
  if (bytes.length > maxBytes) return finding('xds.limits', '/', `maxBytes ${maxBytes}`);
  const encoding = declaredEncoding(bytes);
  const xml = decode(bytes, encoding);
  if (xml === null) return finding('xds.encoding', '/', encoding);
  const scanner = new Scanner(reader);
  try { scanner.parser.write(xml).close(); } catch (error) {
    return error instanceof Stop ? error.why : finding('xds.not-well-formed', '/', String(scanner.parser.line), String(scanner.parser.column));
  }
  return null;
}
