import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';

/** An element as the rules see it: plain, so that nothing of the parser's memory outlives the reading. */
export interface El {
  readonly ns: string;
  readonly name: string;
  /** Attributes by local name; those of the xsi and xml namespaces and of SOAP too. */
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly El[];
  /** Its own text, children's left out. */
  readonly text: string;
}

/** The bytes are not XML, or carry a document type declaration, which no message here needs. */
export class NotXml extends Error {}

/** Nothing outside the bytes is loaded: the one option that says so for documents and entities alike. */
const options = { option: ParseOption.XML_PARSE_NO_XXE };

/** Gives the parsed document to `use` and frees it. Nothing of it may be kept. Throws `NotXml`. */
export function withDocument<T>(bytes: Uint8Array, use: (document: XmlDocument) => T): T {
  let document: XmlDocument;
  try { document = XmlDocument.fromBuffer(bytes, options); } catch { throw new NotXml('not well-formed'); }
  try {
    if (document.dtd !== null) throw new NotXml('document type declaration');
    return use(document);
  } finally { document.dispose(); }
}

/** The plain tree under an element. Depth is bounded by the parser (256). */
export function plain(element: XmlElement): El {
  const children: El[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(plain(node));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return { ns: element.namespaceUri, name: element.name, attrs: Object.fromEntries(element.attrs.map((one) => [one.name, one.value])), children, text };
}

export const readXml = (bytes: Uint8Array): El => withDocument(bytes, (document) => plain(document.root));

/** Children of that name, in the namespace when one is given. */
export const all = (element: El | null | undefined, name: string, ns?: string): El[] =>
  (element?.children ?? []).filter((one) => one.name === name && (ns === undefined || one.ns === ns));
export const one = (element: El | null | undefined, name: string, ns?: string): El | null => all(element, name, ns)[0] ?? null;
/** Every element below, the element itself first. */
export function* deep(element: El): Generator<El> {
  yield element;
  for (const child of element.children) yield* deep(child);
}
export const attr = (element: El | null | undefined, name: string): string => element?.attrs[name] ?? '';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\r': '&#13;' };
/** For text and attribute values of XML and HTML alike. Characters XML 1.0 cannot carry become U+FFFD. */
export const escape = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/[&<>"'\r]/g, (found) => escapes[found] ?? found);
