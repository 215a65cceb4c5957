import { asXmlText } from '../../xml-characters.ts';
import type { Slots } from '../submission.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };
/** Text for an attribute or an element; white space is kept through attribute normalization (XML 1.0 §3.3.3). Throws NotXmlText. */
export const escaped = (text: string): string => asXmlText(text).replace(/[&<>"\t\n\r]/g, (char) => escapes[char] ?? char);

export const slot = (name: string, values: readonly string[]): string =>
  (values.length === 0 ? '' : `<Slot name="${escaped(name)}"><ValueList>${values.map((value) => `<Value>${escaped(value)}</Value>`).join('')}</ValueList></Slot>`);
/** A slot of one value; none when it is ''. */
export const slotOf = (name: string, value: string): string => slot(name, value === '' ? [] : [value]);
export const slotsOf = (slots: Slots): string => Object.entries(slots).map(([name, values]) => slot(name, values)).join('');

const localized = (element: string, value: string): string =>
  (value === '' ? '' : `<${element}><LocalizedString charset="UTF-8" xml:lang="fr-FR" value="${escaped(value)}"/></${element}>`);
export const nameOf = (value: string): string => localized('Name', value);
export const descriptionOf = (value: string): string => localized('Description', value);
