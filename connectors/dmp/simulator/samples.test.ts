import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { certificates, send, type Certificates, type Made } from '../../../test/dmp/request.ts';
import { startDmpSimulator, type DmpSimulator } from './simulator.ts';

whenShared('the reference samples', () => {
  const folder = join(shared('examples/dmp') ?? '', 'samples');
  let simulator: DmpSimulator, own: Certificates;
  beforeAll(async () => {
    own = certificates();
    simulator = await startDmpSimulator({
      tls: { ...own.server, ca: own.pki.ca }, signing: { ca: readFileSync(join(folder, 'ca.pem'), 'utf8') }, schemas: join(folder, '..', 'xsd', 'toolkit-v3'),
      // Their VIHF is an hour older than their certificate.
      now: () => Date.parse('2026-11-22T04:30:00Z'), windowSeconds: 2 * 3600,
    });
  });
  afterAll(async () => { await simulator.close(); });
  const failed = (): string[] => simulator.submissions()[0]?.rules.filter((one) => one.status === 'fail').map((one) => one.id) ?? [];

  it('the ITI-41 as it goes on the wire is accepted', async () => {
    const made: Made = {
      path: '/repository', bytes: readFileSync(join(folder, 'iti41-mtom-request.bin')),
      headers: { 'content-type': 'multipart/related; type="application/xop+xml"; start="<root@gateway.test>"; start-info="application/soap+xml"; boundary="MIMEBoundary_0001"; action="urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"' },
    };
    const answer = await send(simulator.url, made, own);
    expect([failed(), answer.status, simulator.submissions()[0]?.status]).toEqual([[], 200, 'Success']);
    expect(simulator.report().stored).toEqual({ documents: 1, lots: 1, versions: 2 });
  });
});
