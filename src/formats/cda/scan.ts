import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Element } from './element.ts';

/** HL7 v3, the namespace of CDA R2. */
const v3 = 'urn:hl7-org:v3';
const xsl = 'http://www.w3.org/1999/XSL/Transform';
/** Real headers have some hundreds; only the header is kept in memory, so only it is counted. */
const maxHeaderElements = 20_000;

/** Why a text is not a CDA: a catalogue code and its arguments. */
export interface Unreadable {
  readonly code: 'document.dtd' | 'document.limits' | 'document.several-cda' | 'document.not-cda' | 'document.not-well-formed';
  readonly args: readonly string[];
}

/** The header as elements, and the little that is wanted of the body. */
export interface Scan {
  readonly root: 'ClinicalDocument' | 'xsl:stylesheet';
  readonly document: Element;
  /** Null: the document has no body. */
  readonly level: 'N1' | 'N3' | null;
  readonly nonXmlMediaType: string;
  readonly embedded: readonly string[];
}

class Stop extends Error {
  readonly why: Unreadable;
  constructor(code: Unreadable['code'], ...args: string[]) { super(code); this.why = { code, args }; }
}

/** Attributes without a prefix, by name. */
function attributesOf(tag: SaxesTagNS): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const attribute of Object.values(tag.attributes)) if (attribute.uri === '') attributes[attribute.local] = attribute.value;
  return attributes;
}

class Scanner {
  root: Scan['root'] | null = null;
  document: Element | null = null;
  level: Scan['level'] = null;
  nonXmlMediaType = '';
  readonly embedded: string[] = [];
  readonly parser = new SaxesParser({ xmlns: true, position: true });
  private depth = 0;
  private documentDepth = 0;
  /** Header elements open now, the ClinicalDocument first; empty outside it. */
  private open: Element[] = [];
  /** Depth of the `component` that holds the body; 0 outside. */
  private body = 0;
  /** Depth of an element of another namespace inside the header; 0 outside. */
  private foreign = 0;
  private readonly maxDepth: number;
  private elements = 0;

  constructor(maxDepth: number) {
    this.maxDepth = maxDepth;
    this.parser.on('doctype', () => { throw new Stop('document.dtd'); });
    this.parser.on('opentag', tag => this.opened(tag));
    this.parser.on('closetag', () => this.closed());
  }

  private opened(tag: SaxesTagNS): void {
    this.depth += 1;
    if (this.depth > this.maxDepth) throw new Stop('document.limits', `maxDepth ${this.maxDepth}`);
    if (this.body !== 0) this.inBody(tag);
    else if (this.foreign !== 0) return;
    else if (this.open.length > 0) this.inHeader(tag);
    else this.outside(tag);
  }

  private outside(tag: SaxesTagNS): void {
    const isDocument = tag.uri === v3 && tag.local === 'ClinicalDocument';
    if (this.depth === 1) {
      if (isDocument) this.root = 'ClinicalDocument';
      else if (tag.uri === xsl && (tag.local === 'stylesheet' || tag.local === 'transform')) this.root = 'xsl:stylesheet';
      else throw new Stop('document.not-cda');
    }
    if (!isDocument) return;
    if (this.document !== null) throw new Stop('document.several-cda');
    this.document = { name: tag.local, attributes: attributesOf(tag), children: [], text: '' };
    this.documentDepth = this.depth;
    this.open = [this.document];
    this.keepText();
  }

  private inHeader(tag: SaxesTagNS): void {
    if (tag.uri !== v3) { this.foreign = this.depth; return; }
    if (tag.local === 'component' && this.open.length === 1) { this.body = this.depth; this.parser.off('text'); return; }
    this.elements += 1;
    if (this.elements > maxHeaderElements) throw new Stop('document.limits', `maxHeaderElements ${maxHeaderElements}`);
    const element: Element = { name: tag.local, attributes: attributesOf(tag), children: [], text: '' };
    this.open.at(-1)?.children.push(element);
    this.open.push(element);
  }

  private inBody(tag: SaxesTagNS): void {
    if (tag.uri !== v3) return;
    if (this.depth === this.body + 1) {
      if (tag.local === 'nonXMLBody') this.level = 'N1';
      else if (tag.local === 'structuredBody') this.level = 'N3';
    } else if (tag.local === 'text' && this.level === 'N1' && this.depth === this.body + 2) {
      this.nonXmlMediaType = tag.attributes.mediaType?.value ?? '';
    } else if (tag.local === 'value' && tag.attributes.representation?.value === 'B64') {
      this.embedded.push(tag.attributes.mediaType?.value ?? '');
    }
  }

  private closed(): void {
    if (this.depth === this.documentDepth) { this.open = []; this.parser.off('text'); }
    else if (this.body !== 0) { if (this.depth === this.body) { this.body = 0; this.keepText(); } }
    else if (this.foreign !== 0) { if (this.depth === this.foreign) this.foreign = 0; }
    else if (this.open.length > 0) this.open.pop();
    this.depth -= 1;
  }

  private keepText(): void {
    this.parser.on('text', text => {
      const here = this.open.at(-1);
      if (here !== undefined && this.foreign === 0) here.text += text;
    });
  }
}

/**
 * Reads a CDA text once, to its end (an unfinished document is never taken for a whole one). Elements are built for the
 * header only; inside the body every tag is checked by the parser and dropped. No DTD, so no entity but XML's five; no file
 * or address named by a processing instruction is ever opened.
 */
export function scan(xml: string, maxDepth: number): Scan | Unreadable {
  const scanner = new Scanner(maxDepth);
  try {
    scanner.parser.write(xml).close();
  } catch (error) {
    if (error instanceof Stop) return error.why;
    return { code: 'document.not-well-formed', args: [String(scanner.parser.line), String(scanner.parser.column)] };
  }
  const { root, document, level, nonXmlMediaType, embedded } = scanner;
  return root === null || document === null ? { code: 'document.not-cda', args: [] } : { root, document, level, nonXmlMediaType, embedded };
}
