import { isXmlText } from '../../src/formats/xml-characters.ts';

/** Where a text stands that no XML can carry, by its place in the value; null when all can be written. */
export function unwritable(value: unknown, place: string): string | null {
  if (typeof value === 'string') return isXmlText(value) ? null : place;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = unwritable(inner, `${place}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
