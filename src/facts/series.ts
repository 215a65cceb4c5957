import { links, type DocumentFact, type FactsAt } from '../domain/fact.ts';

export const documentKey = (uniqueId: string): string => `DOC|${uniqueId}`;

/** What earlier messages did with this uniqueId, oldest first. */
export const documentHistory = (facts: FactsAt, uniqueId: string): readonly { seq: number; fact: DocumentFact }[] =>
  facts.known.flatMap((k) => (k.fact.kind === 'document' && k.fact.uniqueId === uniqueId ? [{ seq: k.seq, fact: k.fact }] : [])).sort((a, b) => a.seq - b.seq);

/** Deleted for good, whatever came first: nothing but an overtaken first version is taken after its deletion. */
const isDeleted = (history: readonly { readonly fact: DocumentFact }[]): boolean => history.some(({ fact }) => fact.action === 'delete');

/** What messages after `seq` did away with any of these documents by: its deletion, or a version of it that is not deleted itself. */
export function doneAwayWith(facts: FactsAt, keys: readonly string[], seq: number): readonly { seq: number; fact: DocumentFact }[] {
  return facts.known.flatMap((k) => {
    if (k.fact.kind !== 'document' || k.seq <= seq || !k.fact.keys.some((key) => keys.includes(key))) return [];
    const own = keys.includes(documentKey(k.fact.uniqueId));
    return (own ? k.fact.action === 'delete' : !isDeleted(documentHistory(facts, k.fact.uniqueId))) ? [{ seq: k.seq, fact: k.fact }] : [];
  });
}

/**
 * Exactly-once at document level (design.md §2): `known` = same id and bytes and action; `reused` = same id, other bytes;
 * `deleted` = the id was withdrawn; `replaced` = a message that came earlier replaces it already, and it must not show beside
 * or over what replaced it (both may only be `overtaken`, below). A delete carries the whole document, whose bytes need not be compared. `seqs` are the
 * messages that said the same.
 */
export function documentVerdict(facts: FactsAt, uniqueId: string, sha1: string, action: DocumentFact['action']): { verdict: 'new' | 'known' | 'reused' | 'deleted' | 'replaced'; seqs: readonly number[] } {
  const history = documentHistory(facts, uniqueId);
  const brought = history.findLast(({ fact }) => fact.action !== 'delete');
  const seqs = history.filter(({ fact }) => (fact.action === 'delete') === (action === 'delete')).map(({ seq }) => seq);
  if (action === 'delete') return isDeleted(history) ? { verdict: 'known', seqs } : { verdict: 'new', seqs: [] };
  if (isDeleted(history)) return { verdict: 'deleted', seqs: [] };
  if (brought === undefined) return { verdict: doneAwayWith(facts, [documentKey(uniqueId)], 0).length > 0 ? 'replaced' : 'new', seqs: [] };
  return brought.fact.sha1 === sha1 ? { verdict: 'known', seqs } : { verdict: 'reused', seqs: [] };
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

/** Brought by the same source, of the same patient. */
function sameHands(facts: FactsAt, one: Brought, { source, patient }: Brought): { readonly patient: boolean; readonly source: boolean } {
  const person = personOf(facts, patient);
  return { patient: one.patient.some((key) => person.has(key)) || one.patient.length + patient.length === 0, source: one.source === source };
}

/**
 * What forbids a message to replace or delete a document that is known: it is of another patient, or came from another
 * source. Null when nothing does, or when nothing is known of it.
 */
export function forbidden(facts: FactsAt, uniqueId: string, by: Brought): 'other-patient' | 'other-source' | null {
  const [first] = documentHistory(facts, uniqueId);
  if (first === undefined) return null;
  const same = sameHands(facts, first.fact, by);
  return !same.patient ? 'other-patient' : same.source ? null : 'other-source';
}

/**
 * Comes after the message that replaces or deletes it, and that message is of the same source and patient: it takes its place
 * before it, wherever that one still waits. Never where what follows would show what it hides: then nobody knows whether that
 * was meant.
 * @param hidden who may not see it; null when its message does not say
 */
export function overtaken(facts: FactsAt, uniqueId: string, by: Brought, hidden: readonly string[] | null): boolean {
  if (documentHistory(facts, uniqueId).some(({ fact }) => fact.action !== 'delete')) return false;
  return doneAwayWith(facts, [documentKey(uniqueId)], 0).every(({ fact }) => {
    const same = sameHands(facts, fact, by);
    return same.patient && same.source && (fact.action === 'delete' || (hidden ?? []).every((code) => fact.hidden?.includes(code) === true));
  });
}

/** The first version's uniqueId, followed through what is known of the parent. */
export function seriesOf(facts: FactsAt, uniqueId: string, replaces: string): string {
  const parent = replaces === '' ? uniqueId : replaces;
  return documentHistory(facts, parent)[0]?.fact.series ?? parent;
}
