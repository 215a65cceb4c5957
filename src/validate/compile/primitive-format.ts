/**
 * The lexical space of each R4 primitive (datatypes.html), with what the published regexes get wrong put right:
 * calendar dates are checked, `string` accepts any character but controls, base64 may be wrapped.
 */
export interface PrimitiveFormat {
  readonly json: 'string' | 'number' | 'boolean';
  /** Is the value in the lexical space? The JSON type has been checked. */
  readonly valid: (value: never) => boolean;
  /** What a person is told to write. */
  readonly expected: string;
}

function text(valid: (value: string) => boolean, expected: string): PrimitiveFormat {
  return { json: 'string', valid: valid, expected };
}

function number(valid: (value: number) => boolean, expected: string): PrimitiveFormat {
  return { json: 'number', valid: valid, expected };
}

function matching(pattern: RegExp, expected: string): PrimitiveFormat {
  return text(value => pattern.test(value), expected);
}

const date = /^([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;
const dateTime = /^([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/;
const instant = /^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;

/** A pattern, the day within its month, and a year other than 0000. */
function calendar(pattern: RegExp): (value: string) => boolean {
  return value => {
    const found = pattern.exec(value);
    if (found === null || found[1] === '0000') return false;
    return found[3] === undefined || Number(found[3]) <= 28 || Number(found[3]) <= daysIn(Number(found[1]), Number(found[2]));
  };
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const maxInteger = 2_147_483_647;
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/;
const uriLike = /^[^\s\u0000-\u0020]+$/;

/** urn:uuid and urn:oid have a form of their own, and the reference validator insists on it. */
function validUri(value: string): boolean {
  if (value.startsWith('urn:uuid:')) return /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:#.*)?$/.test(value);
  if (value.startsWith('urn:oid:')) return /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/.test(value);
  return uriLike.test(value);
}

function validBase64(value: string): boolean {
  const bare = /\s/.test(value) ? value.replace(/\s+/g, '') : value;
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

export const primitiveFormats: Readonly<Record<string, PrimitiveFormat>> = {
  boolean: { json: 'boolean', valid: () => true, expected: 'true | false' },
  integer: number(value => Number.isInteger(value) && Math.abs(value) <= maxInteger + Number(value < 0), '-2147483648..2147483647'),
  positiveInt: number(value => Number.isInteger(value) && value >= 1 && value <= maxInteger, '1..2147483647'),
  unsignedInt: number(value => Number.isInteger(value) && value >= 0 && value <= maxInteger, '0..2147483647'),
  decimal: number(Number.isFinite, '-12.345'),
  string: text(value => !control.test(value), 'UTF-8'),
  markdown: text(value => !control.test(value), 'GitHub Flavored Markdown'),
  code: matching(/^\S+(?: \S+)*$/, 'code'),
  id: matching(/^[A-Za-z0-9\-.]{1,64}$/, '[A-Za-z0-9\\-\\.]{1,64}'),
  uri: text(validUri, 'https://… | urn:oid:1.2.… | urn:uuid:…'),
  url: text(validUri, 'https://…'),
  canonical: text(validUri, 'https://…|1.0.0'),
  oid: matching(/^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/, 'urn:oid:1.2.250.1'),
  uuid: matching(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'),
  date: text(calendar(date), 'YYYY | YYYY-MM | YYYY-MM-DD'),
  dateTime: text(calendar(dateTime), 'YYYY | YYYY-MM | YYYY-MM-DD | YYYY-MM-DDThh:mm:ss+zz:zz'),
  instant: text(calendar(instant), 'YYYY-MM-DDThh:mm:ss+zz:zz'),
  time: matching(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/, 'hh:mm:ss'),
  base64Binary: text(validBase64, 'base64'),
  xhtml: text(() => true, '<div xmlns="http://www.w3.org/1999/xhtml">…</div>'),
};
