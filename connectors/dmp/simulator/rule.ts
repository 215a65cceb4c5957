import type { Received } from './received.ts';

export interface Words { readonly fr: string; readonly en: string }
/** What a client asks for, by the DMP's own numbers. */
export type Transaction = 'TD0.2' | 'TD0.3' | 'TD2.1' | 'TD3.1a' | 'TD3.1b' | 'TD3.2' | 'TD3.3a/b' | 'TD3.3c' | 'TD3.3d' | 'unknown';

/** The families, in the order they are run and reported. */
export const families = ['transport', 'soap', 'vihf', 'rights', 'lot', 'entry', 'codes', 'times', 'masking', 'document', 'signature', 'store', 'update', 'query'] as const;
export type Family = typeof families[number];

/** A place where a rule is broken: a header name, an attribute or a metadata name; and what stood there, shortened, for the report. */
export interface Broken { readonly at: string; readonly extract?: string }

/**
 * A named rule with its source. `check` returns the places where it is broken, none when it holds, `null` when it says nothing
 * about this request. It answers for one thing only: where another rule already covers what it needs, it holds.
 */
export interface Rule {
  readonly id: string;
  readonly family: Family;
  /** Where the rule comes from, as the public sources name it. */
  readonly source: string;
  readonly title: Words;
  /** `refuse` stops the request; `warn` is only told in the report. */
  readonly severity: 'refuse' | 'warn';
  /** What a refusal answers with: a SOAP fault subcode (transport, SOAP, VIHF, rights), else an XDS error code. */
  readonly code: string;
  check(received: Received): readonly Broken[] | null;
}

/** The rules of one family, with what they share. */
export const family = (name: Family, source: string, code: string) =>
  (id: string, fr: string, en: string, check: Rule['check'], more: { readonly source?: string; readonly code?: string; readonly severity?: Rule['severity'] } = {}): Rule =>
    ({ id, family: name, source: more.source ?? source, title: { fr, en }, severity: more.severity ?? 'refuse', code: more.code ?? code, check });

/** One place, broken when the condition does not hold. */
export const hold = (holds: boolean, at: string, extract?: string): readonly Broken[] => (holds ? [] : [extract === undefined ? { at } : { at, extract }]);
/** Shortened for a report. */
export const short = (text: string): string => (text.length <= 160 ? text : `${text.slice(0, 157)}…`);
