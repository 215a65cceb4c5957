/** The part of a configured rule that routing looks at (src/config/model.ts RouteRule). */
export interface RouteRule {
  readonly name: string;
  readonly when: { readonly format?: readonly string[]; readonly type?: readonly string[]; readonly source?: readonly string[]; readonly carries?: Carries; readonly volet?: 'cda' | 'lps' };
  readonly to: readonly string[];
}
export type Carries = 'document' | 'results' | 'patient' | 'encounter';

/** What a rule can ask of a message. A message can carry several things: results and a document. */
export interface RouteFacts {
  readonly format: string;
  /** `ORU^R01`. A pattern may end with `*`: `ADT^*`. */
  readonly type: string;
  readonly source: string;
  readonly carries: ReadonlySet<Carries>;
  readonly volet: 'cda' | 'lps' | null;
}

const matches = (patterns: readonly string[] | undefined, value: string): boolean =>
  patterns === undefined || patterns.some((pattern) => (pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : pattern === value));

/** Every destination that a matching rule names, in the rules' order, once each, with the first rule that named it. */
export function matchRules(rules: readonly RouteRule[], facts: RouteFacts): readonly { destination: string; rule: string }[] {
  const found = new Map<string, string>();
  for (const { name, when, to } of rules) {
    const applies = matches(when.format, facts.format) && matches(when.type, facts.type) && matches(when.source, facts.source)
      && (when.carries === undefined || facts.carries.has(when.carries)) && (when.volet === undefined || when.volet === facts.volet);
    if (applies) for (const destination of to) if (!found.has(destination)) found.set(destination, name);
  }
  return [...found].map(([destination, rule]) => ({ destination, rule }));
}
