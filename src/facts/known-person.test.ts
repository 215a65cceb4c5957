import { describe, expect, it } from '@jest/globals';
import type { Fact, FactsAt } from '../domain/fact.ts';
import { contradiction, knownQualified, type Traits } from './known-person.ts';

const INS = 'INS|1.2.250.1.213.1.4.10|279035121518989';
const OTHER = 'INS|1.2.250.1.213.1.4.10|298041411800269';
const IPP = 'ID|CHU|000003';
const facts = (...told: Fact[]): FactsAt => ({ upTo: told.length, known: told.map((fact, i) => ({ seq: i + 1, fact })) });
const identity = (keys: string[], change: { birthDate?: string | null; sex?: string | null; statuses?: string[] } = {}): Fact => ({ kind: 'identity', keys, birthDate: '1979-03-28', sex: 'female', statuses: [], ...change });
const traits = (keys: string[], change: Partial<Traits> = {}): Traits => ({ keys, birthDate: '1979-03-28', sex: 'female', ...change });

describe('a message against known facts (invariant 9)', () => {
  it('knows nothing against a new patient', () => { expect(contradiction(facts(), traits([INS, IPP]))).toBeNull(); });
  it('agrees with what was told', () => { expect(contradiction(facts(identity([INS, IPP])), traits([INS, IPP]))).toBeNull(); });
  it('sees another INS behind a known IPP', () => { expect(contradiction(facts(identity([INS, IPP])), traits([OTHER, IPP]))).toBe('identifier'); });
  it('sees another IPP of the same establishment behind a known INS', () => { expect(contradiction(facts(identity([INS, IPP])), traits([INS, 'ID|CHU|000009']))).toBe('identifier'); });
  it('takes the IPP of another establishment', () => { expect(contradiction(facts(identity([INS, IPP])), traits([INS, 'ID|CLINIQUE|000009']))).toBeNull(); });
  it('sees a birth date and a sex that differ, unknown apart', () => {
    expect(contradiction(facts(identity([INS])), traits([INS], { birthDate: '1980-01-01' }))).toBe('birth date');
    expect(contradiction(facts(identity([INS])), traits([INS], { sex: 'male' }))).toBe('sex');
    expect(contradiction(facts(identity([INS])), traits([INS], { sex: 'unknown', birthDate: null }))).toBeNull();
  });
  it('follows the last word told of a key', () => { expect(contradiction(facts(identity([INS], { birthDate: '1970-01-01' }), identity([INS])), traits([INS]))).toBeNull(); });
  it('joins what an A40 merged', () => {
    const merge: Fact = { kind: 'merge', keys: [IPP, 'ID|CHU|000009'], at: null };
    expect(contradiction(facts(identity([INS, IPP]), merge), traits([INS, 'ID|CHU|000009']))).toBeNull();
  });
  it('forgets what was told of a retired number', () => {
    const merge: Fact = { kind: 'merge', keys: [IPP, 'ID|CHU|000009'], at: null };
    expect(contradiction(facts(identity(['ID|CHU|000009'], { birthDate: '1900-01-01' }), merge), traits(['ID|CHU|000009']))).toBeNull();
  });
  it('knows VALI from the last identity told of the INS', () => {
    expect(knownQualified(facts(identity([INS], { statuses: ['VALI'] })), [INS])).toBe(true);
    expect(knownQualified(facts(identity([INS], { statuses: ['VALI'] }), identity([INS], { statuses: ['PROV'] })), [INS])).toBe(false);
    expect(knownQualified(facts(identity([IPP], { statuses: ['VALI'] })), [IPP])).toBe(false);
  });
});
