import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { testPki, type TestIdentity, type TestPki } from '../../src/sandbox/pki.ts';
import { association, documentEntry, esc, fictive, hasMember, replacement, signatureEntry, submissionSet, submit, type Identity } from './metadata.ts';
import { lotSignature, signAssertion } from './signing.ts';

/** The instant at which test submissions are made. */
export const now = Date.parse('2026-03-02T08:00:00Z');
export const cda = (): Buffer => readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'dmp', 'compte-rendu.xml'));
export interface Certificates { readonly pki: TestPki; readonly server: TestIdentity; readonly authentication: TestIdentity; readonly signature: TestIdentity }
export function certificates(at = now): Certificates {
  const pki = testPki('AC fictive', at);
  return { pki, server: pki.issue('server', 'localhost'), authentication: pki.issue('client', 'DMP AUTH TEST', { structure: fictive.structure }), signature: pki.issue('client', 'DMP SIGN TEST', { structure: fictive.structure }) };
}

/** How a request is spoilt: each function changes one thing at one stage of its making; what comes after is made from it. */
export interface Spoil {
  readonly document?: (xml: string) => string;
  /** The ebRIM, before anything is built on it. */
  readonly metadata?: (xml: string) => string;
  /** The manifest, properties and purpose before they are signed; SignedInfo before it is signed; the whole once signed. */
  readonly signedParts?: (xml: string) => string;
  readonly signedInfo?: (xml: string) => string;
  readonly lotSignature?: (xml: string) => string;
  /** The assertion before and after it is signed. */
  readonly assertion?: (xml: string) => string;
  readonly signedAssertion?: (xml: string) => string;
  readonly body?: (xml: string) => string;
  readonly envelope?: (xml: string) => string;
  readonly parts?: (parts: Part[]) => Part[];
  readonly multipart?: (bytes: Buffer) => Buffer;
  readonly headers?: (headers: Record<string, string>) => Record<string, string>;
  readonly algorithms?: Parameters<typeof signAssertion>[2];
  readonly signer?: TestIdentity;
}
export interface Part { readonly headers: readonly string[]; readonly bytes: Buffer }
export interface Ask {
  readonly path: '/repository' | '/registry' | '/patients' | '/habilitations';
  readonly action: string;
  readonly body: string;
  readonly documents?: readonly { readonly cid: string; readonly bytes: Buffer }[];
}
export interface Made { readonly method?: string; readonly path: string; readonly headers: Record<string, string>; readonly bytes: Buffer }
export interface Options { readonly mode?: string; readonly who?: Identity; readonly at?: number; readonly signer?: TestIdentity; readonly spoil?: Spoil }

const same = <T>(value: T): T => value;
const attribute = (name: string, value: string): string => `<Attribute Name="${name}"><AttributeValue>${value}</AttributeValue></Attribute>`;
const role = (code: string, system: string, text: string): string => `<Role xmlns="urn:hl7-org:v3" xsi:type="CE" code="${code}" codeSystem="${system}" displayName="${text}"/>`;

export function assertion({ mode = 'INDIRECTE', who = fictive, at = now }: Options): string {
  const instant = new Date(at).toISOString();
  const air = mode === 'INDIRECTE_RENFORCEE';
  return `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_${randomUUID()}" IssueInstant="${instant}" Version="2.0"><Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">C=FR, ST=Calvados (14), O=Passerelle tests, OU=${who.structure}, CN=DMP SIGN TEST</Issuer><Subject><NameID>899700218896</NameID></Subject><AuthnStatement AuthnInstant="${instant}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:${air ? 'TLSClient' : 'Password'}</AuthnContextClassRef>${air ? '<AuthnContextDecl>APP_BROWSER_AUTH</AuthnContextDecl>' : ''}</AuthnContext></AuthnStatement><AttributeStatement>`
    + attribute('VIHF_Version', '3.0') + attribute('Authentification_Mode', mode) + attribute('Identifiant_Structure', who.structure) + attribute('Secteur_Activite', 'SA25^1.2.250.1.71.4.2.4')
    + attribute('urn:oasis:names:tc:xacml:2.0:resource:resource-id', esc(who.ins)) + attribute('Ressource_URN', 'urn:dmp') + attribute('urn:oasis:names:tc:xspa:1.0:subject:subject-id', 'MARTIN-TEST Luc Biologie')
    + attribute('LPS_ID', '1.2.250.1.999.1') + attribute('LPS_Nom', 'Logiciel d’essai') + attribute('LPS_Version', '1.0') + attribute('LPS_ID_HOMOLOGATION_DMP', 'SECRET-HOMOLOGATION')
    + attribute('urn:oasis:names:tc:xspa:1.0:subject:purposeofuse', '<PurposeOfUse xmlns="urn:hl7-org:v3" xsi:type="CE" code="normal" codeSystem="1.2.250.1.213.1.1.4.248" codeSystemName="mode acces VIHF 1.0" displayName="Accès normal"/>')
    + `<Attribute Name="urn:oasis:names:tc:xacml:2.0:subject:role"><AttributeValue>${role('10', '1.2.250.1.71.1.2.7', 'Médecin')}</AttributeValue><AttributeValue>${role('SM03', '1.2.250.1.71.4.2.5', 'Médecin - Biologie médicale (SM)')}</AttributeValue></Attribute></AttributeStatement></Assertion>`;
}

