import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { withCda } from '../../test/samples/region.ts';
import type { Fact } from '../domain/fact.ts';
import { finding } from '../domain/finding.ts';
import { builtInTables } from '../formats/xds/tables.ts';
import { decide, understand, type Outcome } from '../pipeline.ts';
import type { DocumentRules } from './document-rules.ts';
import type { RouteDestination } from './route.ts';

const read = (name: string): Buffer => readFileSync(new URL(`../../fixtures/hl7v2/volet/${name}/in.hl7`, import.meta.url));
const destination = (id: string, system: RouteDestination['system']): RouteDestination => ({ id, system, production: false, enabled: true, connected: true, deadlineDays: 1 });
const source = { id: 'lab', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: 'answers', establishment: null, unknownConsent: 'follow' as const };
const initial = read('oru-initial');
/** The message with a flag said otherwise; null takes its OBX away. */
function flagged(bytes: Buffer, flags: Readonly<Record<string, 'Y' | 'N' | null>>): Buffer {
  const lines = bytes.toString('latin1').split('\r').flatMap((line) => {
    const name = /^OBX\|[^|]*\|C[WE]*\|([A-Z_]+)\^/.exec(line)?.[1] ?? '';
    const value = flags[name];
    return value === undefined ? [line] : value === null ? [] : [line.replace(/^((?:[^|]*\|){5})[YN]/, `$1${value}`)];
  });
  return Buffer.from(lines.join('\r'), 'latin1');
}
const born = (year: string) => (bytes: Buffer): Buffer => withCda(Buffer.from(bytes.toString('latin1').replace('|19790328', `|${year}0328`), 'latin1'), (cda) => cda.replace('birthTime value="19790328"', `birthTime value="${year}0328"`));
const minor = born('2015');

function outcome(bytes: Buffer, documents?: Partial<DocumentRules>, facts: readonly Fact[] = [], destinations: readonly RouteDestination[] = [destination('dmp', 'dmp')]): Outcome {
  const rules: DocumentRules = { tables: builtInTables, maskedAndInvisible: false, check: null, ...documents };
  const settings = { destinations: [...destinations, destination('mail', 'mssante'), destination('region', 'regional')], rules: [{ name: 'all', when: { carries: 'document' as const }, to: ['region'] }], documents: rules };
  return decide(understand({ bytes, source, trace: 'a', receivedAt: Date.UTC(2026, 10, 22) }), { upTo: 1, known: facts.map((fact) => ({ seq: 1, fact })) }, settings, { profiles: [], check: null });
}
const dmp = (one: Outcome) => one.rows.find(({ system }) => system === 'dmp');
const errors = ({ findings }: Outcome) => findings.filter((one) => one.severity === 'error').map((one) => [one.code, ...(one.args ?? [])].join(' '));
const visibility = (one: Outcome) => (dmp(one)?.headers.confidentialityCode as string[] | undefined)?.map((code) => code.split('^')[0]);

describe('who may see the document', () => {
  test('an adult’s, visible to all', () => { expect([outcome(initial).ack, visibility(outcome(initial)), dmp(outcome(initial))?.state]).toEqual(['AA', ['N'], 'planned']); });
  test('a minor’s secret connection hides it from the legal representatives, whatever their own flag says', () => {
    for (const flag of ['Y', 'N'] as const) expect(visibility(outcome(flagged(minor(initial), { CONNEXION_SECRETE: 'Y', INVISIBLE_REP_LEGAUX: flag })))).toEqual(['N', 'INVISIBLE_REPRESENTANTS_LEGAUX']);
    expect(visibility(outcome(flagged(initial, { CONNEXION_SECRETE: 'Y' })))).toEqual(['N']);
    expect([initial, minor(initial)].map((bytes) => dmp(outcome(flagged(bytes, { CONNEXION_SECRETE: 'Y' })))?.content.secretConnection)).toEqual([false, true]);
  });
  test('masked and invisible: AE for the whole message, unless the DMP takes both', () => {
    const both = flagged(initial, { MASQUE_PS: 'Y', INVISIBLE_PATIENT: 'Y' });
    const refused = outcome(both);
    expect([refused.ack, refused.rows, errors(refused)]).toEqual(['AE', [], ['document.masked-twice']]);
    expect(visibility(outcome(both, { maskedAndInvisible: true }))).toEqual(['N', 'MASQUE_PS', 'INVISIBLE_PATIENT']);
  });
  test('not said: AE, never visible', () => {
    for (const flag of ['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX']) expect(outcome(flagged(minor(initial), { [flag]: null }))).toMatchObject({ ack: 'AE', rows: [] });
  });
});

