/** WHATWG decoders. ISO-8859-1 is read as windows-1252, its superset: C1 controls never stand in a text. */
const decoders: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8', 'utf8': 'utf-8', 'us-ascii': 'utf-8', 'ascii': 'utf-8',
  'iso-8859-1': 'windows-1252', 'latin1': 'windows-1252', 'windows-1252': 'windows-1252', 'cp1252': 'windows-1252',
  'iso-8859-15': 'iso-8859-15', 'latin-9': 'iso-8859-15', 'latin9': 'iso-8859-15',
};

/** The encoding of an XML file (XML 1.0 §4.3.3, appendix F), lower case: its byte order mark, else what it declares, else `utf-8`. */
export function declaredEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) return 'utf-16';
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 256));
  const declaration = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/u.exec(head);
  return declaration?.[1]?.toLowerCase() ?? 'utf-8';
}

/** Text without its byte order mark; null when the bytes are not in the encoding, or it is one we do not read. */
export function decode(bytes: Uint8Array, encoding: string): string | null {
  const label = decoders[encoding];
  if (label === undefined) return null;
  try { return new TextDecoder(label, { fatal: true }).decode(bytes); } catch { return null; }
}
