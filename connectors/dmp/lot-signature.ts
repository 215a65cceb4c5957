import { createHash } from 'node:crypto';
import { xmlText } from '../../src/formats/soap/xml-text.ts';
import { distinguishedName } from './distinguished-name.ts';
import type { Digest, Signer } from './signer.ts';

/** A document of the lot and the digest of its canonical form (base64), or of its bytes where it is no XML. */
export interface SignedDocument { readonly uniqueId: string; readonly digest: string; readonly xml: boolean }
export interface LotToSign {
  /** OID of the signature itself, a document of the lot. */
  readonly uniqueId: string;
  /** OID of the submission set. */
  readonly lot: string;
  /** Epoch ms, frozen with the lot: sent again, it is the same signature. */
  readonly at: number;
  readonly documents: readonly SignedDocument[];
}

const ds = 'http://www.w3.org/2000/09/xmldsig#';
/** The first XAdES, which the DMP has kept (dmp.md §1.4). */
const xades = 'http://uri.etsi.org/01903/v1.1.1#';
const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';
const algorithms: Readonly<Record<Digest, { readonly digest: string; readonly signature: string }>> = {
  sha1: { digest: `${ds}sha1`, signature: `${ds}rsa-sha1` },
  sha256: { digest: 'http://www.w3.org/2001/04/xmlenc#sha256', signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256' },
};
/** ASTM E1762: source. */
const purposeOfSignature = '1.2.840.10065.1.12.1.14';

/** An attribute or text as canonical XML writes it (Canonical XML 1.0 §2.3). OIDs and names need no more than this. */
const text = (value: string): string => xmlText(value).replaceAll('&quot;', '"');

/**
 * What is digested is written here in its canonical form, so that no canonicalization is needed: name spaces first, then
 * attributes in the order of their names, no empty-element tag, and each digested element declaring all it inherits.
 */
function manifest({ lot, documents }: LotToSign, digest: string): string {
  const method = `<ds:DigestMethod Algorithm="${digest}"></ds:DigestMethod>`;
  const transforms = `<ds:Transforms><ds:Transform Algorithm="${c14n}"></ds:Transform></ds:Transforms>`;
  const reference = (uniqueId: string, value: string, before = ''): string => `<ds:Reference URI="urn:oid:${text(uniqueId)}">${before}${method}<ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;
  // The lot itself has no bytes: a zero byte stands for its digest.
  return `<ds:Manifest xmlns:ds="${ds}" Id="IHEManifest">${reference(lot, 'AA==')}${documents.map(({ uniqueId, digest: value, xml }) => reference(uniqueId, value, xml ? transforms : '')).join('')}</ds:Manifest>`;
}

function signedProperties({ at }: LotToSign, { certificate }: Signer, digest: Digest): string {
  const value = createHash(digest).update(certificate.raw).digest('base64');
  return `<xad:SignedProperties xmlns:ds="${ds}" xmlns:xad="${xades}" Id="S0-SignedProperties"><xad:SignedSignatureProperties>`
    + `<xad:SigningTime>${new Date(at).toISOString()}</xad:SigningTime><xad:SigningCertificate><xad:Cert><xad:CertDigest>`
    + `<xad:DigestMethod Algorithm="${algorithms[digest].digest}"></xad:DigestMethod><xad:DigestValue>${value}</xad:DigestValue></xad:CertDigest>`
    + `<xad:IssuerSerial><ds:X509IssuerName>${text(distinguishedName(certificate.issuer, 'country-last'))}</ds:X509IssuerName><ds:X509SerialNumber>${BigInt(`0x${certificate.serialNumber}`).toString()}</ds:X509SerialNumber></xad:IssuerSerial>`
    + '</xad:Cert></xad:SigningCertificate><xad:SignaturePolicyIdentifier><xad:SignaturePolicyImplied></xad:SignaturePolicyImplied></xad:SignaturePolicyIdentifier>'
    + '</xad:SignedSignatureProperties><xad:SignedDataObjectProperties></xad:SignedDataObjectProperties></xad:SignedProperties>';
}

/**
 * The signature of a submission set: detached XML-DSig with a manifest of its documents and XAdES 1.1.1 properties (IHE DSG;
 * dmp.md §1.4). The same lot, certificate and algorithm give the same bytes.
 */
export async function signLot(lot: LotToSign, signer: Signer, digest: Digest): Promise<Uint8Array> {
  const used = algorithms[digest];
  const list = manifest(lot, used.digest);
  const properties = signedProperties(lot, signer, digest);
  const reference = (type: string, uri: string, digested: string): string => `<ds:Reference Type="${type}" URI="${uri}"><ds:Transforms><ds:Transform Algorithm="${c14n}"></ds:Transform></ds:Transforms>`
    + `<ds:DigestMethod Algorithm="${used.digest}"></ds:DigestMethod><ds:DigestValue>${createHash(digest).update(digested).digest('base64')}</ds:DigestValue></ds:Reference>`;
  const info = `<ds:SignedInfo xmlns:ds="${ds}"><ds:CanonicalizationMethod Algorithm="${c14n}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${used.signature}"></ds:SignatureMethod>`
    + `${reference(`${ds}Manifest`, '#IHEManifest', list)}${reference(`${xades}SignedProperties`, '#S0-SignedProperties', properties)}</ds:SignedInfo>`;
  const value = Buffer.from(await signer.sign(digest, Buffer.from(info))).toString('base64');
  const id = text(lot.uniqueId);
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><ds:Signature xmlns:ds="${ds}" Id="${id}">${info}<ds:SignatureValue>${value}</ds:SignatureValue>`
    + `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${signer.certificate.raw.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
    + `<ds:Object><ds:SignatureProperties><ds:SignatureProperty Id="purposeOfSignature" Target="#${id}">${purposeOfSignature}</ds:SignatureProperty></ds:SignatureProperties></ds:Object>`
    + `<ds:Object>${list}</ds:Object><ds:Object><xad:QualifyingProperties xmlns:xad="${xades}" Target="#${id}">${properties}</xad:QualifyingProperties></ds:Object></ds:Signature>`);
}
