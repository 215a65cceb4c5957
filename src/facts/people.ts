import type { FactsAt, IdentityFact, Known, MergeFact } from '../domain/fact.ts';
import { authorityOfKey } from '../domain/identity.ts';

/** What is compared of a person: also what a delivery's gate keeps (domain/delivery.ts GateNeeds). */
export interface Traits { readonly keys: readonly string[]; readonly birthDate: string | null; readonly sex: string | null }
export type Disagreement = 'identifier' | 'birth date' | 'sex';

/** What is known of the bearer of one number: the numbers tied to it, the last told per authority, and the traits. */
interface Bearer { readonly ties: Map<string, readonly string[]>; birthDate: string | null; sex: string | null }

const told = (sex: string | null): sex is string => sex !== null && sex !== 'unknown';
const agree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** Numbers by their authority. */
function byAuthority(keys: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const authority = authorityOfKey(key);
    const same = found.get(authority);
    if (same === undefined) found.set(authority, [key]); else same.push(key);
  }
  return found;
}

/** What an identity event speaks of: the INS, and the numbers of the authorities it names. */
const corrected = (authority: string, ours: ReadonlyMap<string, unknown>): boolean => authority.startsWith('INS|') || ours.has(authority);

/**
 * What the facts say together, read in the order of the messages, whatever each message knew when it was planned: an identity
 * event (A28, A31, A40, A47) corrects what came before it; any other message only adds, and where it contradicts what is
 * known it teaches nothing — else every later, right message would contradict it.
 */
export class People {
  readonly #bearers = new Map<string, Bearer>();
  /** A retired number (MRG-1) → the one that took its place. */
  readonly #survivors = new Map<string, string>();
  readonly #believed: Known<IdentityFact>[] = [];

  constructor({ known }: FactsAt) {
    for (const { seq, fact } of known) {
      if (fact.kind === 'identity') this.#learn({ seq, fact });
      else if (fact.kind === 'merge') this.#merge(fact);
    }
  }

