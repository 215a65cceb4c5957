import { links, type DocumentFact, type FactsAt } from '../domain/fact.ts';

export const documentKey = (uniqueId: string): string => `DOC|${uniqueId}`;

/** What earlier messages did with this uniqueId, oldest first. */
export const documentHistory = (facts: FactsAt, uniqueId: string): readonly { seq: number; fact: DocumentFact }[] =>
  facts.known.flatMap((k) => (k.fact.kind === 'document' && k.fact.uniqueId === uniqueId ? [{ seq: k.seq, fact: k.fact }] : [])).sort((a, b) => a.seq - b.seq);

/** A later version names it as its parent, and is not deleted itself. */
function isReplaced(facts: FactsAt, uniqueId: string): boolean {
  const versions = facts.known.flatMap(({ fact }) => (fact.kind === 'document' && fact.uniqueId !== uniqueId && fact.keys.includes(documentKey(uniqueId)) ? [fact.uniqueId] : []));
  return versions.some((one) => documentHistory(facts, one).at(-1)?.fact.action !== 'delete');
}

/** What messages after `seq` did away with any of these documents by: its deletion, or a version of it that is not deleted itself. */
export function doneAwayWith(facts: FactsAt, keys: readonly string[], seq: number): readonly { seq: number; fact: DocumentFact }[] {
  return facts.known.flatMap((k) => {
    if (k.fact.kind !== 'document' || k.seq <= seq || !k.fact.keys.some((key) => keys.includes(key))) return [];
    const own = keys.includes(documentKey(k.fact.uniqueId));
    return (own ? k.fact.action === 'delete' : documentHistory(facts, k.fact.uniqueId).at(-1)?.fact.action !== 'delete') ? [{ seq: k.seq, fact: k.fact }] : [];
  });
}

/**
 * Exactly-once at document level (design.md §2): `known` = same id and bytes and action; `reused` = same id, other bytes;
 * `deleted` = the id was withdrawn; `replaced` = a message that came earlier replaces it already, and it must not show beside
 * or over what replaced it. A delete carries the whole document, whose bytes need not be compared. `seqs` are the
 * messages that said the same.
 */
export function documentVerdict(facts: FactsAt, uniqueId: string, sha1: string, action: DocumentFact['action']): { verdict: 'new' | 'known' | 'reused' | 'deleted' | 'replaced'; seqs: readonly number[] } {
  const history = documentHistory(facts, uniqueId);
  const last = history.at(-1);
  const seqs = history.filter(({ fact }) => (fact.action === 'delete') === (action === 'delete')).map(({ seq }) => seq);
  if (last === undefined) return { verdict: action !== 'delete' && isReplaced(facts, uniqueId) ? 'replaced' : 'new', seqs: [] };
  if (action === 'delete') return last.fact.action === 'delete' ? { verdict: 'known', seqs } : { verdict: 'new', seqs: [] };
  if (last.fact.action === 'delete') return { verdict: 'deleted', seqs: [] };
  return last.fact.sha1 === sha1 ? { verdict: 'known', seqs } : { verdict: 'reused', seqs: [] };
}

/** Who brings a document: its source, and identityKey() of the patient the message is about. */
export type Brought = Pick<DocumentFact, 'source' | 'patient'>;

/** Every number of the person behind these ones, as far as messages tied them. */
function personOf({ known }: FactsAt, keys: readonly string[]): ReadonlySet<string> {
  const reached = new Set(keys);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const { fact } of known) if (links(fact) && fact.keys.some((key) => reached.has(key))) for (const key of fact.keys) reached.add(key);
  }
  return reached;
}

/**
 * What forbids a message to replace or delete a document that is known: it is of another patient, or came from another
 * source. Null when nothing does, or when nothing is known of it.
 */
export function forbidden(facts: FactsAt, uniqueId: string, { source, patient }: Brought): 'other-patient' | 'other-source' | null {
  const [first] = documentHistory(facts, uniqueId);
  if (first === undefined) return null;
  const person = personOf(facts, patient);
  const same = first.fact.patient.some((key) => person.has(key)) || first.fact.patient.length + patient.length === 0;
  return !same ? 'other-patient' : first.fact.source !== source ? 'other-source' : null;
}

/** The first version's uniqueId, followed through what is known of the parent. */
export function seriesOf(facts: FactsAt, uniqueId: string, replaces: string): string {
  const parent = replaces === '' ? uniqueId : replaces;
  return documentHistory(facts, parent)[0]?.fact.series ?? parent;
}
