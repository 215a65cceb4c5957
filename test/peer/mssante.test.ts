import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import type { Connector } from '../../src/deliver/connector.ts';
import { xsd } from '../conformance/xsd.ts';
import { configOf, connectorOf, mailsOf, sendAll, type Planned } from '../samples/mails.ts';
import { shared } from '../when-shared.ts';
import { startDovecot, whenDovecot, type Dovecot } from './dovecot.ts';
import { mailWith, open } from './opened.ts';
import { startPostfix, whenPostfix, type Postfix } from './postfix.ts';

// The gateway's mails through real mail servers: what the reader opens is, byte for byte, what the sender's documents were.

const cases = ['mdm-initial', 'oru-n1-n3', 'oru-initial', 'mdm-remplacement'];
const bytesOf = (name: string): Buffer => readFileSync(new URL(`../../fixtures/hl7v2/volet/${name}/in.hl7`, import.meta.url));
/** The CDAs of a message, found in its bytes without our reader. */
const documentsOf = (message: Buffer): Buffer[] => [...message.toString('latin1').matchAll(/\^Base64\^([A-Za-z0-9+/=]+)/g)].map(([, base64 = '']) => Buffer.from(base64, 'base64')).filter((one) => one.includes('ClinicalDocument'));
const pdfsOf = (cda: Buffer): Buffer[] => [...cda.toString('latin1').matchAll(/mediaType="application\/pdf"[^>]*>([A-Za-z0-9+/=\s]+)</g)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
const schema = shared('examples/dmp/xsd/toolkit-v3/lcm.xsd');
const files = mkdtempSync(join(tmpdir(), 'passerelle-peer-'));
afterAll(() => { rmSync(files, { recursive: true }); });

function tlsOf({ pki, client }: Dovecot): Record<string, unknown> {
  const file = (name: string, content: string | Buffer): { file: string } => { writeFileSync(join(files, name), content, { mode: 0o600 }); return { file: join(files, name) }; };
  return { pfx: file('client.p12', pki.pkcs12(client, 'secret')), passphrase: file('passphrase', 'secret'), ca: file('ca.pem', pki.ca) };
}
const every = cases.flatMap((name) => mailsOf(bytesOf(name), name, configOf(1, {})).map((mail) => ({ name, ...mail })));
const mailboxes = [...new Set(every.map(({ recipient }) => recipient)), 'resultats@labo-b.mssante.test'];
const messageId = ({ sending }: Planned): string => (JSON.parse(Buffer.from(sending.envelope.steps[0]?.body[0] as Uint8Array).toString()) as { messageId: string }).messageId;

/** What the reader has: every document and its PDF as they were sent, and metadata that the schema of XDS accepts. */
async function check(dovecot: Dovecot, name: string, mail: Planned): Promise<void> {
  const { archive, attachments } = await open(await mailWith(dovecot, mail.recipient, messageId(mail)));
  const documents = documentsOf(bytesOf(name));
  const contents = [...archive].filter(([path]) => /\/DOC.*\.XML$/.test(path)).map(([, bytes]) => bytes.toString('base64'));
  // As one truth: a difference would print whole documents.
  expect(contents.sort().join('\n') === documents.map((one) => one.toString('base64')).sort().join('\n')).toBe(true);
  const pdfs = [...attachments].filter(([file]) => file.endsWith('.pdf')).map(([, bytes]) => bytes.toString('base64'));
  expect(pdfs.length).toBeGreaterThan(0);
  expect([...new Set(pdfs)].sort()).toEqual([...new Set(documents.flatMap(pdfsOf).map((one) => one.toString('base64')))].sort());
  const metadata = archive.get('IHE_XDM/SUBSET01/METADATA.XML') ?? Buffer.alloc(0);
  expect(metadata.length).toBeGreaterThan(0);
  if (schema !== null) expect(xsd(schema)(metadata)).toEqual([]);
}

whenPostfix('through a real operator (Postfix) to a real mailbox (Dovecot), client certificates on both', () => {
  let dovecot: Dovecot, postfix: Postfix | undefined;
  const connectors: Connector[] = [];
  beforeAll(async () => {
    dovecot = await startDovecot(mailboxes);
    postfix = await startPostfix({ pki: dovecot.pki, server: dovecot.pki.issue('server', 'smtp.hopital-a.test'), lmtp: dovecot.lmtp, mailboxes });
  });
  afterAll(async () => { await Promise.all(connectors.map((one) => one.close())); await postfix?.close(); await dovecot.close(); });

  test.each(cases)('%s', async (name) => {
    const config = configOf(postfix?.starttls ?? 0, tlsOf(dovecot));
    const connector = connectorOf(config);
    connectors.push(connector);
    const mails = mailsOf(bytesOf(name), name, config);
    expect(await sendAll(connector, mails)).toEqual(mails.map(() => 'submitted'));
    for (const mail of mails) await check(dovecot, name, mail);
  });
  test('the operator saw our certificate, verified', () => { expect(postfix?.log()).toMatch(/Trusted TLS connection established/); });
});

whenDovecot('through the simulated operator to a real mailbox (no root needed)', () => {
  test('every mail', async () => {
    const dovecot = await startDovecot(mailboxes);
    const server = dovecot.pki.issue('server', 'smtp.operateur-test.mssante.test');
    const simulator = await startMssSimulator({ tls: { cert: server.cert, key: server.key, ca: dovecot.pki.ca } });
    const config = configOf(simulator.ports.starttls, tlsOf(dovecot));
    const connector = connectorOf(config);
    try {
      for (const name of cases) {
        const mails = mailsOf(bytesOf(name), name, config);
        await sendAll(connector, mails);
        for (const mail of mails) {
          const taken = simulator.received.findLast((one) => one.messageId === messageId(mail));
          await dovecot.deliver(taken?.raw ?? Buffer.alloc(0), mail.recipient, taken?.from ?? '');
          await check(dovecot, name, mail);
        }
      }
      expect(simulator.received).toHaveLength(every.length);
    } finally { await connector.close(); await simulator.close(); await dovecot.close(); }
  }, 60_000);
});
