import { asXmlText } from '../xml-characters.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' };

/** A value for an attribute in double quotes, or for an element; white space survives attribute normalization (XML 1.0 §3.3.3). Throws NotXmlText. */
export const xmlText = (value: string): string => asXmlText(value).replace(/[&<>"\t\n\r]/g, (char) => escapes[char] ?? char);
