import type { FactsAt } from '../domain/fact.ts';

/** Reads facts about keys; `before` (exclusive): as known to that sequence number. */
export type ReadFacts = (keys: readonly string[], before?: number) => FactsAt;

/**
 * The facts that a message planned late is judged by: the person as known at its own sequence number (design.md §1), but its
 * documents as they are now. A document that a later message deleted or replaced meanwhile must not come back, and one that
 * it brought must not go twice.
 */
export function factsAsOf(read: ReadFacts, keys: readonly string[], seq: number): FactsAt {
  const person = read(keys.filter((key) => !key.startsWith('DOC|')), seq);
  const documents = read(keys.filter((key) => key.startsWith('DOC|')));
  return { upTo: person.upTo, known: [...person.known, ...documents.known].sort((a, b) => a.seq - b.seq) };
}
