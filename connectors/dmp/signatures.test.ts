import { afterAll, describe, expect, test } from '@jest/globals';
import { createHash, X509Certificate, createPrivateKey } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { soapEnvelope } from '../../src/formats/soap/write.ts';
import { testPki } from '../../src/sandbox/pki.ts';
import { canonicalDigest } from './canonical-digest.ts';
import { dmpConfig } from './config.ts';
import { openDigests } from './digests.ts';
import { distinguishedName } from './distinguished-name.ts';
import { signLot } from './lot-signature.ts';
import { signVihf } from './sign-vihf.ts';
import { keySigner } from './signer.ts';
import { vihf, type VihfFacts } from './vihf.ts';

const pki = testPki('AC de test', Date.parse('2026-11-20T00:00:00Z'));
const { cert, key } = pki.issue('client', 'DMP SIGN');
const signer = keySigner(new X509Certificate(cert), createPrivateKey(key));
const folder = mkdtempSync(join(tmpdir(), 'passerelle-dmp-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
const secret = { env: 'UNSET' };
export const settings = {
  baseUrl: 'https://dmp.test/services', authentication: { pfx: secret, ca: secret }, signature: { cert: secret, key: secret }, homologation: secret, sourceId: '1.2.250.1.999.1.1',
  structure: { id: '1990000001', name: 'Laboratoire fictif' }, vihf: { sector: 'SA25', responsible: '1990000001/passerelle' },
};
const config = dmpConfig(settings, 'dmp');
const facts: VihfFacts = {
  id: '_4f0c', at: Date.parse('2026-11-22T10:00:00Z'), authenticatedAt: Date.parse('2026-11-22T09:00:00Z'), issuer: distinguishedName(signer.certificate.subject, 'country-first'),
  patientId: '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH', structure: '1990000001', nameId: '899700218896', subjectId: 'BERTHELOT Anne & fils', secretConnection: false, homologation: 'FICTIF-000',
};

const xmlsec1 = spawnSync('xmlsec1', ['--version']).status === 0;
const whenXmlsec1 = xmlsec1 ? test : test.skip;
if (!xmlsec1) console.warn('xmlsec1 is not installed: signatures are not verified by it');
function verified(xml: string | Uint8Array, ...args: string[]): string {
  const [file, ca] = [join(folder, 'signed.xml'), join(folder, 'ca.pem')];
  writeFileSync(file, xml);
  writeFileSync(ca, pki.ca);
  const { stderr, stdout, status } = spawnSync('xmlsec1', ['--verify', '--trusted-pem', ca, '--enabled-key-data', 'x509,rsa', '--verification-time', '2026-11-22 00:00:00', ...args, file], { encoding: 'utf8' });
  return `${String(status)} ${stdout}${stderr}`;
}

describe('the VIHF', () => {
  test('has the order, names and values of the official example', () => {
    const xml = vihf(facts, config);
    expect(xml.match(/<(Issuer|Subject|AuthnStatement|AttributeStatement)[ >]/g)?.map((tag) => tag.slice(1, -1))).toEqual(['Issuer', 'Subject', 'AuthnStatement', 'AttributeStatement']);
    expect(xml).not.toMatch(/AudienceRestriction|AuthnContextDecl|confidentiality-code/);
    expect(xml).toContain('<Attribute Name="Secteur_Activite"><AttributeValue>SA25^1.2.250.1.71.4.2.4</AttributeValue></Attribute>');
    expect(xml).toContain('<AttributeValue>BERTHELOT Anne &amp; fils</AttributeValue>');
    expect(xml).toContain('code="AUTOMATE" codeSystem="1.2.250.1.213.1.1.4.6"');
    const air = vihf({ ...facts, secretConnection: true }, dmpConfig({ ...settings, vihf: { ...settings.vihf, mode: 'INDIRECTE_RENFORCEE', version: '4.0' } }, 'dmp'));
    expect(air).toContain('<AuthnContextDecl>APP_BROWSER_AUTH</AuthnContextDecl>');
    expect(air).toContain('<AttributeValue>4.0</AttributeValue>');
    expect(air).toContain('resource:patient:hl7:confidentiality-code');
  });

  test('is signed after its issuer, by one reference to itself with the prefixes asked for', async () => {
    const signed = await signVihf(vihf(facts, config), signer);
    expect(signed).toMatch(/<\/Issuer><ds:Signature xmlns:ds="http:\/\/www.w3.org\/2000\/09\/xmldsig#"><ds:SignedInfo>.*<\/ds:Signature><Subject>/s);
    expect(signed.match(/<ds:Reference /g)).toHaveLength(1);
    expect(signed).toContain('<ds:Reference URI="#_4f0c">');
    expect(signed).toMatch(/InclusiveNamespaces [^>]*PrefixList="ds saml #default xsi"/);
    expect(signed).toContain(`<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${signer.certificate.raw.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`);
  });

  whenXmlsec1('is verified by xmlsec1 inside its SOAP envelope, and not once changed', async () => {
    const signed = soapEnvelope({ action: 'urn:a', messageId: 'urn:uuid:1', to: 'https://dmp.test', security: await signVihf(vihf(facts, config), signer), body: '<a/>' });
    const args = ['--id-attr:ID', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion'];
    expect(verified(signed, ...args)).toMatch(/^0 .*(OK|succeeded)/s);
    expect(verified(signed.replace('279035121518989', '185076322000111'), ...args)).not.toMatch(/^0 /);
  });
});

const document = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="#"?>\n<!-- entête --><ClinicalDocument xmlns="urn:hl7-org:v3"  b="2" a="1"><id/></ClinicalDocument>\n<!-- fin -->');
const lot = { uniqueId: '2.25.11', lot: '2.25.10', at: Date.parse('2026-11-22T10:00:00Z') };

describe('the signature of a lot', () => {
  test.each(['sha1', 'sha256'] as const)('%s: the same lot gives the same bytes, and its digests are those of its parts', async (digest) => {
    const documents = [{ uniqueId: '1.2.3', digest: canonicalDigest(document, digest), xml: true }, { uniqueId: '1.2.4', digest: 'AAAA', xml: false }];
    const bytes = await signLot({ ...lot, documents }, signer, digest);
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(await signLot({ ...lot, documents }, signer, digest)))).toBe(0);
    const read = XmlDocument.fromBuffer(bytes);
    const names = { ds: 'http://www.w3.org/2000/09/xmldsig#', xad: 'http://uri.etsi.org/01903/v1.1.1#' };
    try {
      // What libxml2 makes of each part in its place is what was digested.
      for (const [path, uri] of [['//ds:Manifest', '#IHEManifest'], ['//xad:SignedProperties', '#S0-SignedProperties']] as const) {
        const part = read.get(path, names);
        const text = part instanceof XmlElement ? part.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0, withComments: true }) : '';
        expect(read.get(`//ds:SignedInfo/ds:Reference[@URI='${uri}']/ds:DigestValue`, names)?.content).toBe(createHash(digest).update(text).digest('base64'));
      }
      expect(read.find('//ds:Manifest/ds:Reference', names).map((one) => one instanceof XmlElement && one.attr('URI')?.value)).toEqual(['urn:oid:2.25.10', 'urn:oid:1.2.3', 'urn:oid:1.2.4']);
      expect(read.get("//ds:Manifest/ds:Reference[1]/ds:DigestValue", names)?.content).toBe('AA==');
      expect(read.find('//ds:Manifest//ds:Transform', names)).toHaveLength(1);
    } finally { read.dispose(); }
  });

  whenXmlsec1.each(['sha1', 'sha256'] as const)('%s: is verified by xmlsec1, and not once changed', async (digest) => {
    const documents = [{ uniqueId: '1.2.3', digest: canonicalDigest(document, digest), xml: true }];
    const bytes = await signLot({ ...lot, documents }, signer, digest);
    const args = ['--ignore-manifests', '--id-attr:Id', 'http://www.w3.org/2000/09/xmldsig#:Manifest', '--id-attr:Id', 'http://uri.etsi.org/01903/v1.1.1#:SignedProperties'];
    expect(verified(bytes, ...args)).toMatch(/^0 .*References \(ok\/all\): 2\/2/s);
    for (const [was, is] of [['urn:oid:1.2.3', 'urn:oid:1.2.5'], ['2026-11-22T10', '2026-11-22T11']] as const) expect(verified(Buffer.from(bytes).toString().replace(was, is), ...args)).not.toMatch(/^0 /);
  });
});

describe('the digest of a document', () => {
  test('is over its canonical form, with what stands outside its root', () => {
    const canonical = '<?xml-stylesheet type="text/xsl" href="#"?>\n<!-- entête -->\n<ClinicalDocument xmlns="urn:hl7-org:v3" a="1" b="2"><id></id></ClinicalDocument>\n<!-- fin -->';
    expect(canonicalDigest(document, 'sha1')).toBe(createHash('sha1').update(canonical).digest('base64'));
  });

  test('is made beside the main thread; what is no XML has none', async () => {
    const digests = openDigests();
    try {
      expect(await Promise.all([digests.of(document, 'sha256'), digests.of(Buffer.from('%PDF'), 'sha256')])).toEqual([canonicalDigest(document, 'sha256'), null]);
    } finally { await digests.close(); }
  });
});
