import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';

/** An XML text with no document type: nothing in it is fetched or expanded. Throws on what is not well-formed. */
export function parseXml(text: string): Document {
  if (/<!DOCTYPE/i.test(text.slice(0, 10_000))) throw new Error('document type declarations are not read');
  const parser = new DOMParser({ locator: true, onError: (level, message) => { if (level !== 'warning') throw new Error(message); } });
  return parser.parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml');
}

/** Child elements of a namespace. */
export function childrenOf(parent: Element, namespace: string): Element[] {
  const found: Element[] = [];
  for (let child = parent.firstChild; child !== null; child = child.nextSibling) if (child.nodeType === 1 && child.namespaceURI === namespace) found.push(child as Element);
  return found;
}

/** `line:column` of a node's start tag, or of the element an attribute stands on. */
export function positionOf(node: Node): string {
  const element = (node as { ownerElement?: Node | null }).ownerElement ?? node;
  return `${String(element.lineNumber ?? 0)}:${String(element.columnNumber ?? 0)}`;
}

/** Elements by local name: what a rule's context is looked for in, instead of the whole document. */
export class Elements {
  readonly #byName = new Map<string, Element[]>();
  readonly all: Element[] = [];
  constructor(document: Document) {
    for (let at: Node | null = document.documentElement; at !== null; at = following(at)) {
      if (at.nodeType !== 1) continue;
      const element = at as Element;
      const name = element.localName ?? '';
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, [element]); else same.push(element);
      this.all.push(element);
    }
  }
  named(name: string): readonly Element[] { return this.#byName.get(name) ?? []; }
}

/** Next node in document order. */
function following(node: Node): Node | null {
  if (node.firstChild !== null) return node.firstChild;
  for (let at: Node | null = node; at !== null; at = at.parentNode) if (at.nextSibling !== null) return at.nextSibling;
  return null;
}
