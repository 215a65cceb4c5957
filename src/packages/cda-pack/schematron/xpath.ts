import { createRequire } from 'node:module';
import type { Node } from '@xmldom/xmldom';

/**
 * fontoxpath (XPath 3.1 in JavaScript) by the little of it that is used. Its own type file brings the browser's types into the
 * whole project, where they contradict Node's: hence a require, and these.
 */
export interface XPathOptions {
  readonly namespaceResolver: (prefix: string) => string | null;
  readonly functionNameResolver: (name: { readonly prefix: string; readonly localName: string }, arity: number) => { readonly namespaceURI: string; readonly localName: string };
  readonly currentContext: unknown;
}
type Variables = Readonly<Record<string, unknown>>;
interface XPath {
  readonly evaluateXPath: { (expression: string, node: Node, facade: null, variables: Variables, type: number, options: XPathOptions): unknown; readonly ALL_RESULTS_TYPE: number };
  readonly evaluateXPathToBoolean: (expression: string, node: Node, facade: null, variables: Variables, options: XPathOptions) => boolean;
  readonly evaluateXPathToNodes: (expression: string, node: Node, facade: null, variables: Variables, options: XPathOptions) => Node[];
  readonly registerCustomXPathFunction: (name: { readonly namespaceURI: string; readonly localName: string }, parameters: readonly string[], returns: string, call: (context: { readonly currentContext: unknown }, ...values: string[]) => Node | null) => void;
}

export const { evaluateXPath, evaluateXPathToBoolean, evaluateXPathToNodes, registerCustomXPathFunction } = createRequire(import.meta.url)('fontoxpath') as XPath;
