import { describe, expect, it, test } from '@jest/globals';
import type { Fact, FactsAt } from '../domain/fact.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { patientIdentity } from '../normalize/patient-identity.ts';
import { establishmentsOf, identityKeys, learnFromHl7 } from './learn.ts';

const source = { id: 'S', name: 'S', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: null, establishment: null } as never;
const INS = '279035121518989^^^ASIP&1.2.250.1.213.1.4.10&ISO^INS';
const ipp = (value: string, authority = 'CHU&1.2.250.1.999.140&ISO') => `${value}^^^${authority}^PI`;
const text = (type: string, pid3: string, { status = '', zfa = '', mrg = '' } = {}) =>
  `MSH|^~\\&|A|HOSP|P|P|20260101||${type}|M1|P|2.5\rEVN||20260101\rPID|||${pid3}||NOM^P^^^^^L||19790328|F${'|'.repeat(24)}${status}\r${mrg === '' ? '' : `MRG|${mrg}\r`}${zfa === '' ? '' : `ZFA|ACTIF|20260101|||||||${zfa}\r`}`;
const nothing: FactsAt = { upTo: 0, known: [] };
const learn = (message: string, known = nothing): Fact[] => { const read = readHl7(Buffer.from(message)); return learnFromHl7(read, patientIdentity(read).identity, source, known); };
const told = (...facts: Fact[]): FactsAt => ({ upTo: facts.length, known: facts.map((fact, i) => ({ seq: i + 1, fact })) });
const kinds = (facts: readonly Fact[]) => facts.map((fact) => fact.kind);

describe('the merge of an A40', () => {
  test.each([['an OID', 'CHU&1.2.250.1.999.140&ISO'], ['a name and its FINESS', 'CHU-X&000897406&N'], ['a name alone', 'CHU-X']])('joins two numbers of %s, under the keys every message has', (_, authority) => {
    const facts = learn(text('ADT^A40^ADT_A39', ipp('3', authority), { mrg: ipp('9', authority) }));
    const keys = [ipp('3', authority), ipp('9', authority)].flatMap((one) => identityKeys(patientIdentity(readHl7(Buffer.from(text('ADT^A28', one)))).identity, 'S'));
    expect(facts.find((fact) => fact.kind === 'merge')?.keys).toEqual(keys);
  });
  it('of another hospital of the same name joins that one’s number', () => {
    const [fact] = learn(text('ADT^A40^ADT_A39', ipp('3', 'HOPITAL&000897406&N'), { mrg: ipp('9', 'HOPITAL&000897407&N') }));
    expect(fact).toMatchObject({ kind: 'merge', keys: ['ID|HOPITAL&000897406|3', 'ID|HOPITAL&000897407|9'] });
  });
});

describe('an insured person’s number, which a family shares', () => {
  const child = (n: string) => `${ipp(n)}~185076322000111^^^CPAM&1.2.250.1.999.9&ISO^NH`;
  it('ties nobody: not their numbers, nor what each decided', () => {
    const first = learn(text('ADT^A28', child('1'), { zfa: 'IO|20260101' })), second = learn(text('ADT^A28', child('2'), { zfa: 'INO|20260102' }), told(...first));
    expect(kinds(second)).toEqual(['identity', 'consent']);
    expect(second.flatMap(({ keys }) => keys).filter((key) => first.some(({ keys }) => keys.includes(key)))).toEqual([]);
  });
  it('is merged with no other', () => {
    expect(learn(text('ADT^A40^ADT_A39', child('1'), { mrg: child('2') })).flatMap((fact) => fact.keys).join()).not.toContain('185076322000111');
  });
});

describe('a number without authority', () => {
  const keysFrom = (from: string) => identityKeys(patientIdentity(readHl7(Buffer.from(text('ADT^A28', '4711^^^^PI')))).identity, from);
  it('is its source’s own: two hospitals’ 4711 are not one person', () => {
    expect(keysFrom('hopital-a')).toEqual(keysFrom('hopital-a'));
    expect(keysFrom('hopital-a')).not.toEqual(keysFrom('hopital-b'));
  });
  it('is merged within its source', () => {
    expect(learn(text('ADT^A40^ADT_A39', '3^^^^PI', { mrg: '9^^^^PI' })).find((fact) => fact.kind === 'merge')?.keys).toEqual(['OWN|S|3', 'OWN|S|9']);
  });
});

describe('the identity', () => {
  it('says whether an identity event told it', () => {
    expect(learn(text('ADT^A31', ipp('1')))).toMatchObject([{ byIdentityEvent: true }]);
    expect(learn(text('ORU^R01', ipp('1')))[0]).not.toHaveProperty('byIdentityEvent');
  });
  it('is kept once: what repeats it, or says less, teaches nothing', () => {
    const known = told(...learn(text('ADT^A28', `${INS}~${ipp('1')}`, { status: 'VALI' })));
    expect(learn(text('ADT^A28', `${INS}~${ipp('1')}`, { status: 'VALI' }), known)).toEqual([]);
    expect(learn(text('ORU^R01', ipp('1')), known)).toEqual([]);
  });
  it('of an identity event is new when only a result had given its status', () => {
    const message = (type: string) => text(type, `${INS}~${ipp('1')}`, { status: 'VALI' });
    expect(kinds(learn(message('ADT^A31'), told(...learn(message('ORU^R01')))))).toEqual(['identity']);
  });
  it('of an identity event that leaves the INS out is new', () => {
    const known = told(...learn(text('ADT^A28', `${INS}~${ipp('1')}`)));
    expect(kinds(learn(text('ADT^A31', ipp('1')), known))).toEqual(['identity']);
  });
  it('that contradicts what is known teaches nothing, but in an identity event', () => {
    const known = told(...learn(text('ADT^A28', `${INS}~${ipp('1')}`)));
    expect(learn(text('ORU^R01', `${INS}~${ipp('2')}`), known)).toEqual([]);
    expect(kinds(learn(text('ADT^A31', `${INS}~${ipp('2')}`), known))).toEqual(['identity']);
  });
});

describe('the establishments a message speaks for', () => {
  const identity = (...pid3: string[]) => patientIdentity(readHl7(Buffer.from(text('ADT^A28', pid3.join('~'))))).identity;
  test.each<[string, string | null, string[], string, string[]]>([
    ['all that number the patient', null, [ipp('1', 'GHT&1.2.9&ISO'), ipp('2')], 'HOSP', ['1.2.9', '1.2.250.1.999.140']],
    ['the source’s setting besides', 'FINESS-X', [ipp('2')], 'HOSP', ['FINESS-X', '1.2.250.1.999.140']],
    ['MSH-4 when no authority is given', null, ['1^^^^PI'], 'HOSP', ['HOSP']],
    ['none', null, ['1^^^^PI'], '', []],
  ])('%s', (_, establishment, pid3, facility, expected) => {
    expect(establishmentsOf({ ...(source as object), establishment } as never, identity(...pid3), facility)).toEqual(expected);
  });
  it('are told with the consent', () => {
    const facts = learn(text('ADT^A28', `${ipp('1', 'GHT&1.2.9&ISO')}~${ipp('2')}`, { zfa: 'IO|20260101' }));
    expect(facts.find((fact) => fact.kind === 'consent')).toMatchObject({ establishments: ['1.2.9', '1.2.250.1.999.140'], alimentation: 'IO' });
  });
});
