import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escape, unescape } from './escape.ts';
import { usualSeparators as usual } from './separators.ts';

const meant = (text: string, used: 'utf-8' | 'iso-8859-15' = 'utf-8') => unescape(text, usual, used);

describe('escapes', () => {
  it.each([
    ['DUPONT\\T\\FILS', 'DUPONT&FILS'], ['a\\F\\b\\S\\c\\R\\d\\E\\e', 'a|b^c~d\\e'],
    ['un\\.br\\deux\\.BR\\trois', 'un\ndeux\ntrois'], ['a\\.sp2\\b\\.ce\\c\\.sk3\\d', 'a\n\nb\nc   d'], ['\\.in+4\\a\\.fi\\', 'a'],
    ['\\H\\gras\\N\\', 'gras'], ['\\X4142\\', 'AB'], ['\\XC3A9\\', 'é'],
  ])('%s', (text, result) => expect(meant(text)).toBe(result));

  it('reads hexadecimal bytes in the set of the message', () => expect(meant('\\XBDE9\\', 'iso-8859-15')).toBe('œé'));

  it.each(['\\', 'a\\', '\\\\', '\\Zab\\', '\\C2842\\T', '\\X4\\', '\\Xzz\\', '\\XFF\\', '\\.zz\\', '\\inconnu\\', 'C:\\TEMP'])('keeps %s as it stands', (text) =>
    expect(meant(text)).toBe(text));

  it('goes on after one it does not know', () => {
    expect(meant('C:\\TEMP\\T\\x')).toBe('C:\\TEMP&x');
    expect(meant('\\Z1\\T\\T\\')).toBe('\\Z1\\T&');
  });

  it('is undone by unescape, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom('|', '^', '~', '\\', '&', '\n', '\r', 'T', 'X', '.', 'b', 'r', 'é', 'œ', '€') });
    fc.assert(fc.property(text, (value) => meant(escape(value, usual)) === value));
  });

  it('leaves nothing that could end a field, a segment or a frame', () => {
    expect(escape('|^~&\r\n\v\x1c', usual)).not.toMatch(/[|^~&\r\n\v\x1c]/);
  });
});
