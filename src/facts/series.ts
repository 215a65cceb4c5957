import type { DocumentFact, FactsAt } from '../domain/fact.ts';

export const documentKey = (uniqueId: string): string => `DOC|${uniqueId}`;

/** What earlier messages did with this uniqueId, oldest first. */
export const documentHistory = (facts: FactsAt, uniqueId: string): readonly { seq: number; fact: DocumentFact }[] =>
  facts.known.flatMap((k) => (k.fact.kind === 'document' && k.fact.uniqueId === uniqueId ? [{ seq: k.seq, fact: k.fact }] : [])).sort((a, b) => a.seq - b.seq);

/**
 * Exactly-once at document level (design.md §2): `known` = same id and bytes and action, nothing to send; `reused` = same id,
 * other bytes; `deleted` = the id was withdrawn. A delete carries the whole document, whose bytes need not be compared.
 */
export function documentVerdict(facts: FactsAt, uniqueId: string, sha1: string, action: DocumentFact['action']): { verdict: 'new' | 'known' | 'reused' | 'deleted'; seq: number | null } {
  const history = documentHistory(facts, uniqueId);
  const last = history.at(-1);
  if (last === undefined) return { verdict: 'new', seq: null };
  if (action === 'delete') return last.fact.action === 'delete' ? { verdict: 'known', seq: last.seq } : { verdict: 'new', seq: null };
  if (last.fact.action === 'delete') return { verdict: 'deleted', seq: last.seq };
  return last.fact.sha1 === sha1 ? { verdict: 'known', seq: last.seq } : { verdict: 'reused', seq: last.seq };
}

/** The first version's uniqueId, followed through what is known of the parent. */
export function seriesOf(facts: FactsAt, uniqueId: string, replaces: string): string {
  const parent = replaces === '' ? uniqueId : replaces;
  return documentHistory(facts, parent)[0]?.fact.series ?? parent;
}
