import type { DecimalTexts } from '../decimals.ts';

/**
 * A tree → JSON text without blanks, every number as it was read. Properties that are undefined are left out, as
 * JSON.stringify does. The nearest thing to byte-faithful that a change elsewhere in the resource allows; bytes that
 * need no change are relayed as they came, never through here.
 */
export function writeJson(value: unknown, decimals: DecimalTexts): string {
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown, index) => writeMember(value, index, item, decimals)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members: string[] = [];
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) members.push(`${JSON.stringify(key)}:${writeMember(value, key, member, decimals)}`);
    }
    return `{${members.join(',')}}`;
  }
  return value === undefined ? 'null' : JSON.stringify(value);
}

function writeMember(holder: object, key: string | number, member: unknown, decimals: DecimalTexts): string {
  if (typeof member === 'number' && Number.isFinite(member)) return decimals.textOf(holder, key, member);
  return writeJson(member, decimals);
}
