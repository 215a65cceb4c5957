import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deliver, planned } from '../../test/samples/region.ts';
import { startRegionalSimulator, type RegionalSimulator } from './simulator.ts';

const lines = (...all: string[]): Buffer => Buffer.from(`${all.join('\r')}\r`);
const header = (type: string): string => `MSH|^~\\&|GAM|CHU|PFI|REGION|20261122083000+0100||${type}|C1|P|2.5|||||FRA|UNICODE UTF-8`;
const number = (value: string, type = '^PI', authority = 'CHU&1.2.250.1.999.9&ISO'): string => `${value}^^^${authority}${type}`;
const pid = (numbers: string): string => `PID|1||${numbers}||ROUSSEAU^CLAIRE^^^^^L||19790328|F`;
const [a, b, c] = [number('A'), number('B'), number('C')];
const adt = (event: string, numbers: string, retired = ''): Buffer => lines(header(`ADT^${event}`), 'EVN||20261122083005+0100', pid(numbers), ...(retired === '' ? [] : [`MRG|${retired}`]));
const result = (numbers: string, value: string, filler = 'F1'): Buffer =>
  lines(header('ORU^R01^ORU_R01'), pid(numbers), `OBR|1||${filler}|600-7^Examen^LN|||20261122073000+0100||||||||||||||||||F`, `OBX|1|NM|718-7^Hb^LN||${value}|g/dL|||||F`);

let simulator: RegionalSimulator;
beforeAll(async () => { simulator = await startRegionalSimulator(); });
beforeEach(() => { simulator.reset(); });
afterAll(async () => { await simulator.close(); });
let sent = 0;
const send = async (...messages: readonly Buffer[]): Promise<void> => {
  for (const bytes of messages) expect(await deliver({ bytes, trace: `t${String(sent += 1)}` }, simulator)).toMatchObject({ kind: 'delivered' });
};
interface Stored { readonly id: string; readonly active?: boolean; readonly identifier: readonly { readonly value: string }[]; readonly link?: readonly { readonly type: string; readonly other: { readonly reference: string } }[] }
/** `B, replaced-by A`: every record at the region, and what it points to. */
function records(): string[] {
  const all = simulator.resources('Patient') as unknown as Stored[];
  const names = new Map(all.map((one) => [`Patient/${one.id}`, one.identifier.map(({ value }) => value).join('+')]));
  return all.map((one) => [names.get(`Patient/${one.id}`), ...(one.link ?? []).filter(({ type }) => type === 'replaced-by').map(({ other }) => `${one.active === false ? 'retired for' : '?'} ${String(names.get(other.reference))}`)].join(', '));
}

describe('the record of a number that disappears is the one that was known by it', () => {
  it.each([
    ['its type is not told (CX-5)', 'A40', number('B', '')],
    ['its authority is told by name alone, PID-3 giving its OID', 'A40', number('B', '^PI', 'CHU')],
    ['its validity is over (CX-8)', 'A40', `${b}^^20200101^20261121`],
    ['blanks stand after it', 'A40', number('B  ')],
    ['MRG-1 repeats the number that remains', 'A40', `${a}~${b}`],
    ['the number is changed (A47)', 'A47', b],
  ])('%s', async (_, event, retired) => {
    await send(adt('A28', a), adt('A28', b), adt(event, a, retired), adt(event, a, retired));
    expect(records()).toEqual(['A', 'B, retired for A']);
  });

  it('MRG-1 has two of one authority: both records', async () => {
    await send(adt('A28', a), adt('A28', b), adt('A28', c), adt('A40', a, `${b}~${c}`));
    expect(records()).toEqual(['A', 'B, retired for A', 'C, retired for A']);
  });

  it('PID-3 repeats it as ended', async () => {
    const merge = adt('A40', `${a}~${b}^^20200101^20261121`, b);
    await send(adt('A28', a), adt('A28', b), merge, merge);
    expect(records()).toEqual(['A', 'B, retired for A']);
  });

  it('a merge the other way round brings it back', async () => {
    await send(adt('A28', a), adt('A28', b), adt('A40', a, b), adt('A40', b, a));
    expect(records()).toEqual(['A, retired for B', 'B']);
  });
});

describe('one patient is one', () => {
  it.each([
    ['whose number has blanks after it', number('A  '), a],
    ['whose number has no type', number('A', ''), number('A', '')],
    ['whose authority has blanks after it', number('A', '^PI', 'CHU &1.2.250.1.999.9 &ISO'), a],
    ['whose two numbers come in another order', `${a}~${number('7', '^PI', 'GHT&1.2.250.1.999.8&ISO')}`, `${number('7', '^PI', 'GHT&1.2.250.1.999.8&ISO')}~${a}`],
  ])('%s: the correction takes the place of what it corrects', async (_, first, then) => {
    await send(result(first, '13'), result(then, '12'));
    expect(simulator.report().stored).toMatchObject({ Patient: 1, DiagnosticReport: 1, Observation: 1 });
  });

  it('and an order number is the same with blanks after it', async () => {
    await send(result(a, '13', 'F1  '), result(a, '12'));
    expect(simulator.report().stored).toMatchObject({ DiagnosticReport: 1, Observation: 1 });
  });
});

it('a number made of blanks is none: all who have it would be one patient', () => {
  const { outcome } = planned({ bytes: result(number('   '), '13'), trace: 'a' }, simulator.url);
  expect([outcome.ack, outcome.findings.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.location}`)]).toEqual(['AE', ['identity.no-identifier PID-3']]);
});
