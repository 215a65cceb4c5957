import { DecimalTexts } from '../decimals.ts';
import type { TextLimits } from '../fhir-text.ts';
import { Offsets } from '../offsets.ts';
import { type Found, nameFit, type ProblemCode } from '../problem.ts';
import { Unreadable } from '../unreadable.ts';
import { type Frame, frame } from './frame.ts';
import { dropEmptyArrays, placeObject, placePrimitive } from './place-member.ts';
import { primitiveValue } from './primitive-value.ts';
import type { ElementShape, SchemaLookup } from './schema-lookup.ts';
import { XhtmlText } from './xhtml-text.ts';

export const fhirNamespace = 'http://hl7.org/fhir';
const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';
const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

/** An opening tag as the XML parser gives it. */
export interface OpenTag {
  readonly local: string;
  readonly prefix: string;
  readonly uri: string;
  readonly attributes: readonly { readonly name: string; readonly local: string; readonly prefix: string; readonly uri: string; readonly value: string }[];
  /** Offset of its `<` in the text. */
  readonly offset: number;
}

/** FHIR XML's elements → FHIR JSON's tree, one open element at a time (R4 xml.html, json.html). */
export class TreeBuilder {
  readonly found: Found[] = [];
  readonly offsets = new Offsets();
  readonly decimals = new DecimalTexts();
  resource: Record<string, unknown> | undefined;
  private readonly path: (string | number)[] = [];
  private readonly stack: Frame[] = [];
  private readonly text: string;
  private readonly lookup: SchemaLookup;
  private readonly limits: TextLimits;
  /** Open elements inside a narrative, or inside an element that was refused: they are passed over. */
  private inside: { readonly narrative: number | undefined; readonly anew: XhtmlText | undefined; depth: number } | undefined;

  constructor(text: string, lookup: SchemaLookup, limits: TextLimits) {
    this.text = text;
    this.lookup = lookup;
    this.limits = limits;
  }

  report(code: ProblemCode, offset: number, subject?: string, severity: 'error' | 'warning' = 'error'): void {
    this.found.push({ offset, severity, code, path: [...this.path], ...(subject === undefined ? {} : { subject }) });
    if (this.found.length >= this.limits.maxProblems) throw new Unreadable();
  }

  stop(code: ProblemCode, offset: number, subject?: string): never {
    this.report(code, offset, subject);
    throw new Unreadable();
  }

  open(tag: OpenTag): void {
    if (this.stack.length + (this.inside?.depth ?? 0) >= this.limits.maxDepth) this.stop('depth', tag.offset);
    if (this.inside !== undefined) {
      this.inside.depth += 1;
      this.inside.anew?.start(tag);
      return;
    }
    const parent = this.stack.at(-1);
    if (parent === undefined || parent.kind === 'holder') this.openResource(tag, parent);
    else this.openElement(tag, parent);
  }

  /** Processing instructions beside the resource: the reference validator refuses them too. */
  instruction(offset: number): void {
    if (this.stack.length === 0) this.report('processing-instruction', offset);
  }

  /** Text outside a narrative: only blanks may be there. */
  characters(text: string, offset: number): void {
    const parent = this.stack.at(-1);
    this.inside?.anew?.characters(text);
    if (this.inside !== undefined || parent === undefined || parent.textReported || !/[^ \t\r\n]/.test(text)) return;
    parent.textReported = true;
    this.report('unexpected-text', offset);
  }

  /** A closing tag, which ends at `end` in the text. */
  close(end: number): void {
    if (this.inside !== undefined) {
      const { anew, narrative: start } = this.inside;
      this.inside.depth -= 1;
      anew?.end();
      if (this.inside.depth > 0) return;
      const holder = this.stack.at(-1);
      if (start !== undefined && holder !== undefined) {
        placeObject(holder.object, 'div', false, start, anew?.text ?? this.text.slice(start, end), this.offsets);
        this.path.pop();
      }
      this.inside = undefined;
      return;
    }
    const closed = this.stack.pop();
    if (closed === undefined) return;
    if (closed.kind === 'primitive') this.closePrimitive(closed);
    else if (closed.kind === 'holder') {
      if (closed.count === 0) this.report('resource-count', closed.offset);
    } else dropEmptyArrays(closed.object);
    this.path.length = closed.depth;
  }

  private openResource(tag: OpenTag, holder: Frame | undefined): void {
    if (holder !== undefined) holder.count += 1;
    if (!this.isOneResource(tag, holder)) {
      if (holder === undefined) throw new Unreadable();
      this.skip();
      return;
    }
    const opened = frame('complex', tag.local, undefined, tag.local, {
      resource: true, offset: tag.offset, depth: this.path.length, put: () => undefined,
    });
    opened.object.resourceType = tag.local;
    this.attributes(tag, opened);
    if (holder === undefined) this.resource = opened.object;
    else holder.put(opened.object);
    this.stack.push(opened);
  }

