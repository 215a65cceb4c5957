import type { GateNeeds } from '../domain/delivery.ts';
import type { FactsAt, IdentityFact, Known } from '../domain/fact.ts';
import { awaitsValidation, isValidated } from '../domain/identity.ts';
import { People, type Disagreement, type Traits } from './people.ts';

/** Does this identity contradict what earlier messages taught (invariant 9)? */
export const contradiction = (facts: FactsAt, traits: Traits): Disagreement | null => new People(facts).contradiction(traits);

const names = ({ fact }: Known<IdentityFact>, keys: readonly string[]): boolean => fact.keys.some((key) => key.startsWith('INS|') && keys.includes(key));

/**
 * Is the patient of this message qualified (INS and VALI), by the message's own word and by what was told since?
 * A message that gives a status is taken at it: VALI told earlier of the same INS says nothing of a result whose sender doubts
 * the person. Told later, a worse status stops it; VALI lets it go when it was only not validated yet, on the word of an
 * identity event. A message that gives no status stands under the last one told of its numbers.
 * @param seq the message's own; null while it has none: everything known was then told before it
 */
export function qualified(people: People, needs: Pick<GateNeeds, 'identities' | 'messageQualified' | 'messageStatuses'>, seq: number | null): boolean {
  const last = people.lastStatuses(needs.identities);
  const known = last !== null && isValidated(last.fact.statuses) && names(last, needs.identities);
  if (needs.messageStatuses === undefined) return needs.messageQualified || known;
  if (last === null || seq === null || last.seq <= seq) return needs.messageQualified;
  if (needs.messageQualified) return isValidated(last.fact.statuses);
  return known && last.fact.byIdentityEvent === true && awaitsValidation(needs.messageStatuses);
}
