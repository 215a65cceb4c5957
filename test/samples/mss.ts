import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mssanteConfig, type MssanteConfig } from '../../connectors/mssante/config.ts';
import type { MailContent } from '../../connectors/mssante/content.ts';
import { prepareMail } from '../../connectors/mssante/envelope.ts';
import type { Sending, Work } from '../../src/deliver/connector.ts';
import { readCdaHeader } from '../../src/formats/cda/read.ts';
import { usualDocuments } from '../../src/route/document-rules.ts';
import { mailedDocuments, mailedPatient } from '../../src/route/mail-documents.ts';
import { testPki, type TestPki } from '../../src/sandbox/pki.ts';
import { sendingOf } from '../contract/sending.ts';
import { secrets } from '../canary.ts';

const model = readFileSync(new URL('../../fixtures/cda/cr-imagerie/n1-pdf/in.xml', import.meta.url), 'utf8');
const id = '1.2.250.1.999.1.1.7.31.1';
export const receivedAt = Date.UTC(2026, 10, 20, 10, 20);

/** The n-th CDA, of the fictive patient of the fixtures, with what `change` makes of its text. */
export const cdaOf = (n: number, change: (xml: string) => string = (xml) => xml): Uint8Array => Buffer.from(change(model.replace(`<id root="${id}"/>`, `<id root="${id}.${String(n)}"/>`)));

/** What routing makes of CDAs for one mail to a professional. */
export function contentOf(documents: readonly Uint8Array[], changed: Partial<MailContent> = {}): MailContent {
  const read = documents.map((bytes, i) => {
    const header = readCdaHeader(bytes, { timeZone: 'Europe/Paris' });
    if (!header.ok) throw new Error('the CDA of this test cannot be read');
    return { name: `document-${String(i + 1)}`, place: 'OBX[1]-5', bytes, size: bytes.length, sha1: createHash('sha1').update(bytes).digest('hex'), header: header.header, findings: [] };
  });
  const flags = { maskedToProfessionals: false, invisibleToPatient: false, invisibleToRepresentatives: false, secretConnection: false, modifiesConfidentiality: false, toDmp: false, toProfessionals: true, toPatient: false, ackReception: true, ackReading: true };
  const [first] = read;
  return {
    audience: 'professional', action: 'submit', to: 'helene.rousseau@medecins.mssante.test', receivedAt, replyTo: '', patientCannotReply: false, reading: false, body: null,
    patient: first === undefined ? { family: '', given: '', birthDate: '' } : mailedPatient(first.header), documents: mailedDocuments(read, flags, usualDocuments).documents, earlier: [], patientClass: 'O',
    sender: { person: { id: '899700218904', family: 'DUVAL', given: 'Claire', authority: '1.2.250.1.71.4.2.1', type: 'IDNPS' }, organization: { name: 'CH fictif de Saint-Aubin', id: '1990000019', type: 'IDNST', authority: '1.2.250.1.71.4.2.2' }, device: '' }, ...changed,
  };
}

export function workOf(content: MailContent, n = 1, qualified = true): Work {
  const gate: Work['gate'] = { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: qualified, dmpConsentOf: null, test: true, after: [] };
  return { trace: `trace-${String(n)}`, destination: 'mssante', action: content.action, gate, bundle: null, content: { ...content }, documents: new Map() };
}

export function sendingTo(config: MssanteConfig, documents: readonly Uint8Array[], n: number, changed: Partial<MailContent> = {}): Sending {
  const { envelope } = prepareMail(workOf(contentOf(documents, changed), n), config, null);
  return sendingOf(envelope, `trace-${String(n)}/1`, new Map(documents.map((bytes, i) => [`document-${String(i + 1)}`, bytes])));
}

/** A client's PKCS#12 and its authority, in files that go away at the end. */
export interface TestCertificates { readonly pki: TestPki; readonly server: { readonly cert: string; readonly key: string; readonly ca: string }; readonly tls: Record<string, unknown>; readonly folder: string; remove(): void }
export function certificates(): TestCertificates {
  const pki = testPki('AC IGC-SANTE ELEMENTAIRE ORGANISATIONS TEST', Date.now());
  const server = pki.issue('server', 'smtp.operateur-test.mssante.test');
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-mss-'));
  const file = (name: string, content: string | Buffer): { file: string } => { writeFileSync(join(folder, name), content); return { file: join(folder, name) }; };
  const tls = { pfx: file('client.p12', pki.pkcs12(pki.issue('client', 'passerelle'), secrets.passphrase)), passphrase: file('passphrase', `${secrets.passphrase}\n`), ca: file('ca.pem', pki.ca) };
  return { pki, server: { ...server, ca: pki.ca }, tls, folder, remove: () => { rmSync(folder, { recursive: true }); } };
}

export const settings = (more: Record<string, unknown> = {}): MssanteConfig => mssanteConfig({
  host: '127.0.0.1', from: { name: 'CH fictif de Saint-Aubin – Imagerie', address: 'imagerie@saint-aubin.mssante.test' }, nil: 'NIL-TEST-1', ...more,
}, 'mssante', { production: false, secret: Buffer.from('a secret of this test') });
