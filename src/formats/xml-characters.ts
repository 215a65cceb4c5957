/** XML 1.0 §2.2: characters no document may hold, not even as a reference. */
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** A character that XML cannot hold: nothing is dropped in silence, so the text cannot be written. */
export class NotXmlText extends Error { override readonly name = 'NotXmlText' }

export const isXmlText = (text: string): boolean => !impossible.test(text);
/** The text itself. Throws NotXmlText. */
export function asXmlText(text: string): string {
  if (!isXmlText(text)) throw new NotXmlText('a value holds a character that XML cannot carry');
  return text;
}
