import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deliver } from '../../test/samples/region.ts';
import { startRegionalSimulator, type RegionalSimulator } from './simulator.ts';

const lines = (...all: string[]): Buffer => Buffer.from(`${all.join('\r')}\r`);
const header = 'MSH|^~\\&|SIL|LABO|PFI|REGION|20261122083000+0100||ORU^R01^ORU_R01|C1|P|2.5|||||FRA|UNICODE UTF-8';
const pid = (ipp: string): string => `PID|1||${ipp}^^^LABO&1.2.250.1.999.9&ISO^PI||ROUSSEAU^CLAIRE^^^^^L||19790328|F`;
const obr = (service: string, filler = 'F1', more = ''): string => `OBR|1||${filler}|${service}^Examen^LN|||20261122073000+0100||||||||${more}||||||||||F`;
const obx = (value: string, status = 'F'): string => `OBX|1|NM|718-7^Hb^LN||${value}|g/dL|||||${status}`;

let simulator: RegionalSimulator;
beforeAll(async () => { simulator = await startRegionalSimulator(); });
beforeEach(() => { simulator.reset(); });
afterAll(async () => { await simulator.close(); });

interface Stored { readonly id: string; readonly subject: { readonly reference: string }; readonly valueQuantity: { readonly value: number }; readonly specimen: { readonly reference: string }; readonly type: { readonly coding: readonly { readonly display: string }[] } }
const stored = (type: string): Stored[] => simulator.resources(type) as unknown as Stored[];
const send = async (trace: string, ...segments: string[]): Promise<void> => { expect(await deliver({ bytes: lines(header, ...segments), trace }, simulator)).toMatchObject({ kind: 'delivered' }); };
const broken = (): string[] => simulator.report().rules.filter((one) => one.broken > 0).map(({ name }) => name);

describe('two orders of one number and one service', () => {
  it('keep their own results, and never take the place of another patient’s of that number', async () => {
    await send('a', pid('42'), obr('600-7'), obx('13'));
    for (const trace of ['b', 'c']) await send(trace, pid('43'), obr('600-7'), obx('7'), obr('600-7'), obx('8'));
    expect(simulator.report().stored).toMatchObject({ Patient: 2, ServiceRequest: 3, DiagnosticReport: 3, Observation: 3 });
    expect(stored('Observation').map((one) => [one.subject.reference === stored('Observation')[0]?.subject.reference, one.valueQuantity.value])).toEqual([[true, 13], [false, 7], [false, 8]]);
    expect(broken()).toEqual([]);
  });
});

describe('a specimen without number', () => {
  it.each([
    ['in SPM', (kind: string, service: string) => [obr(service), obx('7'), `SPM|1|||${kind}^${kind}^L`]],
    ['in OBR-15', (kind: string, service: string) => [obr(service, 'F1', `${kind}&${kind}&L`), obx('7')]],
  ])('%s: is not the one that came before under the number of the request', async (_, exam) => {
    await send('a', pid('42'), ...exam('Sang', '600-7'));
    await send('b', pid('42'), ...exam('Urine', '630-4'));
    await send('c', pid('42'), ...exam('Urine', '630-4'));
    const kinds = new Map(stored('Specimen').map((one) => [`Specimen/${one.id}`, one.type.coding[0]?.display]));
    expect(stored('Observation').map((one) => kinds.get(one.specimen.reference))).toEqual(['Sang', 'Urine']);
    expect(stored('Specimen')).toHaveLength(2);
  });
});
