import { DecimalTexts, jsonNumber } from '../decimals.ts';
import type { TextLimits } from '../fhir-text.ts';
import type { Offsets } from '../offsets.ts';
import type { JsonPath } from '../path.ts';
import { type Found, nameFit, type ProblemCode } from '../problem.ts';
import { Unreadable } from '../unreadable.ts';
import { readString } from './json-string.ts';

const blank = /[ \t\r\n]*/y;
const numeric = /[-+]?[0-9.][0-9.eE+-]*/y;
const word = /-?[A-Za-z]+/y;
const pointOrExponent = /[.eE]/;

/**
 * One pass over a JSON text (RFC 8259), stricter than JSON.parse where it is silent (duplicate keys), and naming what
 * it finds where it only says "unexpected token". Comments, trailing commas and odd numbers are reported and read on,
 * so that one answer holds all the faults; anything else ends the reading. Time is linear, depth is capped.
 */
export class JsonParser {
  readonly found: Found[] = [];
  readonly decimals = new DecimalTexts();
  readonly pointed: JsonPath[] = [];
  readonly text: string;
  position = 0;
  /** Keys and indices down to where the reading is: the first `depth` of them (shortening the array each time is slow). */
  private readonly path: (string | number)[] = [];
  private depth = 0;
  private readonly limits: TextLimits;
  private readonly offsets: Offsets | undefined;

  /** With `offsets`, notes where each member starts. */
  constructor(text: string, limits: TextLimits, offsets?: Offsets) {
    this.text = text;
    this.limits = limits;
    this.offsets = offsets;
  }

  document(): unknown {
    if (this.text.startsWith('\uFEFF')) {
      this.report('bom', 0, 'warning');
      this.position = 1;
    }
    this.blanks();
    if (this.position === this.text.length) this.stop('empty', 0);
    const value = this.value(null, 0);
    this.blanks();
    if (this.position < this.text.length) this.report('trailing-content', this.position);
    return value;
  }

  report(code: ProblemCode, offset: number, severity: 'error' | 'warning' = 'error', subject?: string): void {
    this.found.push({ offset, severity, code, path: this.path.slice(0, this.depth), ...(subject === undefined ? {} : { subject }) });
    if (this.found.length >= this.limits.maxProblems) throw new Unreadable();
  }

  stop(code: ProblemCode, offset: number, subject?: string): never {
    this.report(code, offset, 'error', subject);
    throw new Unreadable();
  }

  /** The next value; `holder` and the last step of the path say where it will stand. */
  private value(holder: object | null, key: string | number): unknown {
    const start = this.position;
    if (holder !== null) this.offsets?.set(holder, key, start);
    switch (this.text.charCodeAt(start)) {
      case 0x7b: return this.object();
      case 0x5b: return this.array();
      case 0x22: return readString(this);
      case 0x74: return this.literal('true', true);
      case 0x66: return this.literal('false', false);
      case 0x6e: return this.literal('null', null);
      default: return this.number(holder, key);
    }
  }

  private object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const depth = this.enter();
    this.blanks();
    while (this.text.charCodeAt(this.position) !== 0x7d) {
      const start = this.position;
      if (this.text.charCodeAt(start) !== 0x22) this.expected('"', start);
      const key = readString(this);
      this.blanks();
      this.take(0x3a, ':');
      this.blanks();
      this.path[depth] = key;
      this.depth = depth + 1;
      // The first test is the cheap one: it only lets inherited names (`constructor`) through to the second.
      if (object[key] !== undefined && Object.hasOwn(object, key)) {
        this.report('duplicate-key', start, 'error', nameFit(key));
      }
      const value = this.value(object, key);
      if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      else object[key] = value;
      this.separator(0x7d, '}');
    }
    this.leave(depth);
    return object;
  }

  private array(): unknown[] {
    const array: unknown[] = [];
    const depth = this.enter();
    this.blanks();
    while (this.text.charCodeAt(this.position) !== 0x5d) {
      this.path[depth] = array.length;
      this.depth = depth + 1;
      array.push(this.value(array, array.length));
      this.separator(0x5d, ']');
    }
    this.leave(depth);
    return array;
  }

  private enter(): number {
    const { depth } = this;
    if (depth >= this.limits.maxDepth) this.stop('depth', this.position);
    this.position += 1;
    return depth;
  }

  private leave(depth: number): void {
    this.position += 1;
    this.depth = depth;
  }

  /** After a member: a comma and what follows it, or the closing mark, which is left for the loop to see. */
  private separator(close: number, mark: string): void {
    this.blanks();
    const code = this.text.charCodeAt(this.position);
    if (code === close) return;
    if (code !== 0x2c) this.expected(`, ${mark}`, this.position);
    const comma = this.position;
    this.position += 1;
    this.blanks();
    if (this.text.charCodeAt(this.position) === close) this.report('trailing-comma', comma);
  }

  private take(code: number, mark: string): void {
    if (this.text.charCodeAt(this.position) !== code) this.expected(mark, this.position);
    this.position += 1;
  }

  private expected(mark: string, offset: number): never {
    this.stop(offset >= this.text.length ? 'unexpected-end' : 'unexpected', offset, mark);
  }

  private literal(name: string, value: boolean | null): unknown {
    if (!this.text.startsWith(name, this.position)) this.expected(name, this.position);
    this.position += name.length;
    return value;
  }

  private number(holder: object | null, key: string | number): unknown {
    const start = this.position;
    numeric.lastIndex = start;
    if (!numeric.test(this.text)) return this.notANumber(start);
    const text = this.text.slice(start, numeric.lastIndex);
    const value = Number(text);
    if (!jsonNumber.test(text)) {
      if (Number.isNaN(value)) this.stop('number', start);
      this.report('number', start);
    } else if (!Number.isFinite(value)) {
      this.report('number-range', start);
    } else if (holder !== null && String(value) !== text) {
      this.decimals.set(holder, key, text);
      if (this.pointed.length < this.limits.maxProblems && Number.isSafeInteger(value) && pointOrExponent.test(text)) this.pointed.push(this.path.slice(0, this.depth));
    }
    this.position = start + text.length;
    return value;
  }

  /** NaN, Infinity and other bare words: a JavaScript habit worth its own words; the value is read as null. */
  private notANumber(start: number): null {
    word.lastIndex = start;
    const text = word.test(this.text) ? this.text.slice(start, word.lastIndex) : '';
    if (!/^-?(?:NaN|Infinity)$/.test(text)) this.expected('{ [ " 0-9 true false null', start);
    this.report('number', start);
    this.position = start + text.length;
    return null;
  }

  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code > 0x20 && code !== 0x2f) return; // nearly always: the next mark follows at once
      blank.lastIndex = this.position;
      blank.test(this.text);
      this.position = blank.lastIndex;
      if (this.text.charCodeAt(this.position) !== 0x2f) return;
      this.comment();
    }
  }

  private comment(): void {
    const start = this.position;
    const second = this.text.charAt(start + 1);
    if (second !== '/' && second !== '*') this.expected('{ [ " , }', start);
    this.report('comment', start);
    const mark = second === '/' ? '\n' : '*/';
    const end = this.text.indexOf(mark, start + 2);
    this.position = end < 0 ? this.text.length : end + mark.length;
  }
}