/** A request of any transaction, ready for the wire: VIHF, envelope, MIME. */
export function make(ask: Ask, signer: TestIdentity, options: Options = {}): Made {
  const { spoil = {} } = options;
  const signed = (spoil.signedAssertion ?? same)(signAssertion((spoil.assertion ?? same)(assertion(options)), spoil.signer ?? options.signer ?? signer, spoil.algorithms));
  const body = (spoil.body ?? same)(ask.body);
  const wsa = 'xmlns:wsa="http://www.w3.org/2005/08/addressing"';
  const envelope = (spoil.envelope ?? same)(`<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header><wsa:Action ${wsa} soap:mustUnderstand="true">${ask.action}</wsa:Action><wsa:MessageID ${wsa}>urn:uuid:${randomUUID()}</wsa:MessageID><wsa:To ${wsa}>https://127.0.0.1/si-dmp-server/v2/services${ask.path}</wsa:To><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">${signed}</wsse:Security></soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`);
  if (ask.documents === undefined) return { path: ask.path, headers: (spoil.headers ?? same)({ 'content-type': 'application/soap+xml; charset=UTF-8' }), bytes: Buffer.from(envelope) };
  const parts = (spoil.parts ?? same)([
    { headers: ['Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"', 'Content-Transfer-Encoding: binary', 'Content-ID: <racine@test>'], bytes: Buffer.from(envelope) },
    ...ask.documents.map(({ cid, bytes }) => ({ headers: ['Content-Type: text/xml', 'Content-Transfer-Encoding: binary', `Content-ID: <${cid}>`], bytes })),
  ]);
  const bytes = Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--limite_1\r\n${part.headers.join('\r\n')}\r\n\r\n`), part.bytes, Buffer.from('\r\n')]), Buffer.from('--limite_1--\r\n')]);
  const type = `multipart/related; type="application/xop+xml"; start="<racine@test>"; start-info="application/soap+xml"; boundary="limite_1"; action="${ask.action}"`;
  return { path: ask.path, headers: (spoil.headers ?? same)({ 'content-type': type }), bytes: (spoil.multipart ?? same)(bytes) };
}

export interface LotOptions extends Options { readonly uniqueId?: string; readonly lotId?: string; readonly signatureId?: string; readonly replaces?: string; readonly masks?: readonly string[]; readonly kind?: 'sha1' | 'sha256' }
const sha1 = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');
export const digits = (at: number): string => new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
let lots = 0;

/** TD2.1 of the fixture's document. */
export function provide(signer: TestIdentity, options: LotOptions = {}): Made {
  const { spoil = {}, who = fictive, at = now, uniqueId = '1.2.250.1.999.7.1', lotId = `1.2.250.1.999.3.${String(++lots)}`, replaces, masks = [], kind = 'sha1' } = options;
  const related = replaces === undefined ? '' : '<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.7.1"/></parentDocument></relatedDocument>';
  const ins = who.ins.split('^')[0] ?? '';
  const document = Buffer.from((spoil.document ?? same)(cda().toString().replace('1.2.250.1.999.7.1', uniqueId).replace('279035121518989', ins).replace('<componentOf>', `${related}<componentOf>`)));
  const { signatureId = `${lotId}.9` } = options;
  const signature = Buffer.from((spoil.lotSignature ?? same)(lotSignature({
    id: signatureId, lot: lotId, documents: [{ uniqueId, bytes: document }], signer: options.signer ?? signer, time: new Date(at).toISOString(), kind,
    ...(spoil.signedParts === undefined ? {} : { spoil: spoil.signedParts }), ...(spoil.signedInfo === undefined ? {} : { spoilInfo: spoil.signedInfo }),
  })));
  const metadata = (spoil.metadata ?? same)(submit([
    submissionSet(lotId, who, digits(at)), documentEntry({ id: 'Document01', uniqueId, hash: sha1(document), size: document.length, masks }, who), signatureEntry({ id: 'Signature01', uniqueId: signatureId, hash: sha1(signature), size: signature.length }, who, digits(at)),
    association(hasMember, 'Lot01', 'Document01'), association(hasMember, 'Lot01', 'Signature01'), association('urn:ihe:iti:2007:AssociationType:signs', 'Signature01', 'Lot01'),
    ...(replaces === undefined ? [] : [association(replacement, 'Document01', replaces)]),
  ].join('')));
  const include = (id: string): string => `<xdsb:Document id="${id}"><xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${id.toLowerCase()}@test"/></xdsb:Document>`;
  return make({
    path: '/repository', action: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b',
    body: `<xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb="urn:ihe:iti:xds-b:2007">${metadata}${include('Document01')}${include('Signature01')}</xdsb:ProvideAndRegisterDocumentSetRequest>`,
    documents: [{ cid: 'document01@test', bytes: document }, { cid: 'signature01@test', bytes: signature }],
  }, signer, { ...options, spoil });
}

export interface Answered { readonly status: number; readonly type: string; readonly bytes: Buffer; readonly text: string }
/** Sends over mutual TLS; rejects when the connection breaks. */
export function send(base: string, made: Made, { pki, authentication }: Certificates, tls: { readonly cert?: string; readonly key?: string; readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2'; readonly minVersion?: 'TLSv1.1'; readonly ciphers?: string } | null = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(`${base}${made.path}`, {
      method: made.method ?? 'POST', ca: pki.ca, agent: false, headers: { ...made.headers, 'content-length': String(made.bytes.length) },
      ...(tls === null ? {} : { cert: authentication.cert, key: authentication.key, ...tls }),
    }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      incoming.on('error', reject);
      incoming.on('end', () => { const bytes = Buffer.concat(chunks); resolve({ status: incoming.statusCode ?? 0, type: incoming.headers['content-type'] ?? '', bytes, text: bytes.toString('utf8') }); });
    });
    outgoing.on('error', reject);
    outgoing.end(made.bytes);
  });
}
