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

const date = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const dateTime = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/;
const instant = /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;

/** A pattern, the day within its month, and a year other than 0000. */
function calendar(pattern: RegExp): (value: string) => boolean {
  return value => {
    if (!pattern.test(value) || value.startsWith('0000')) return false;
    const day = value.length < 10 ? 0 : digits(value, 8);
    return day <= 28 || day <= daysIn(digits(value, 0) * 100 + digits(value, 2), digits(value, 5));
  };
}

/** The number two digits make. */
function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const maxInteger = 2_147_483_647;

/** urn:uuid and urn:oid have a form of their own, and the reference validator insists on it. */
function validUri(value: string): boolean {
  if (value.startsWith('urn:')) {
    if (value.startsWith('uuid:', 4)) return uuid(value) && (value.length === 45 || /^#.*$/.test(value.slice(45)));
    if (value.startsWith('oid:', 4)) return oid.test(value);
  }
  return spaceless(value);
}

const oid = /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/;
const space = /\s/;
/** A canonical is absolute, or leads to a contained resource (references.html#canonical). */
const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Nothing up to U+0020 and no white space beyond. */
function spaceless(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code <= 32 || (code > 127 && space.test(value.charAt(i)))) return false;
  }
  return value !== '';
}

/** Begins with `urn:uuid:` and 36 characters of a uuid in lower case. */
function uuid(value: string): boolean {
  if (value.length < 45) return false;
  for (let i = 9; i < 45; i++) {
    const code = value.charCodeAt(i);
    const hyphen = i === 17 || i === 22 || i === 27 || i === 32;
    if (hyphen ? code !== 45 : !((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false;
  }
  return true;
}

const words = /^\S+(?: \S+)*$/;

/** Words with one space between (datatypes.html#code): one word of ASCII, nearly always. */
function validCode(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code <= 32 || code > 126) return words.test(value);
  }
  return value !== '';
}

/** No control character but tab, line feed and carriage return. */
function printable(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
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
  string: text(printable, 'UTF-8'),
  markdown: text(printable, 'GitHub Flavored Markdown'),
  code: text(validCode, 'code'),
  id: matching(/^[A-Za-z0-9\-.]{1,64}$/, '[A-Za-z0-9\\-\\.]{1,64}'),
  uri: text(validUri, 'https://… | urn:oid:1.2.… | urn:uuid:…'),
  url: text(validUri, 'https://…'),
  canonical: text(value => validUri(value) && (value.startsWith('#') || scheme.test(value)), 'https://…|1.0.0 | #…'),
  oid: matching(oid, 'urn:oid:1.2.250.1'),
  uuid: matching(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'),
  date: text(calendar(date), 'YYYY | YYYY-MM | YYYY-MM-DD'),
  dateTime: text(calendar(dateTime), 'YYYY | YYYY-MM | YYYY-MM-DD | YYYY-MM-DDThh:mm:ss+zz:zz'),
  instant: text(calendar(instant), 'YYYY-MM-DDThh:mm:ss+zz:zz'),
  time: matching(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/, 'hh:mm:ss'),
  base64Binary: text(validBase64, 'base64'),
  xhtml: text(() => true, '<div xmlns="http://www.w3.org/1999/xhtml">…</div>'),
};
