import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPki } from '../../src/sandbox/pki.ts';
import { now, workOf, cdaOf } from '../../test/samples/dmp.ts';
import { open } from './connector.ts';
import { dmp } from './definition.ts';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-dmp-relates-'));
const pki = testPki('AC fictive', now);
const file = (name: string, content: string | Buffer): { readonly file: string } => { writeFileSync(join(folder, name), content); return { file: join(folder, name) }; };
const identity = (name: string) => ({ pfx: file(name, pki.pkcs12(pki.issue('client', name, { structure: '1990000001' }), 'x')), passphrase: file('passphrase', 'x') });

let server: Server;
/** What the next answer says that it answers. */
let relatesTo = (messageId: string): string => messageId;
beforeAll(async () => {
  server = createServer({ ...pki.issue('server', 'localhost') }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const [, messageId = ''] = /<wsa:MessageID[^>]*>([^<]*)</.exec(Buffer.concat(chunks).toString()) ?? [];
      response.setHeader('content-type', 'application/soap+xml').end(`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header><wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">${relatesTo(messageId)}</wsa:RelatesTo></s:Header><s:Body>`
        + '<q:AdhocQueryResponse xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"/></s:Body></s:Envelope>');
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterAll(async () => {
  await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  rmSync(folder, { recursive: true });
});

test('an answer to another request is none: not that the document is absent', async () => {
  const config = dmp.config({
    baseUrl: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`, authentication: { ...identity('AUTH'), ca: file('ca.pem', pki.ca) }, signature: identity('SIGN'), homologation: file('h', 'H'),
    sourceId: '1.2.250.1.999.1.1', structure: { id: '1990000001', name: 'LABORATOIRE FICTIF' }, vihf: { sector: 'SA25', responsible: '1990000001/x' },
  }, 'dmp');
  const connector = open(config, { clock: () => now, ids: randomUUID, destination: 'dmp' });
  const lookedUp = async () => {
    const answers = { lot: { uniqueId: '2.25.1', signatureId: '2.25.2', at: now }, targets: {} };
    const { envelope } = dmp.prepare(workOf('submit', cdaOf(1)), config, answers);
    const body = Buffer.concat([...(envelope.steps[0]?.body ?? [])].map((part) => (part instanceof Uint8Array ? part : cdaOf(1))));
    return connector.lookup({ key: 'trace/1', attempt: 2, possibleDuplicate: true, envelope, answers, body: () => Promise.resolve(body) }, AbortSignal.timeout(10_000));
  };
  try {
    expect(await lookedUp()).toBe('absent');
    relatesTo = () => `urn:uuid:${randomUUID()}`;
    expect(await lookedUp()).toBe('unknown');
  } finally { await connector.close(); }
});
