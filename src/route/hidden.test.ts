import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Fact } from '../domain/fact.ts';
import { decide, understand, type Outcome } from '../pipeline.ts';
import type { RouteDestination } from './route.ts';

// Who may not see a document: what leaves for the region, and what a document without flags may show.

const destination = (id: string, system: RouteDestination['system']): RouteDestination => ({ id, system, production: false, enabled: true, connected: true, deadlineDays: 1 });
const settings = {
  destinations: [destination('dmp', 'dmp'), destination('mail', 'mssante'), destination('region', 'regional')],
  rules: [{ name: 'all', when: {}, to: ['region'] }],
};
const source = { id: 'lab', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: 'answers', establishment: null, unknownConsent: 'follow' as const };
const outcome = (text: string, facts: readonly Fact[] = []): Outcome =>
  decide(understand({ bytes: Buffer.from(text), source, trace: 'a', receivedAt: Date.UTC(2026, 10, 22) }), { upTo: 1, known: facts.map((fact) => ({ seq: 1, fact })) }, settings, { profiles: [], check: null });

const read = (path: string): string => readFileSync(new URL(`../../fixtures/hl7v2/${path}/in.hl7`, import.meta.url), 'utf8');
const flagged = (text: string, flag: string): string => {
  const made = text.replace(new RegExp(`(\\|${flag}\\^[^|]*\\|\\|)N`, 'u'), '$1Y');
  expect(made).not.toBe(text);
  return made;
};
const [initial, replacement, deletion] = [read('volet/mdm-initial'), read('volet/mdm-remplacement'), read('volet/mdm-suppression')];
const cdaOf = (text: string): string => Buffer.from(/\^Base64\^([A-Za-z0-9+/=]+)/.exec(text)?.[1] ?? '', 'base64').toString('utf8');
const errors = ({ findings }: Outcome): string[] => findings.filter(({ severity }) => severity === 'error').map(({ code, args = [] }) => [code, ...args].join(' '));

describe('the event of a document on the regional timeline', () => {
  const event = (text: string) => outcome(text).rows.find(({ system }) => system === 'regional')?.content.event;
  test('tells of one that professionals may see', () => { expect([event(initial), event(flagged(initial, 'INVISIBLE_PATIENT'))]).toEqual(['DOC', 'DOC']); });
  test.each(['MASQUE_PS', 'CONNEXION_SECRETE'])('is not declared with %s', (flag) => { expect(event(flagged(initial, flag))).toBeNull(); });
});

describe('a CDA that comes without flags', () => {
  test.each(['MASQUE_PS', 'INVISIBLE_PATIENT'])('shows no document that %s hides, nor its next version', (flag) => {
    const known = outcome(flagged(initial, flag)).facts;
    expect(errors(outcome(cdaOf(replacement), known))).toEqual([`facts.document-unhidden ${flag}`]);
    expect(errors(outcome(cdaOf(initial), known))).toEqual([`facts.document-unhidden ${flag}`]);
  });
  test('is taken as before where nothing hid it', () => {
    const known = outcome(initial).facts;
    for (const text of [cdaOf(replacement), cdaOf(initial)]) expect([errors(outcome(text, known)), errors(outcome(text))]).toEqual([[], []]);
  });
});

describe('the INS that leaves on the word of the message', () => {
  const rows = (text: string): string[] => outcome(text).rows.map(({ system, gate, content: { audience } }) => [system, ...(typeof audience === 'string' ? [audience] : []), gate.carriesIns === true ? 'asked again' : 'as it is'].join(' '));
  test('with a document, to the region and to professionals: whether it is validated is asked again before it leaves', () => {
    expect(rows(read('volet/oru-initial')).sort()).toEqual(['dmp as it is', 'mssante patient as it is', 'mssante professional asked again', 'regional asked again']);
    expect(rows(initial)).toContain('regional asked again');
  });
  test('not for a deletion, results or an admission, which must not come after what follows them', () => {
    for (const text of [deletion, read('oru-r01/haematology'), read('adt/a01-admission')]) expect(rows(text).join()).not.toContain('asked again');
  });
  test('nor where the message does not say VALI', () => { expect(rows(initial.replace(/\|VALI([\r|])/, '|PROV$1')).join()).not.toContain('asked again'); });
});
