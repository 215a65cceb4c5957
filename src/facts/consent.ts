import type { ConsentFact, FactsAt, Known } from '../domain/fact.ts';

/** What the patient said of the DMP in this establishment (ZFA-9); `unknown` when nothing was told. */
export type Alimentation = 'opposed' | 'not-opposed' | 'not-collected' | 'unknown';

/** A date-time up to its fraction or zone: two collections are compared as far as both are precise. */
const digits = (at: string): string => /^\d*/.exec(at)?.[0] ?? '';

/** The later collection wins; without collection dates, or within one day told without hours, the later message. */
function later(a: Known<ConsentFact>, b: Known<ConsentFact>): Known<ConsentFact> {
  const [first, second] = [digits(a.fact.at ?? ''), digits(b.fact.at ?? '')];
  const precision = Math.min(first.length, second.length);
  const [x, y] = [first.slice(0, precision), second.slice(0, precision)];
  return x === y ? (a.seq > b.seq ? a : b) : x > y ? a : b;
}

/** The last decision. `NA` is the absence of one, and so is a code PAM does not know: they undo nothing. */
function decision(told: readonly Known<ConsentFact>[]): Alimentation {
  const decided = told.filter(({ fact }) => fact.alimentation === 'IO' || fact.alimentation === 'INO');
  const [first, ...others] = decided;
  if (first === undefined) return told.some(({ fact }) => fact.alimentation === 'NA') ? 'not-collected' : 'unknown';
  return others.reduce(later, first).fact.alimentation === 'IO' ? 'opposed' : 'not-opposed';
}

/**
 * @param establishments those the delivery speaks for; another establishment's consent is another's (inbound.md §0.7). One
 *   message may name the same establishment in several ways: an opposition told to any of them wins. Where the consent or the
 *   delivery does not say whose it is, nothing tells them apart.
 */
export function alimentation({ known }: FactsAt, establishments: readonly string[]): Alimentation {
  const told = known.filter((one): one is Known<ConsentFact> => one.fact.kind === 'consent' && one.fact.alimentation !== null);
  const said = establishments.length === 0
    ? [decision(told)]
    : establishments.map((one) => decision(told.filter(({ fact }) => fact.establishments.length === 0 || fact.establishments.includes(one))));
  return (['opposed', 'not-opposed', 'not-collected'] as const).find((one) => said.includes(one)) ?? 'unknown';
}
