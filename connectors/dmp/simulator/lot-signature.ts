import { createHash, type X509Certificate } from 'node:crypto';
import { canonicalDocument, digestName } from './dsig.ts';
import { ds, xades } from './namespaces.ts';
import type { Received } from './received.ts';
import { all, attr, deep, NotXml, one, readXml, type El } from './xml.ts';

/** The parts of the lot's signature that are beyond XML-DSig: purpose, manifest, XAdES 1.1.1 properties. */
export interface LotSignature {
  readonly element: El;
  readonly purpose: string;
  readonly manifest: readonly { readonly uri: string; readonly method: string; readonly value: string; readonly transforms: readonly string[] }[];
  readonly properties: El | null;
  readonly signingTime: string;
  readonly certDigest: { readonly method: string; readonly value: string };
  readonly issuer: string;
  readonly serial: string;
  readonly policyImplied: boolean;
}

const find = (from: El, name: string, ns: string): El | null => [...deep(from)].find((found) => found.name === name && found.ns === ns) ?? null;

export function readLotSignature(received: Received): LotSignature | null {
  if (received.signature === null) return null;
  let element: El;
  try { element = readXml(received.signature.bytes); } catch (error) { if (error instanceof NotXml) return null; throw error; }
  const manifest = find(element, 'Manifest', ds);
  const property = find(element, 'SignatureProperty', ds);
  const properties = find(element, 'SignedProperties', xades);
  const cert = properties === null ? null : find(properties, 'Cert', xades);
  const digest = one(cert, 'CertDigest', xades);
  const issuerSerial = one(cert, 'IssuerSerial', xades);
  return {
    element, properties, purpose: attr(property, 'Id') === 'purposeOfSignature' ? property?.text.trim() ?? '' : '',
    manifest: all(manifest, 'Reference', ds).map((reference) => ({
      uri: attr(reference, 'URI'), method: attr(one(reference, 'DigestMethod', ds), 'Algorithm'), value: one(reference, 'DigestValue', ds)?.text.replace(/\s+/g, '') ?? '',
      transforms: all(one(reference, 'Transforms', ds), 'Transform', ds).map((transform) => attr(transform, 'Algorithm')),
    })),
    signingTime: properties === null ? '' : find(properties, 'SigningTime', xades)?.text.trim() ?? '',
    certDigest: { method: attr(one(digest, 'DigestMethod', xades) ?? one(digest, 'DigestMethod', ds), 'Algorithm'), value: (one(digest, 'DigestValue', xades) ?? one(digest, 'DigestValue', ds))?.text.replace(/\s+/g, '') ?? '' },
    issuer: one(issuerSerial, 'X509IssuerName', ds)?.text.trim() ?? '', serial: one(issuerSerial, 'X509SerialNumber', ds)?.text.trim() ?? '',
    policyImplied: properties !== null && find(properties, 'SignaturePolicyImplied', xades) !== null,
  };
}

/** The digest of a document as the manifest wants it: of its canonical form with comments when it is XML, of its bytes otherwise. */
export function documentDigest(bytes: Buffer, method: string, transformed: boolean): string | null {
  const hash = digestName(method);
  const content = transformed ? canonicalDocument(bytes) : bytes;
  return hash === null || content === null ? null : createHash(hash).update(content).digest('base64');
}
export const certificateDigest = (certificate: X509Certificate, method: string): string | null => {
  const hash = digestName(method);
  return hash === null ? null : createHash(hash).update(certificate.raw).digest('base64');
};
