import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentBundle, ins, patient, resultsBundle, stayBundle } from '../../test/samples/bundles.ts';
import { sendingTo, settings } from '../../test/samples/regional.ts';
import { rules } from './simulator-rules.ts';
import { startRegionalSimulator, type RegionalSimulator } from './simulator.ts';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access --
   a good request is spoilt in one place, whatever its shape */
type Spoil = (body: any, headers: Record<string, string>) => void;
const of = (body: any, type: string): any => body.entry.find((one: any) => one.resource.resourceType === type);
const results = () => sendingTo(settings('http://x'), { kind: 'results' }, resultsBundle(1), 1);
const deposit = () => sendingTo(settings('http://x'), { kind: 'document', event: 'DOC' }, documentBundle(1), 1);
const replace = () => sendingTo(settings('http://x'), { kind: 'document', event: 'DOC', action: 'replace', documents: [{ uniqueId: '1.2.250.1.999.7.1', replaces: '1.2.9' }] }, documentBundle(1), 1);
const admit = () => sendingTo(settings('http://x'), { kind: 'patient', event: 'ADM' }, stayBundle(1), 1);
const identifier = (body: any, i: number): any => of(body, 'Patient').resource.identifier[i];

/** Which request, which step, how it is spoilt, and the rule that must say so. */
const cases: readonly (readonly [string, () => ReturnType<typeof results>, number, Spoil])[] = [
  ['content-type', results, 0, (_, headers) => { headers['content-type'] = 'text/plain'; }],
  ['transaction-shape', results, 0, (body) => { body.entry[0].fullUrl = 'Patient/1'; }],
  ['transaction-shape', results, 0, (body) => { body.entry = []; }],
  ['references-resolve', results, 0, (body) => { of(body, 'Observation').resource.performer = [{ reference: 'Practitioner/1' }]; }],
  ['references-resolve', results, 0, (body) => { of(body, 'Observation').resource.performer = [{ reference: 'urn:uuid:00000000-0000-4000-8000-000000000000' }]; }],
  ['contained-resolves', deposit, 0, (body) => { of(body, 'DocumentReference').resource.authenticator = { reference: '#nobody' }; }],
  ['conditional', results, 0, (body) => { delete of(body, 'Patient').request.ifNoneExist; }],
  ['condition-is-own-identifier', results, 0, (body) => { of(body, 'Patient').request.ifNoneExist = 'identifier=a|b'; }],
  ['one-entry-per-thing', results, 0, (body) => { body.entry.push({ ...of(body, 'Patient'), fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000000' }); }],
  ['result-is-of-the-patient', results, 0, (body) => { delete of(body, 'Observation').resource.subject; }],
  ['no-ins-unless-validated', results, 0, (body) => { of(body, 'Patient').resource.extension[0].extension[0].valueCoding.code = 'PROV'; }],
  ['ins-type-fits-its-oid', results, 0, (body) => { identifier(body, 1).type.coding[0].code = 'INS-NIR'; }],
  ['ins-use-fits-the-version', results, 0, (body) => { identifier(body, 1).use = 'secondary'; }],
  ['ins-key', results, 0, (body) => { identifier(body, 1).value = '279035121518988'; }],
  ['nss-oid-fits-the-version', results, 0, (body) => { of(body, 'Patient').resource.identifier.push({ ...ins('INS-NIR'), type: { coding: [{ code: 'NH' }] }, system: 'urn:oid:1.2.250.1.213.1.4.13' }); }],
  ['pi-has-authority', results, 0, (body) => { of(body, 'Patient').resource.identifier.push({ type: { coding: [{ code: 'PI' }] }, value: 'x' }); }],
  ['patient-profile', results, 0, (body) => { of(body, 'Patient').resource.meta.profile = ['https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient|2.2.0']; }],
  ['submission-set', deposit, 0, (body) => { body.entry = body.entry.filter((one: any) => one.resource.resourceType !== 'List'); }],
  ['submission-set-source', deposit, 0, (body) => { of(body, 'List').resource.extension.pop(); }],
  ['document-author', deposit, 0, (body) => { of(body, 'DocumentReference').resource.author = []; of(body, 'DocumentReference').resource.contained = of(body, 'DocumentReference').resource.contained.filter((one: any) => one.resourceType === 'Patient' || one.resourceType === 'Organization'); }],
  ['document-required', deposit, 0, (body) => { delete of(body, 'DocumentReference').resource.context.period; }],
  ['document-bytes', deposit, 0, (body) => { of(body, 'Binary').resource.data = 'QUJD'; }],
  ['superseded-by-another', replace, 1, () => undefined],
  ['event-shape', admit, 1, (body) => { body.extension[0].valueCodeableConcept.coding[0].code = 'XXX'; }],
  ['event-shape', admit, 1, (body) => { body.extension[1].valueDateTime = '2026-03-01T09:00:00'; }],
  ['event-subject', admit, 1, (body) => { body.about = [{ display: 'x' }]; }],
  ['event-carries-no-document', admit, 1, (body) => { body.payload[0].contentAttachment = { data: 'QUJD' }; }],
  ['event-after-its-document', deposit, 1, () => undefined],
  ['event-once', admit, 1, (_, headers) => { delete headers['if-none-exist']; }],
];

describe('the simulated region', () => {
  let simulator: RegionalSimulator;
  beforeAll(async () => { simulator = await startRegionalSimulator(); });
  beforeEach(() => { simulator.reset(); });
  afterAll(async () => { await simulator.close(); });

  async function post(make: () => ReturnType<typeof results>, step: number, spoil: Spoil = () => undefined): Promise<{ status: number; body: any }> {
    const sending = make();
    const body: unknown = JSON.parse(Buffer.from(await sending.body(step)).toString());
    const { path = '', ifNoneExist } = sending.envelope.steps[step]!.meta;
    const headers: Record<string, string> = { 'content-type': 'application/fhir+json', ...(ifNoneExist === undefined ? {} : { 'if-none-exist': ifNoneExist }) };
    spoil(body, headers);
    const response = await fetch(`${simulator.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answered = await response.text();
    return { status: response.status, body: answered === '' ? {} : JSON.parse(answered) };
  }

  it.each(cases)('%s is seen, and nothing is stored', async (rule, make, step, spoil) => {
    const { status, body } = await post(make, step, spoil);
    expect([status, body.issue?.[0].code]).toEqual([422, 'business-rule']);
    expect(simulator.report().rules.filter((one) => one.broken > 0).map((one) => one.name)).toContain(rule);
    expect(simulator.report().stored).toEqual({});
  });

  it('every rule is broken by a case of this file', () => {
    const elsewhere = ['no-patient-in-url', 'one-official-identifier', 'one-pi', 'result-keeps-its-patient'];
    expect(rules.map((one) => one.name).filter((name) => !elsewhere.includes(name) && !cases.some(([rule]) => rule === name))).toEqual([]);
    expect(rules.length).toBeGreaterThanOrEqual(15);
    expect(rules.every((one) => one.source !== '')).toBe(true);
  });

  it('a result is not given to another patient', async () => {
    expect((await post(results, 0)).status).toBe(200);
    const other = () => sendingTo(settings('http://x'), { kind: 'results' }, resultsBundle(1, { who: patient(2) }), 1);
    expect((await post(other, 0)).status).toBe(422);
    const said = simulator.report().rules.filter((one) => one.broken > 0);
    expect(said.map((one) => one.name)).toEqual(['result-keeps-its-patient']);
    expect(simulator.report().stored.Patient).toBe(1);
  });

  it('a patient looked for in the URL is seen', async () => {
    await fetch(`${simulator.url}/Patient?identifier=a`);
    expect(simulator.report().rules.find((one) => one.name === 'no-patient-in-url')?.broken).toBe(1);
  });

  it.each(['2.0.1', '2.1.0', '2.2.0'] as const)('takes what is emitted for FR Core %s, and nothing emitted for another that differs', async (frCore) => {
    const own = await startRegionalSimulator({ frCore });
    try {
      const nss = { use: 'official' as const, type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NH' }] }, system: 'urn:oid:1.2.250.1.213.1.4.8', value: '185076322000111' };
      const pi = { use: 'usual' as const, type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PI' }] }, system: 'urn:oid:1.2.4', value: 'B' };
      const statuses: number[] = [];
      for (const generation of ['2.0.1', '2.1.0', '2.2.0'] as const) {
        const sending = sendingTo(settings('http://x', { frCore: generation }), { kind: 'results' }, resultsBundle(1, { who: patient(1, { ins: 'INS-NIA', more: [nss, pi] }) }), 1);
        statuses.push((await fetch(own.url, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: new Uint8Array(await sending.body(0)) })).status);
      }
      expect(statuses).toEqual({ '2.0.1': [200, 422, 422], '2.1.0': [200, 200, 422], '2.2.0': [422, 422, 200] }[frCore]);
    } finally { await own.close(); }
  });

  it('a transaction that cannot be made whole leaves nothing', async () => {
    const { status, body } = await post(results, 0, (bundle) => { bundle.entry.push({ resource: { resourceType: 'Parameters', parameter: [] }, request: { method: 'PATCH', url: 'DocumentReference?identifier=a|b' } }); });
    expect([status, body.issue[0].code, simulator.report().stored.Patient ?? 0]).toEqual([404, 'not-found', 0]);
  });

  it('is told to fail, and reports, over HTTP', async () => {
    await fetch(`${simulator.url}/_control/fail`, { method: 'POST', body: JSON.stringify({ mode: 'status', times: 1, status: 500 }) });
    expect((await post(results, 0)).status === 500).toBe(true);
    expect((await post(results, 0)).status).toBe(200);
    const report: any = await (await fetch(`${simulator.url}/_control/report`)).json();
    expect([report.arrivals, report.stored.Patient, report.duplicates]).toEqual([2, 1, []]);
    expect((await (await fetch(`${simulator.url}/_control/resources?type=Patient`)).json() as any).resources).toHaveLength(1);
    await fetch(`${simulator.url}/_control/reset`, { method: 'POST' });
    expect(simulator.report().arrivals).toBe(0);
  });
});
