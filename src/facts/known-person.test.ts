import { describe, expect, it, test } from '@jest/globals';
import type { Fact, FactsAt } from '../domain/fact.ts';
import { contradiction } from './known-person.ts';
import type { Disagreement, Traits } from './people.ts';

const INS = 'INS|1.2.250.1.213.1.4.10|279035121518989';
const OTHER = 'INS|1.2.250.1.213.1.4.10|298041411800269';
const [IPP, IPP9, LABO] = ['ID|CHU|000003', 'ID|CHU|000009', 'ID|LABO|7'];
const facts = (...told: Fact[]): FactsAt => ({ upTo: told.length, known: told.map((fact, i) => ({ seq: i + 1, fact })) });
const identity = (keys: string[], change: { birthDate?: string | null; sex?: string | null; byIdentityEvent?: true } = {}): Fact => ({ kind: 'identity', keys, birthDate: '1979-03-28', sex: 'female', statuses: [], ...change });
const event = (keys: string[], change = {}): Fact => identity(keys, { byIdentityEvent: true, ...change });
const merge = (surviving: string, retired: string): Fact => ({ kind: 'merge', keys: [surviving, retired], at: null });
const traits = (keys: string[], change: Partial<Traits> = {}): Traits => ({ keys, birthDate: '1979-03-28', sex: 'female', ...change });

describe('a message against known facts (invariant 9)', () => {
  test.each<[string, FactsAt, Traits, Disagreement | null]>([
    ['nothing is known of a new patient', facts(), traits([INS, IPP]), null],
    ['it agrees with what was told', facts(identity([INS, IPP])), traits([INS, IPP]), null],
    ['another INS behind a known IPP', facts(identity([INS, IPP])), traits([OTHER, IPP]), 'identifier'],
    ['another IPP of the same establishment behind a known INS', facts(identity([INS, IPP])), traits([INS, IPP9]), 'identifier'],
    ['the IPP of another establishment', facts(identity([INS, IPP])), traits([INS, 'ID|CLINIQUE|000009']), null],
    ['another birth date', facts(identity([INS])), traits([INS], { birthDate: '1980-01-01' }), 'birth date'],
    ['another sex', facts(identity([INS])), traits([INS], { sex: 'male' }), 'sex'],
    ['a sex that is not known, a date that is not given', facts(identity([INS])), traits([INS], { sex: 'unknown', birthDate: null }), null],
    ['a number with a separator in it', facts(identity([INS, 'ID|CHU|1|2'])), traits([INS, 'ID|CHU|9|2']), 'identifier'],
  ])('%s', (_, known, told, expected) => { expect(contradiction(known, told)).toBe(expected); });
});

describe('what several messages say together', () => {
  const byIppAlone = identity([IPP], { birthDate: '1979-03-28' });
  test.each<[string, FactsAt, Traits, Disagreement | null]>([
    ['an identity event corrects the birth date', facts(event([INS], { birthDate: '1970-01-01' }), event([INS])), traits([INS]), null],
    ['another message does not', facts(event([INS], { birthDate: '1970-01-01' }), identity([INS])), traits([INS], { birthDate: '1970-01-01' }), null],
    ['the INS stays tied to the IPP after a result by the IPP alone', facts(event([INS, IPP], { birthDate: '1979' }), byIppAlone), traits([OTHER, IPP]), 'identifier'],
    ['and after any number of them', facts(event([INS, IPP], { birthDate: '1979' }), byIppAlone, identity([IPP, LABO]), byIppAlone), traits([OTHER, IPP]), 'identifier'],
    ['the fuller birth date counts', facts(event([INS, IPP], { birthDate: '1979' }), byIppAlone), traits([IPP], { birthDate: '1979-06-01' }), 'birth date'],
    ['and stays, after a less precise one', facts(event([INS, IPP]), identity([IPP], { birthDate: '1979' })), traits([IPP], { birthDate: '1979-06-01' }), 'birth date'],
    ['an unknown sex undoes nothing', facts(event([IPP]), identity([IPP], { sex: 'unknown' })), traits([IPP], { sex: 'male' }), 'sex'],
    ['an A31 takes the INS away', facts(event([INS, IPP]), event([IPP])), traits([OTHER, IPP]), null],
    ['an A31 gives it another', facts(event([INS, IPP]), event([OTHER, IPP])), traits([INS, IPP]), 'identifier'],
    ['a number first met beside a known one has its INS', facts(event([INS, IPP]), identity([IPP, LABO])), traits([OTHER, LABO]), 'identifier'],
    ['and its traits', facts(event([INS, IPP]), identity([IPP, LABO], { birthDate: null, sex: null })), traits([LABO], { sex: 'male' }), 'sex'],
    ['an A31 does not speak of a number of another authority', facts(event([INS, IPP]), identity([INS, IPP, LABO]), event([INS, IPP])), traits([OTHER, LABO]), 'identifier'],
    ['but corrects whom it is tied to', facts(event([INS, IPP]), identity([INS, IPP, LABO]), event([OTHER, IPP], { birthDate: '1980-01-01' })), traits([OTHER, IPP, LABO], { birthDate: '1980-01-01' }), null],
    ['an A31 moves the IPP: the first INS has none here any more', facts(event([INS, IPP]), event([OTHER, IPP])), traits([INS, IPP9]), null],
  ])('%s', (_, known, told, expected) => { expect(contradiction(known, told)).toBe(expected); });
});

describe('a merge (A40)', () => {
  test.each<[string, FactsAt, Traits, Disagreement | null]>([
    ['joins the two numbers', facts(identity([INS, IPP]), merge(IPP, IPP9)), traits([INS, IPP9]), null],
    ['forgets what was told of the retired number', facts(identity([IPP9], { birthDate: '1900-01-01' }), merge(IPP, IPP9)), traits([IPP9]), null],
    ['and of what was told with it', facts(identity([INS, IPP9], { birthDate: '1900-01-01' }), merge(IPP, IPP9)), traits([INS, IPP]), null],
    ['keeps what is known of the survivor, under either number', facts(identity([IPP]), merge(IPP, IPP9)), traits([IPP9], { sex: 'male' }), 'sex'],
    ['is followed through a chain', facts(identity([INS, IPP]), merge('ID|CHU|5', IPP9), merge(IPP, 'ID|CHU|5')), traits([INS, IPP9]), null],
    ['of another authority’s number: beside another number of the survivor’s, two persons', facts(identity([INS, IPP]), merge(IPP, LABO)), traits([LABO, IPP9]), 'identifier'],
    ['and alone, or beside the survivor, one', facts(identity([INS, IPP]), merge(IPP, LABO)), traits([LABO, IPP]), null],
    ['or beside a second number known to be the survivor’s', facts(identity([INS, IPP, IPP9]), merge(IPP, LABO)), traits([LABO, IPP, IPP9]), null],
    ['may be turned round', facts(merge(IPP, IPP9), merge(IPP9, IPP), identity([INS, IPP9])), traits([INS, IPP]), null],
  ])('%s', (_, known, told, expected) => { expect(contradiction(known, told)).toBe(expected); });
  it('that names one number twice is nothing', () => { expect(contradiction(facts(merge(IPP, IPP)), traits([IPP]))).toBeNull(); });
});