describe('what hid a document hides its next versions', () => {
  const given: Readonly<Record<string, string>> = { MASQUE_PS: 'MASQUE_PS', INVISIBLE_PATIENT: 'INVISIBLE_PATIENT', INVISIBLE_REP_LEGAUX: 'INVISIBLE_REPRESENTANTS_LEGAUX' };
  const [first, next] = [read('mdm-initial'), read('mdm-remplacement')];
  const then = (before: Buffer, after: Buffer, without?: 'hidden') => {
    const facts = outcome(before).facts.map((fact) => (fact.kind === 'document' && without === 'hidden' ? { ...fact, hidden: undefined } as unknown as Fact : fact));
    return outcome(after, {}, facts);
  };
  test.each(Object.keys(given))('%s taken away by a replacement: AE, unless MODIF_CONF_CODE says so', (flag) => {
    const [hidden, shown] = [flagged(minor(first), { [flag]: 'Y' }), minor(next)];
    expect(outcome(hidden).ack).toBe('AA');
    expect(errors(then(hidden, shown))).toEqual([`facts.document-unhidden ${given[flag] ?? ''}`]);
    expect(errors(then(hidden, flagged(shown, { MODIF_CONF_CODE: 'Y' })))).toEqual([]);
    expect(errors(then(hidden, flagged(shown, { [flag]: 'Y' })))).toEqual([]);
    expect(errors(then(minor(first), flagged(shown, { [flag]: 'Y' })))).toEqual([]);
  });
  test('nor does the same version sent again show it', () => {
    const [hidden, again] = [flagged(first, { INVISIBLE_PATIENT: 'Y' }), flagged(first, { DESTMSSANTEPAT: 'Y' })];
    expect(errors(then(hidden, again))).toEqual(['facts.document-unhidden INVISIBLE_PATIENT']);
    expect(errors(then(hidden, hidden))).toEqual([]);
  });
  test('learnt before codes were kept: not known, and no reason to refuse', () => {
    expect(errors(then(flagged(first, { MASQUE_PS: 'Y' }), next, 'hidden'))).toEqual([]);
  });
  test('an adult has no legal representatives', () => {
    expect(errors(then(flagged(first, { INVISIBLE_REP_LEGAUX: 'Y' }), next))).toEqual([]);
  });
});

