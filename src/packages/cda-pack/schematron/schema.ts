/** A schematron made ready to run (ISO/IEC 19757-3): abstract patterns and rules are expanded, inactive patterns left out. */
export interface Schema {
  readonly name: string;
  readonly title: string;
  readonly namespaces: ReadonlyMap<string, string>;
  /** Of the schema and of its active patterns, in order: the ISO implementation makes pattern lets global, and the ANS relies on it. */
  readonly lets: readonly Let[];
  readonly patterns: readonly Pattern[];
}
export interface Let { readonly name: string; readonly value: string }
export interface Pattern { readonly id: string; readonly rules: readonly Rule[] }
export interface Rule { readonly context: string; readonly lets: readonly Let[]; readonly tests: readonly Test[] }
export interface Test {
  readonly is: 'assert' | 'report';
  readonly test: string;
  /** The rule's own words: what it would quote of the document is `…`. */
  readonly text: string;
  readonly severity: 'error' | 'warning';
}

/** Files of a pack by their path; undefined when there is none. */
export type PackText = (path: string) => string | undefined;

/** `a/b/../c.xml` from `a/b` and `../c.xml`; null when it leaves the pack. */
export function resolvePath(from: string, href: string): string | null {
  const parts = from.split('/').slice(0, -1);
  for (const part of href.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
