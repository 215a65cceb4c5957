import type { FactsAt, IdentityFact, Known, MergeFact } from '../domain/fact.ts';

/** The traits that are compared: everything here is also what a delivery's gate keeps (domain/delivery.ts GateNeeds). */
export interface Traits { readonly keys: readonly string[]; readonly birthDate: string | null; readonly sex: string | null }

const authorityOf = (key: string): string => key.slice(0, key.lastIndexOf('|'));
const told = (sex: string | null): boolean => sex !== null && sex !== 'unknown';
const agree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

const identityFacts = (facts: FactsAt): Known<IdentityFact>[] => facts.known.filter((k): k is Known<IdentityFact> => k.fact.kind === 'identity');
const mergeFacts = (facts: FactsAt): MergeFact[] => facts.known.flatMap((k) => (k.fact.kind === 'merge' ? [k.fact] : []));

/** The last identity told for a key: an A31 corrects what came before it. */
export function lastIdentity(facts: FactsAt, key: string): IdentityFact | null {
  let last: Known<IdentityFact> | null = null;
  for (const known of identityFacts(facts)) if (known.fact.keys.includes(key) && (last === null || known.seq >= last.seq)) last = known;
  return last?.fact ?? null;
}

/** Keys that a merge retired (MRG-1 of an A40): what was told of them before no longer counts. */
const retired = (facts: FactsAt): Set<string> => new Set(mergeFacts(facts).map((merge) => merge.keys[1]));

/** Do merges tie these two keys? */
function merged(facts: FactsAt, a: string, b: string): boolean {
  const merges = mergeFacts(facts);
  const reached = new Set([a]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { keys: [x, y] } of merges) {
      if (reached.has(x) !== reached.has(y)) { reached.add(x); reached.add(y); grown = true; }
    }
  }
  return reached.has(b);
}

/**
 * Does this identity contradict what earlier messages taught (invariant 9)? For each of its keys, the last identity told:
 * under the same authority the same number (unless an A40 merged them), and birth date and sex that agree.
 * @returns the first disagreement as `identifier`, `birth date` or `sex`; null when there is none
 */
export function contradiction(facts: FactsAt, traits: Traits): 'identifier' | 'birth date' | 'sex' | null {
  const gone = retired(facts);
  for (const key of traits.keys) {
    const known = lastIdentity(facts, key);
    if (known === null || known.keys.some((k) => gone.has(k))) continue;
    for (const theirs of known.keys) {
      const ours = traits.keys.filter((k) => authorityOf(k) === authorityOf(theirs));
      if (ours.length > 0 && !ours.includes(theirs) && !ours.some((k) => merged(facts, k, theirs))) return 'identifier';
    }
    if (known.birthDate !== null && traits.birthDate !== null && !agree(known.birthDate, traits.birthDate)) return 'birth date';
    if (told(known.sex) && told(traits.sex) && known.sex !== traits.sex) return 'sex';
  }
  return null;
}

/** Has an authority told VALI for this INS (its last word)? */
export function knownQualified(facts: FactsAt, keys: readonly string[]): boolean {
  const ins = keys.find((key) => key.startsWith('INS|'));
  if (ins === undefined) return false;
  return lastIdentity(facts, ins)?.statuses.includes('VALI') ?? false;
}
