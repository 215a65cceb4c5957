import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentMutations, signatureMutations } from '../../../test/dmp/mutations/document.ts';
import { lotMutations } from '../../../test/dmp/mutations/lot.ts';
import { soapMutations, transportMutations } from '../../../test/dmp/mutations/transport.ts';
import { vihfMutations } from '../../../test/dmp/mutations/vihf.ts';
import { certificates, now, send, type Certificates } from '../../../test/dmp/request.ts';
import { rules } from './rules/rules.ts';
import { startDmpSimulator, type DmpSimulator } from './simulator.ts';

const families = { transport: transportMutations, soap: soapMutations, vihf: vihfMutations, lot: lotMutations, document: documentMutations, signature: signatureMutations };
let simulator: DmpSimulator, own: Certificates;
beforeAll(async () => {
  own = certificates();
  simulator = await startDmpSimulator({ tls: { ...own.server, ca: own.pki.ca }, signing: { ca: own.pki.ca }, now: () => now });
});
beforeEach(() => { simulator.reset(); });
afterAll(async () => { await simulator.close(); });

describe.each(Object.entries(families))('%s', (_family, mutations) => {
  it.each(mutations.map((one) => [one.rule, one.what, one] as const))('%s: %s', async (rule, _what, mutation) => {
    const answer = await send(simulator.url, mutation.make(own), own);
    const [report] = simulator.submissions();
    expect(report?.rules.filter((one) => one.status === 'fail').map((one) => `${one.id} ${JSON.stringify(one.broken.map(({ at }) => at))}`).map((one) => one.split(' ')[0])).toEqual([rule]);
    const { code = '' } = report?.rules.find((one) => one.id === rule) ?? {};
    // A refusal names its code; security is a SOAP fault, metadata an error of the registry. Nothing is stored either way.
    expect(answer.text).toContain(answer.status === 500 ? `${code}</soap:Value>` : `errorCode="${code}"`);
    expect(simulator.report().stored.documents).toBe(0);
  });
});

it('at least forty rules are broken by a mutation of their own', () => {
  const named = new Set(Object.values(families).flatMap((mutations) => mutations.map((one) => one.rule)));
  expect([...named].filter((one) => !rules.some(({ id }) => id === one))).toEqual([]);
  expect(named.size).toBeGreaterThanOrEqual(100);
});
it('every rule has an id of its own, a source, and its text in both languages', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.filter(({ source, title }) => source === '' || title.fr === '' || title.en === '' || title.fr === title.en).map(({ id }) => id)).toEqual([]);
});
