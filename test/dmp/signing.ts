import { createHash, createSign, X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { XmlDocument } from 'libxml2-wasm';
import type { TestIdentity } from '../../src/sandbox/pki.ts';

const der = (identity: TestIdentity): Buffer => new X509Certificate(identity.cert).raw;
const base64 = (identity: TestIdentity): string => der(identity).toString('base64');

/** Signs an assertion the way of the official example: enveloped, exclusive, RSA-SHA256, right after Issuer. */
export function signAssertion(assertion: string, signer: TestIdentity, algorithms: { readonly signature?: string; readonly digest?: string; readonly prefixes?: string[] } = {}): string {
  const signed = new SignedXml({
    privateKey: signer.key, publicCert: signer.cert, signatureAlgorithm: algorithms.signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    getKeyInfoContent: () => `<ds:X509Data><ds:X509Certificate>${base64(signer)}</ds:X509Certificate></ds:X509Data>`,
  });
  signed.addReference({
    xpath: "//*[local-name(.)='Assertion']", digestAlgorithm: algorithms.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'], inclusiveNamespacesPrefixList: algorithms.prefixes ?? ['ds', 'saml', '#default', 'xsi'],
  });
  signed.computeSignature(assertion, { prefix: 'ds', location: { reference: "//*[local-name(.)='Issuer']", action: 'after' } });
  return signed.getSignedXml();
}

const withComments = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';
const ds = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
const kinds = {
  sha1: { digest: 'http://www.w3.org/2000/09/xmldsig#sha1', signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' },
  sha256: { digest: 'http://www.w3.org/2001/04/xmlenc#sha256', signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256' },
} as const;
const digest = (kind: 'sha1' | 'sha256', content: string | Buffer): string => createHash(kind).update(content).digest('base64');

/** Canonical form with comments of a whole document. */
function canonical(bytes: Buffer): string {
  const document = XmlDocument.fromBuffer(bytes);
  try { return document.canonicalizeToString({ withComments: true }); } finally { document.dispose(); }
}

export interface LotSignatureSpec {
  readonly id: string; readonly lot: string; readonly documents: readonly { readonly uniqueId: string; readonly bytes: Buffer }[]; readonly signer: TestIdentity; readonly time: string; readonly kind: 'sha1' | 'sha256';
  /** Changes the manifest, the properties or the purpose before they are digested and signed. */
  readonly spoil?: (part: string) => string;
  readonly spoilInfo?: (info: string) => string;
}
/** XAdES 1.1.1, detached, with its manifest. Signed parts are written in canonical form, so that they are what is digested. */
export function lotSignature({ id, lot, documents, signer, time, kind, spoil = (part) => part, spoilInfo = (part) => part }: LotSignatureSpec): string {
  const certificate = new X509Certificate(signer.cert);
  const { digest: by, signature } = kinds[kind];
  const method = `<ds:DigestMethod Algorithm="${by}"></ds:DigestMethod>`;
  const transforms = `<ds:Transforms><ds:Transform Algorithm="${withComments}"></ds:Transform></ds:Transforms>`;
  const manifest = spoil(`<ds:Manifest ${ds} Id="IHEManifest"><ds:Reference URI="urn:oid:${lot}">${method}<ds:DigestValue>AA==</ds:DigestValue></ds:Reference>${documents.map((one) => `<ds:Reference URI="urn:oid:${one.uniqueId}">${transforms}${method}<ds:DigestValue>${digest(kind, canonical(one.bytes))}</ds:DigestValue></ds:Reference>`).join('')}</ds:Manifest>`);
  const issuer = certificate.issuer.split('\n').reverse().join(',');
  const properties = spoil(`<xad:SignedProperties xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xad="http://uri.etsi.org/01903/v1.1.1#" Id="S0-SignedProperties"><xad:SignedSignatureProperties><xad:SigningTime>${time}</xad:SigningTime><xad:SigningCertificate><xad:Cert><xad:CertDigest><xad:DigestMethod Algorithm="${by}"></xad:DigestMethod><xad:DigestValue>${digest(kind, certificate.raw)}</xad:DigestValue></xad:CertDigest><xad:IssuerSerial><ds:X509IssuerName>${issuer}</ds:X509IssuerName><ds:X509SerialNumber>${BigInt(`0x${certificate.serialNumber}`).toString()}</ds:X509SerialNumber></xad:IssuerSerial></xad:Cert></xad:SigningCertificate><xad:SignaturePolicyIdentifier><xad:SignaturePolicyImplied></xad:SignaturePolicyImplied></xad:SignaturePolicyIdentifier></xad:SignedSignatureProperties></xad:SignedProperties>`);
  const reference = (type: string, uri: string, content: string): string => `<ds:Reference Type="${type}" URI="#${uri}">${transforms}${method}<ds:DigestValue>${digest(kind, content)}</ds:DigestValue></ds:Reference>`;
  const info = spoilInfo(`<ds:SignedInfo ${ds}><ds:CanonicalizationMethod Algorithm="${withComments}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${signature}"></ds:SignatureMethod>${reference('http://www.w3.org/2000/09/xmldsig#Manifest', 'IHEManifest', manifest)}${reference('http://uri.etsi.org/01903/v1.1.1#SignedProperties', 'S0-SignedProperties', properties)}</ds:SignedInfo>`);
  const value = createSign(kind).update(info).sign(signer.key, 'base64');
  const purpose = spoil(`<ds:SignatureProperty Id="purposeOfSignature" Target="#${id}">1.2.840.10065.1.12.1.14</ds:SignatureProperty>`);
  return `<?xml version="1.0" encoding="UTF-8"?><ds:Signature ${ds} Id="${id}">${info}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64(signer)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><ds:SignatureProperties>${purpose}</ds:SignatureProperties></ds:Object><ds:Object>${manifest}</ds:Object><ds:Object><xad:QualifyingProperties xmlns:xad="http://uri.etsi.org/01903/v1.1.1#" Target="#${id}">${properties}</xad:QualifyingProperties></ds:Object></ds:Signature>`;
}