  private isOneResource(tag: OpenTag, holder: Frame | undefined): boolean {
    if (!this.rightNamespace(tag)) return false;
    if (holder !== undefined && holder.count > 1) this.report('resource-count', tag.offset);
    else if (!this.lookup.isResource(tag.local)) this.report('unknown-resource', tag.offset, nameFit(tag.local));
    else return true;
    return false;
  }

  private openElement(tag: OpenTag, parent: Frame): void {
    const name = tag.local;
    const shape = this.shapeOf(name, parent);
    const there = parent.object[name] ?? parent.object[`_${name}`];
    if (shape === undefined || !this.mayStand(tag, shape, there)) {
      if (shape === undefined) this.report('unknown-element', tag.offset, nameFit(name));
      this.skip();
      return;
    }
    if (shape.rank !== undefined) {
      if (shape.rank < parent.rank) this.report('element-order', tag.offset, nameFit(name));
      parent.rank = Math.max(parent.rank, shape.rank);
    }
    const depth = this.path.length;
    this.path.push(name);
    if (shape.kind === 'xhtml') {
      this.openNarrative(tag);
      return;
    }
    if (shape.array) this.path.push(Array.isArray(there) ? there.length : 0);
    const put = (value: Record<string, unknown>): void => placeObject(parent.object, name, shape.array, tag.offset, value, this.offsets);
    const kind = shape.kind === 'resource' ? 'holder' : shape.kind;
    const opened = frame(kind, name, shape, shape.type, { resource: false, offset: tag.offset, depth, put });
    if (kind === 'complex') put(opened.object);
    this.attributes(tag, opened);
    this.stack.push(opened);
  }

  private mayStand(tag: OpenTag, shape: ElementShape, there: unknown): boolean {
    if (shape.kind !== 'xhtml' && !this.rightNamespace(tag)) return false;
    if (shape.array || there === undefined) return true;
    this.report('repeated-element', tag.offset, nameFit(tag.local));
    return false;
  }

  /** `id` and `Extension.url` are attributes in XML, so as elements they are unknown outside a resource. */
  private shapeOf(name: string, parent: Frame): ReturnType<SchemaLookup['child']> {
    if (!parent.resource && (name === 'id' || (name === 'url' && parent.type === 'Extension'))) return undefined;
    if (parent.kind === 'primitive' && name !== 'extension') return undefined;
    return this.lookup.child(parent.type, name);
  }

  /** The narrative is kept as it is written when it declares its namespace itself; else it is written anew. */
  private openNarrative(tag: OpenTag): void {
    const declared = tag.attributes.some(attribute => attribute.name === 'xmlns' && attribute.value === xhtmlNamespace);
    if (tag.uri !== xhtmlNamespace || tag.local !== 'div') this.report('xhtml-namespace', tag.offset);
    const anew = declared && tag.prefix === '' ? undefined : new XhtmlText();
    anew?.start(tag);
    this.inside = { narrative: tag.offset, anew, depth: 1 };
  }

  private attributes(tag: OpenTag, opened: Frame): void {
    for (const { name, prefix, uri, value } of tag.attributes) {
      if (name === 'xmlns' || prefix === 'xmlns') continue;
      if (uri === xsiNamespace && name.endsWith(':schemaLocation')) continue;
      const known = (name === 'value' && opened.kind === 'primitive')
        || (name === 'id' && !opened.resource && opened.kind !== 'holder')
        || (name === 'url' && opened.type === 'Extension' && opened.kind === 'complex');
      if (!known) this.report('unknown-attribute', tag.offset, nameFit(name));
      else if (value === '') this.report('empty-value', tag.offset);
      else if (name === 'value') opened.value = value;
      else placeObject(opened.object, name, false, tag.offset, value, this.offsets);
    }
  }

  private closePrimitive(closed: Frame): void {
    const extra = Object.keys(closed.object).length > 0 ? closed.object : undefined;
    const parent = this.stack.at(-1);
    if (closed.value === undefined && extra === undefined) this.report('empty-element', closed.offset);
    else if (parent !== undefined) {
      const value = closed.value === undefined ? undefined : primitiveValue(closed.value, closed.shape);
      placePrimitive(parent.object, closed.name, closed.shape?.array === true, closed.offset, { value, text: closed.value, extra }, this);
    }
  }

  private rightNamespace(tag: OpenTag): boolean {
    if (tag.uri === fhirNamespace) return true;
    this.report('namespace', tag.offset);
    return false;
  }

  private skip(): void {
    this.inside = { narrative: undefined, anew: undefined, depth: 1 };
  }
}