  /** @returns the first disagreement with what is known of any of these numbers (invariant 9) */
  contradiction(traits: Traits): Disagreement | null {
    const keys = traits.keys.map((key) => this.#present(key));
    const ours = byAuthority(keys);
    for (const [i, key] of keys.entries()) {
      const bearer = this.#bearers.get(key);
      // A retired number beside another number of the authority that took its place: two persons.
      if (key !== traits.keys[i] && ours.get(authorityOfKey(key))?.some((one) => one !== key && bearer?.ties.get(authorityOfKey(key))?.includes(one) !== true) === true) return 'identifier';
      if (bearer === undefined) continue;
      for (const [authority, theirs] of bearer.ties) {
        const same = ours.get(authority);
        if (same !== undefined && theirs.some((one) => !same.includes(one))) return 'identifier';
      }
      if (bearer.birthDate !== null && traits.birthDate !== null && !agree(bearer.birthDate, traits.birthDate)) return 'birth date';
      if (told(bearer.sex) && told(traits.sex) && bearer.sex !== traits.sex) return 'sex';
    }
    return null;
  }

  /** Would this message change nothing of what is known? */
  nothingNew(fact: IdentityFact): boolean {
    const keys = fact.keys.map((key) => this.#present(key));
    const ours = byAuthority(keys);
    const corrects = fact.byIdentityEvent === true;
    const last = this.lastStatuses(fact.keys)?.fact;
    // The same status on an identity event's word is more than on a result's: it lets go what was not validated yet.
    const sameStatuses = fact.statuses.length === 0 || (fact.statuses.join() === last?.statuses.join() && (!corrects || last.byIdentityEvent === true));
    return sameStatuses && keys.every((key) => {
      const bearer = this.#bearers.get(key);
      if (bearer === undefined) return false;
      const tied = [...bearer.ties.values()].flat();
      return keys.every((one) => tied.includes(one)) && (!corrects || tied.every((one) => keys.includes(one) || !corrected(authorityOfKey(one), ours)))
        && (fact.birthDate === null || fact.birthDate === bearer.birthDate || (!corrects && bearer.birthDate?.startsWith(fact.birthDate) === true))
        && (!told(fact.sex) || fact.sex === bearer.sex);
    });
  }

  /** The last message believed that told a status of any of these numbers. */
  lastStatuses(keys: readonly string[]): Known<IdentityFact> | null {
    const asked = keys.map((key) => this.#present(key));
    return this.#believed.findLast(({ fact }) => fact.statuses.length > 0 && fact.keys.some((key) => asked.includes(this.#present(key)))) ?? null;
  }

  #present(key: string): string {
    let present = key;
    for (let next = this.#survivors.get(present); next !== undefined; next = this.#survivors.get(present)) present = next;
    return present;
  }

  #learn(known: Known<IdentityFact>): void {
    const { fact } = known;
    const corrects = fact.byIdentityEvent === true;
    if (!corrects && this.contradiction(fact) !== null) return;
    this.#believed.push(known);
    const keys = fact.keys.map((key) => this.#present(key));
    const ours = byAuthority(keys);
    if (corrects) for (const key of keys) this.#correct(key, ours, fact);
    const bearers = keys.map((key) => {
      const bearer = this.#bearers.get(key) ?? { ties: new Map<string, readonly string[]>(), birthDate: null, sex: null };
      this.#bearers.set(key, bearer);
      return bearer;
    });
    // What was known of one of its numbers is known of them all: a number first met here inherits it.
    const ties = new Map([...bearers.toReversed().flatMap((one) => [...one.ties]), ...ours]);
    const birthDate = [fact.birthDate, ...bearers.map((one) => one.birthDate)].filter((one) => one !== null).reduce<string | null>((best, one) => (best === null || one.startsWith(best) ? one : best), null);
    const sex = [fact.sex, ...bearers.map((one) => one.sex)].find(told) ?? null;
    for (const bearer of bearers) {
      for (const [authority, numbers] of ties) if (ours.has(authority) || !bearer.ties.has(authority)) bearer.ties.set(authority, numbers);
      if (bearer.birthDate === null || birthDate?.startsWith(bearer.birthDate) === true) bearer.birthDate = birthDate;
      if (!told(bearer.sex)) bearer.sex = sex;
    }
  }

  /**
   * The word of an identity event on one number. The INS and the numbers of its own authorities that it leaves out are this
   * person's no more; those of other authorities, which it does not speak of, stay, and share its traits.
   */
  #correct(key: string, ours: ReadonlyMap<string, readonly string[]>, { birthDate, sex }: IdentityFact): void {
    const bearer = this.#bearers.get(key);
    if (bearer === undefined) return;
    const left = [...bearer.ties].flatMap(([authority, numbers]) => (corrected(authority, ours) ? numbers.filter((one) => ours.get(authority)?.includes(one) !== true) : []));
    const kept = [key, ...[...bearer.ties].flatMap(([authority, numbers]) => (corrected(authority, ours) ? [] : numbers))];
    for (const one of kept) {
      const tied = this.#bearers.get(one);
      if (tied === undefined) continue;
      for (const gone of left) { this.#forget(one, gone); this.#forget(gone, one); }
      if (birthDate !== null) tied.birthDate = birthDate;
      if (told(sex)) tied.sex = sex;
    }
  }

  /** This number is no longer tied to that one. */
  #forget(key: string, tied: string): Bearer | undefined {
    const other = this.#bearers.get(tied);
    const authority = authorityOfKey(key);
    const left = other?.ties.get(authority)?.filter((one) => one !== key) ?? [];
    if (left.length === 0) other?.ties.delete(authority); else other?.ties.set(authority, left);
    return other;
  }

  /** What was told of the number that disappears, and with it, no longer counts; from here on it names the survivor. */
  #merge({ keys: [surviving, retired] }: MergeFact): void {
    if (surviving === retired) return;
    this.#survivors.delete(surviving);
    const gone = this.#bearers.get(retired);
    this.#bearers.delete(retired);
    for (const tied of gone === undefined ? [] : [...gone.ties.values()].flat()) {
      const other = this.#forget(retired, tied);
      if (other === undefined) continue;
      other.birthDate = null;
      other.sex = null;
    }
    this.#survivors.set(retired, surviving);
  }
}
