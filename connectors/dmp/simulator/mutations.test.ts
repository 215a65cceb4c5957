import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentMutations, signatureMutations } from '../../../test/dmp/mutations/document.ts';
import { otherMutations, toldMutations } from '../../../test/dmp/mutations/others.ts';
import { lotMutations } from '../../../test/dmp/mutations/lot.ts';
import { soapMutations, transportMutations } from '../../../test/dmp/mutations/transport.ts';
import { vihfMutations } from '../../../test/dmp/mutations/vihf.ts';
import { certificates, now, send, type Certificates } from '../../../test/dmp/request.ts';
import { rules } from './rules/rules.ts';
import { startDmpSimulator, type DmpSimulator } from './simulator.ts';

const families = { transport: transportMutations, soap: soapMutations, vihf: vihfMutations, lot: lotMutations, document: documentMutations, signature: signatureMutations, others: otherMutations };
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
    expect(report?.rules.filter((one) => one.status === 'fail').map((one) => one.id)).toEqual([rule]);
    expect(report?.rules.find((one) => one.id === rule)?.broken[0]?.at).toBeTruthy();
    const { code = '' } = report?.rules.find((one) => one.id === rule) ?? {};
    // A refusal names its code; security is a SOAP fault, metadata an error of the registry. Nothing is stored either way.
    expect(answer.text).toContain(answer.status === 500 ? `${code}</soap:Value>` : `errorCode="${code}"`);
    expect(simulator.report().stored.documents).toBe(0);
  });
});

describe('told, not refused', () => {
  it.each(toldMutations.map((one) => [one.rule, one.what, one] as const))('%s: %s', async (rule, _what, mutation) => {
    const answer = await send(simulator.url, mutation.make(own), own);
    const told = (status: string) => simulator.submissions()[0]?.rules.filter((one) => one.status === status).map((one) => one.id);
    expect([told('fail'), told('warn'), answer.text.includes('ResponseStatusType:Success'), answer.text.includes('RegistryError ')]).toEqual([[], [rule], true, false]);
  });
});

it('every rule is broken by a mutation of its own, or by a case of the other files', () => {
  const named = new Set(Object.values(families).flatMap((mutations) => mutations.map((one) => one.rule)));
  expect([...named].filter((one) => !rules.some(({ id }) => id === one))).toEqual([]);
  expect(named.size).toBeGreaterThanOrEqual(100);
  // The rest needs a record, another transaction, more bytes or the schemas: record, tls and samples tests break it.
  const elsewhere = [
    'wsa-message-id-fresh', 'vihf-replay', 'vihf-resource-ins', 'rights-mode', 'request-size', 'lot-schema', 'dmp-exists', 'lot-not-yet-here', 'document-not-yet-here', 'document-same-size', 'document-same-hash',
    'replace-by-entry-uuid', 'replace-target', 'replace-current', 'replace-same-patient', 'replace-own', 'replace-source', 'delete-own',
    ...rules.filter(({ family }) => family === 'update' || family === 'query').map(({ id }) => id),
  ];
  const told = toldMutations.map((one) => one.rule);
  expect(rules.map(({ id }) => id).filter((id) => !named.has(id) && !told.includes(id) && !elsewhere.includes(id))).toEqual([]);
});
it('every rule has an id of its own, a source, and its text in both languages', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.filter(({ source, title }) => source === '' || title.fr === '' || title.en === '' || title.fr === title.en).map(({ id }) => id)).toEqual([]);
});