describe('a document of restricted confidentiality', () => {
  const restricted = (name: string, code: string) => withCda(read(name), (cda) => cda.replace(/(<confidentialityCode[^>]*code=")N"/u, `$1${code}"`));
  const row = (bytes: Buffer, change: Partial<RouteDestination> = {}, facts: readonly Fact[] = []) => {
    const one = outcome(bytes, {}, facts, [{ ...destination('dmp', 'dmp'), ...change }]);
    return [dmp(one)?.state, dmp(one)?.reason.code, one.findings.some(({ code, severity }) => code === 'route.dmp-restricted' && severity === 'warning')];
  };
  test.each(['R', 'V'])('%s waits for a person, unless the destination says otherwise', (code) => {
    expect(row(restricted('oru-initial', code))).toEqual(['held', 'route.dmp-restricted', true]);
    expect(row(restricted('mdm-remplacement', code))).toEqual(['held', 'route.dmp-restricted', true]);
    expect(row(restricted('oru-initial', code), { restricted: 'send' })).toEqual(['planned', 'route.flag', true]);
    expect(row(restricted('mdm-suppression', code))).toEqual(['planned', 'route.flag', false]);
  });
  test('N is no such document', () => { expect(row(initial)).toEqual(['planned', 'route.flag', false]); });
});

describe('of several DMP destinations, that of the structure that sends', () => {
  const both = [{ ...destination('a', 'dmp'), structures: ['1990000001'] }, { ...destination('b', 'dmp'), structures: ['1990000027', '1990000019'] }];
  const of = (bytes: Buffer, destinations: readonly RouteDestination[] = both) => {
    const row = dmp(outcome(bytes, {}, [], destinations));
    return [row?.destination, row?.state, row?.reason.code];
  };
  const sentBy = (number: string) => Buffer.from(read('mdm-initial').toString('latin1').replace('FINEG^^^1990000019', `FINEG^^^${number}`), 'latin1');
  test('by its national number, whichever way the message writes it', () => {
    expect(of(read('oru-initial'))).toEqual(['a', 'planned', 'route.flag']);
    expect(of(sentBy('1990000019'))).toEqual(['b', 'planned', 'route.flag']);
    expect(of(sentBy('990000019'))).toEqual(['b', 'planned', 'route.flag']);
  });
  test('none of them: held for a person, and told', () => {
    expect(of(sentBy('1990000099'))).toEqual(['a', 'held', 'route.dmp-structure']);
    expect(outcome(sentBy('1990000099'), {}, [], both).findings.map(({ code }) => code)).toContain('route.dmp-structure');
  });
  test('one alone takes all: its connector tells the structures that are not its own', () => {
    expect(of(sentBy('1990000099'), both.slice(0, 1))).toEqual(['a', 'planned', 'route.flag']);
  });
});

test('told of an opposition: a submission is refused, a replacement held, a deletion goes', () => {
  const states = ['mdm-initial', 'mdm-remplacement', 'mdm-suppression'].map((name) => {
    const bytes = read(name);
    const opposed: Fact = { kind: 'consent', keys: dmp(outcome(bytes))?.gate.identities ?? [], establishments: [], alimentation: 'IO', consultation: null, at: null };
    const row = dmp(outcome(bytes, {}, [opposed]));
    return [row?.action, row?.state, row?.reason.code];
  });
  expect(states).toEqual([['submit', 'refused', 'route.dmp-opposition'], ['replace', 'held', 'route.dmp-opposition'], ['delete', 'planned', 'route.flag']]);
});

describe('what the DMP could not take refuses its delivery; the other destinations get the document', () => {
  const states = (one: Outcome) => [one.ack, ...one.rows.map(({ destination: id, state, reason }) => `${id} ${state} ${reason.code}`).sort()];
  test('required metadata missing', () => {
    const bytes = withCda(initial, (cda) => cda.replace(/<legalAuthenticator>.*<\/legalAuthenticator>/su, ''));
    expect(states(outcome(bytes))).toContain('dmp refused document.metadata-missing');
    expect(states(outcome(bytes))).toContain('region planned route.rule');
    expect(dmp(outcome(bytes))?.reason.args?.[0]).toBe('legalAuthenticator');
    expect(outcome(bytes).ack).toBe('AA');
  });
  test('a newer table takes the type away', () => {
    const tables = { ...builtInTables, valueSets: { ...builtInTables.valueSets, typeCodeDmp: new Set(['x']) } };
    expect(states(outcome(initial, { tables }))).toContain('dmp refused route.dmp-type-code');
  });
  test('a document that the CI-SIS pack finds not conform; one with warnings goes', () => {
    const asked: string[] = [];
    const check = (severity: 'error' | 'warning') => (bytes: Uint8Array, _: unknown, place: string) => { asked.push(`${place} ${String(bytes.length)}`); return [{ ...finding('cda-pack.rule', place, '12:3', 'title est requis'), severity }]; };
    const refused = outcome(initial, { check: check('error') });
    expect(states(refused)).toContain('dmp refused cda-pack.rule');
    expect(refused.findings.filter(({ code }) => code === 'cda-pack.rule').map(({ severity }) => severity)).toEqual(['warning']);
    expect(asked[0]).toMatch(/^OBX\[1\]-5 \d+$/);
    expect(dmp(outcome(initial, { check: check('warning') }))?.state).toBe('planned');
  });
  test('a deletion submits no metadata and is not checked', () => {
    const check = () => { throw new Error('asked'); };
    const left = outcome(read('mdm-suppression'), { tables: { ...builtInTables, valueSets: { ...builtInTables.valueSets, typeCodeDmp: new Set<string>() } } });
    expect(states(left)).toContain('dmp planned route.flag');
    const bytes = withCda(read('mdm-suppression'), (cda) => cda.replace(/<legalAuthenticator>.*<\/legalAuthenticator>/su, ''));
    expect(dmp(outcome(bytes, { check }))?.state).not.toBe('refused');
  });
});
