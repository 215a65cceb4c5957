import type { ConsentFact, FactsAt, Known } from '../domain/fact.ts';

/** What the patient said of the DMP in this establishment (ZFA-9); `unknown` when nothing was told. */
export type Alimentation = 'opposed' | 'not-opposed' | 'not-collected' | 'unknown';

/** The later collection wins; without collection dates, the later message. */
const later = (a: Known<ConsentFact>, b: Known<ConsentFact>): Known<ConsentFact> => {
  if (a.fact.at !== null && b.fact.at !== null && a.fact.at !== b.fact.at) return a.fact.at > b.fact.at ? a : b;
  return a.seq >= b.seq ? a : b;
};

/** @param establishment the one the delivery speaks for; another establishment's consent is another's (inbound.md §0.7) */
export function alimentation(facts: FactsAt, establishment: string): Alimentation {
  const told = facts.known.filter((k): k is Known<ConsentFact> => k.fact.kind === 'consent' && k.fact.establishment === establishment && k.fact.alimentation !== null);
  if (told.length === 0) return 'unknown';
  switch (told.reduce(later).fact.alimentation) {
    case 'IO': return 'opposed';
    case 'INO': return 'not-opposed';
    case 'NA': return 'not-collected';
    default: return 'unknown';
  }
}
