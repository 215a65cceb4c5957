import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fictive } from '../../../test/dmp/metadata.ts';
import { certificates, make, provide, send, type Ask, type Certificates, type Made, type Options } from '../../../test/dmp/request.ts';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { startDmpSimulator, type DmpSimulator } from './simulator.ts';

whenShared('the reference samples', () => {
  const folder = join(shared('examples/dmp') ?? '', 'samples');
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();
  const at = Date.parse('2026-11-22T04:30:00Z'), uniqueId = '1.3.6.1.4.1.19376.1.2.20.12345.1.1';
  const who = { ...fictive, structure: '1140000001' };
  let simulator: DmpSimulator, own: Certificates;
  beforeAll(async () => {
    own = certificates(at);
    simulator = await startDmpSimulator({
      tls: { ...own.server, ca: own.pki.ca }, signing: { ca: text('ca.pem') + '\n' + own.pki.ca }, schemas: join(folder, '..', 'xsd', 'toolkit-v3'),
      // Their VIHF is an hour older than their certificate.
      now: () => at, windowSeconds: 2 * 3600,
    });
  });
  afterAll(async () => { await simulator.close(); });
  const failed = (): string[] => simulator.submissions()[0]?.rules.filter((one) => one.status === 'fail').map((one) => one.id) ?? [];
  const current = () => simulator.entries().find((one) => one.uniqueId === uniqueId && /Approved$|Archived$/.test(one.status));
  /** A sample body under a VIHF of ours, of the samples' structure. */
  const ask = (path: Ask['path'], action: string, body: string, options: Options = {}) =>
    send(simulator.url, make({ path, action, body }, own.pki.issue('client', 'DMP SIGN TEST', { structure: who.structure }), { at, who, ...options }), own);
  const query = 'urn:ihe:iti:2007:RegistryStoredQuery', update = 'urn:ihe:iti:2010:UpdateDocumentSet', air = { mode: 'INDIRECTE_RENFORCEE' };
  /** Their lots all have one uniqueId, and name an entryUUID that is not of this record. */
  let lots = 0;
  const targeted = (name: string): string => text(name).replaceAll('urn:uuid:00f8e428-a767-11e6-95bf-00163e58645d', current()?.entryUuid ?? '').replace('1.2.250.1.999.1.1.1.3.1', `1.2.250.1.999.1.1.1.3.${String(++lots + 100)}`);

  it('the ITI-41 as it goes on the wire is accepted, its VIHF and lot verified', async () => {
    const made: Made = {
      path: '/repository', bytes: readFileSync(join(folder, 'iti41-mtom-request.bin')),
      headers: { 'content-type': 'multipart/related; type="application/xop+xml"; start="<root@gateway.test>"; start-info="application/soap+xml"; boundary="MIMEBoundary_0001"; action="urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"' },
    };
    const answer = await send(simulator.url, made, own);
    expect([failed(), answer.status, simulator.submissions()[0]?.status]).toEqual([[], 200, 'Success']);
    expect(simulator.submissions()[0]?.rules.filter((one) => ['lot-schema', 'vihf-signature', 'vihf-digest', 'signature-value', 'signature-digests', 'manifest-digests'].includes(one.id)).map((one) => one.status)).toEqual(Array(6).fill('pass'));
    expect(simulator.report().stored).toEqual({ documents: 1, lots: 1, versions: 2 });
  });

  it.each([
    // The very VIHF of the submission above: whole and well signed, but used.
    ['vihf-indirecte-v3-signed.xml', 'iti18-getdocuments-by-uniqueid-body.xml', ['vihf-replay']],
    ['vihf-air-v3-signed.xml', 'iti18-finddocuments-body.xml', []],
  ])('%s, as it is signed, with %s', async (vihf, body, expected) => {
    const header = `<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing" soap:mustUnderstand="true">${query}</wsa:Action><wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:${randomUUID()}</wsa:MessageID><wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">${simulator.url}/registry</wsa:To>`;
    const bytes = Buffer.from(`<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header>${header}<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">${text(vihf).replace(/^<\?xml[^>]*>\s*/, '')}</wsse:Security></soap:Header><soap:Body>${text(body)}</soap:Body></soap:Envelope>`);
    await send(simulator.url, { path: '/registry', headers: { 'content-type': 'application/soap+xml; charset=UTF-8' }, bytes }, own);
    expect(failed()).toEqual(expected);
  });

  it('a submission of ours is valid against the schemas; an attribute they do not have is refused', async () => {
    const who2 = { at, signer: own.signature };
    await send(simulator.url, provide(own.signature, who2), own);
    expect(failed()).toEqual([]);
    await send(simulator.url, provide(own.signature, { ...who2, uniqueId: '1.2.250.1.999.7.2', spoil: { metadata: (xml) => xml.replace('<RegistryPackage ', '<RegistryPackage inconnu="x" ') } }), own);
    expect(failed()).toEqual(['lot-schema']);
  });
  it('iti43-retrieve gives the CDA byte for byte', async () => {
    const answer = await ask('/repository', 'urn:ihe:iti:2007:RetrieveDocumentSet', text('iti43-retrieve-body.xml'), air);
    expect([failed(), answer.bytes.includes(readFileSync(join(folder, 'cda-n1-example-ans.xml')))]).toEqual([[], true]);
  });
  it('td02 and td03 are answered', async () => {
    expect((await ask('/patients', 'urn:hl7-org:v3:PRPA_IN201307UV02', text('td02-request-body.xml'))).text).toContain('statusCode code="ACTIF"');
    expect((await ask('/habilitations', 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization', text('td03-request-body.xml'))).text).toContain('<status>OK</status>');
  });
  it('iti57: masked, archived, brought back to be deleted', async () => {
    await ask('/registry', update, targeted('iti57-mask-ps-body.xml'), air);
    expect([failed(), current()?.version]).toEqual([[], 2]);
    await ask('/registry', update, targeted('iti57-archive-body.xml'), air);
    expect([failed(), current()?.status.endsWith('Archived')]).toEqual([[], true]);
    await ask('/registry', update, targeted('iti57-archive-body.xml').replace(/(OriginalStatus".*?)urn:oasis:names:tc:ebxml-regrep:StatusType:Approved(.*?)urn:asip:ci-sis:2010:StatusType:Archived/, '$1urn:asip:ci-sis:2010:StatusType:Archived$2urn:oasis:names:tc:ebxml-regrep:StatusType:Approved'), air);
    await ask('/registry', update, targeted('iti57-delete-body.xml'));
    expect([failed(), current()]).toEqual([[], undefined]);
  });
  it('the official VIHF, anonymised: only what was taken out of it is missing', async () => {
    const sample = text('vihf-official-automate-anonymised.xml');
    const assertion = /<Assertion[\s\S]*<\/Assertion>/.exec(sample)?.[0] ?? '';
    const bytes = Buffer.from(`<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header><wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing" soap:mustUnderstand="true">${query}</wsa:Action><wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:${randomUUID()}</wsa:MessageID><wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">${simulator.url}/registry</wsa:To><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">${assertion}</wsse:Security></soap:Header><soap:Body>${text('iti18-getdocuments-by-uniqueid-body.xml')}</soap:Body></soap:Envelope>`);
    await send(simulator.url, { path: '/registry', headers: { 'content-type': 'application/soap+xml' }, bytes }, own);
    // Its certificate, dates, INS and structure were replaced by XXXX: signature, freshness and those values cannot hold; the rest does.
    expect(failed()).toEqual(['vihf-fresh', 'vihf-digest', 'vihf-certificate', 'vihf-structure-form', 'vihf-resource-id']);
  });
});
