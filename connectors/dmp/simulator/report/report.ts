import type { Verdict } from '../judge.ts';
import type { Received } from '../received.ts';
import { short, type Family, type Words } from '../rule.ts';
import { identifier } from '../lot.ts';
import { scheme } from '../namespaces.ts';
import { names, said } from '../vihf.ts';

/** One request as its report keeps it: what was asked, and each rule. No document, no name, no secret. */
export interface Report {
  readonly id: string;
  /** ISO, UTC. */
  readonly at: string;
  readonly transaction: string;
  readonly path: string;
  readonly bytes: number;
  readonly status: string;
  readonly scenario: string | null;
  readonly client: { readonly software: string; readonly version: string; readonly structure: string; readonly mode: string };
  readonly lot: string;
  readonly documents: readonly string[];
  readonly rules: readonly { readonly id: string; readonly family: Family; readonly source: string; readonly title: Words; readonly severity: 'refuse' | 'warn'; readonly status: Verdict['status']; readonly code: string; readonly broken: readonly { readonly at: string; readonly extract?: string }[] }[];
}

/** The number of a report: its rank, then its time. */
export const reportId = (rank: number): string => String(rank).padStart(6, '0');

export function report(id: string, received: Received, outcome: { readonly verdicts: readonly Verdict[]; readonly status: string }, scenario: string | null): Report {
  return {
    id, at: new Date(received.at).toISOString(), transaction: received.transaction, path: received.path, bytes: received.bytes.length, status: outcome.status, scenario,
    client: { software: said(received.vihf, names.lpsName), version: said(received.vihf, names.lpsVersion), structure: said(received.vihf, names.structure), mode: said(received.vihf, names.mode) },
    lot: identifier(received.lot?.sets[0], scheme.lotUniqueId), documents: received.submitted.map(({ entry }) => identifier(entry, scheme.uniqueId)),
    rules: outcome.verdicts.map(({ rule, status, broken }) => ({ id: rule.id, family: rule.family, source: rule.source, title: rule.title, severity: rule.severity, status, code: rule.code, broken: broken.map(({ at, extract }) => (extract === undefined || extract === '' ? { at } : { at, extract: short(extract) })) })),
  };
}
export const count = (one: Report, status: Verdict['status']): number => one.rules.filter((rule) => rule.status === status).length;
