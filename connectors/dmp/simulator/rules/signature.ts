import { authorities, current, sameName, trusted } from '../certificates.ts';
import { digestName, methodName, type Dsig } from '../dsig.ts';
import { certificateDigest, documentDigest, readLotSignature, type LotSignature } from '../lot-signature.ts';
import { identifier, signatures } from '../lot.ts';
import { scheme, signs, xades } from '../namespaces.ts';
import type { Received } from '../received.ts';
import { family, hold, type Rule } from '../rule.ts';
import { attr } from '../xml.ts';

const rule = family('signature', 'DRIM XadesSign, TLSi XDSb ; dmp.md §1.4', 'XDSRepositoryMetadataError');
const withComments = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';
const provide = (check: Rule['check']): Rule['check'] => (received) => (received.transaction === 'TD2.1' && received.lot !== null ? check(received) : null);
const sealed = (check: (dsig: Dsig, received: Received) => ReturnType<Rule['check']>): Rule['check'] => (received) => { const dsig = received.signature?.dsig ?? null; return dsig === null ? null : check(dsig, received); };
const inside = (check: (signature: LotSignature, received: Received) => ReturnType<Rule['check']>): Rule['check'] => (received) => { const found = readLotSignature(received); return found === null || (received.signature?.dsig ?? null) === null ? null : check(found, received); };
const lotUri = ({ lot }: Received): string => `urn:oid:${identifier(lot?.sets[0], scheme.lotUniqueId)}`;
const documentUri = (entry: Received['submitted'][number]['entry']): string => `urn:oid:${identifier(entry, scheme.uniqueId)}`;
/** SHA-1 and SHA-256 by the simulator's parameter; an unknown one is never allowed. */
const allowed = (name: string | null, { settings }: Received): boolean => name !== null && settings.lotAlgorithms.some((one) => one === name);

export const signatureRules: readonly Rule[] = [
  rule('signature-present', 'Le lot a une entrée de signature, et une seule.', 'The lot has one entry of signature, and only one.', provide(({ lot }) => hold(lot !== null && signatures(lot).length === 1, 'Signature', String(lot === null ? 0 : signatures(lot).length)))),
  rule('signature-signs', 'Une association signs (urn:ihe:iti:2007) va de la signature au lot.', 'A signs association (urn:ihe:iti:2007) goes from the signature to the lot.',
    provide(({ lot }) => (lot === null || signatures(lot).length !== 1 ? null : hold(lot.associations.some((one) => one.type === signs && one.source === signatures(lot)[0]?.id && one.target === lot.sets[0]?.id), 'Association signs')))),
  rule('signature-xml', 'Le document de signature est une ds:Signature bien formée.', 'The signature document is a well-formed ds:Signature.', provide(({ signature }) => (signature === null ? null : hold(signature.dsig !== null, 'Signature')))),
  rule('signature-id', 'Signature/@Id est l’uniqueId du document de signature.', 'Signature/@Id is the uniqueId of the signature document.', sealed((dsig, { signature }) => hold(dsig.id === identifier(signature?.entry, scheme.uniqueId), 'Signature/@Id', dsig.id))),
  rule('signature-algorithms', 'Algorithmes : C14N 1.0 WithComments, rsa-sha1 ou rsa-sha256, sha1 ou sha256 (paramètre du simulateur).', 'Algorithms: C14N 1.0 WithComments, rsa-sha1 or rsa-sha256, sha1 or sha256 (a parameter of the simulator).',
    sealed((dsig, received) => hold(dsig.canonicalization === withComments && allowed(methodName(dsig.method), received) && dsig.references.every((one) => allowed(digestName(one.digestMethod), received) && one.transforms.join() === withComments), 'SignedInfo', dsig.method))),
  rule('signature-references', 'SignedInfo a deux références : le Manifest IHEManifest et les SignedProperties.', 'SignedInfo has two references: the Manifest IHEManifest and the SignedProperties.',
    sealed((dsig) => hold(dsig.references.length === 2 && dsig.references.every((one) => one.sound) && dsig.references.some((one) => one.uri === '#IHEManifest' && one.type === 'http://www.w3.org/2000/09/xmldsig#Manifest') && dsig.references.some((one) => one.type === `${xades}SignedProperties`), 'SignedInfo/Reference', dsig.references.map((one) => one.uri).join(' ')))),
  rule('signature-digests', 'Les empreintes de SignedInfo sont celles des octets reçus.', 'The digests of SignedInfo are those of the bytes received.', sealed((dsig) => dsig.references.filter((one) => one.sound && digestName(one.digestMethod) !== null && !one.matches).map((one) => ({ at: 'SignedInfo/Reference/DigestValue', extract: one.uri }))), { source: 'XML-DSig §3.2.1' }),
  rule('signature-value', 'La signature est celle du certificat joint.', 'The signature is that of the certificate it carries.', sealed((dsig) => (dsig.certificate === null || methodName(dsig.method) === null ? null : hold(dsig.valid, 'SignatureValue'))), { source: 'XML-DSig §3.2.2' }),
  rule('signature-certificate', 'Le certificat du lot vient d’une autorité reconnue et est en cours de validité.', 'The lot’s certificate comes from a trusted authority and is within its dates.',
    sealed((dsig, { settings, at }) => hold(dsig.certificate !== null && trusted(dsig.certificate, authorities(settings.signingCa)) && current(dsig.certificate, at), 'X509Certificate')), { source: 'EX_GEN-1450' }),
  rule('signature-same-signer', 'Le lot et le VIHF sont signés par le même certificat.', 'Lot and VIHF are signed by the same certificate.', sealed((dsig, { vihfSignature }) => { const other = vihfSignature?.certificate ?? null; return dsig.certificate === null || other === null ? null : hold(dsig.certificate.raw.equals(other.raw), 'X509Certificate'); }), { severity: 'warn' }),
  rule('signature-purpose', 'SignatureProperty purposeOfSignature vaut 1.2.840.10065.1.12.1.14.', 'SignatureProperty purposeOfSignature is 1.2.840.10065.1.12.1.14.', inside((found) => hold(found.purpose === '1.2.840.10065.1.12.1.14', 'SignatureProperty', found.purpose))),
  rule('manifest-complete', 'Le Manifest nomme le lot puis chaque document, une fois, et rien d’autre.', 'The Manifest names the lot, then each document, once, and nothing else.',
    inside((found, received) => { const wanted = [lotUri(received), ...received.submitted.map(({ entry }) => documentUri(entry))]; const had = found.manifest.map((one) => one.uri); return hold(had[0] === wanted[0] && had.length === wanted.length && wanted.every((uri) => had.filter((one) => one === uri).length === 1), 'Manifest', had.join(' ')); })),
  rule('manifest-lot', 'L’empreinte du lot dans le Manifest est AA== (un octet nul), sans transformation.', 'The lot’s digest in the Manifest is AA== (a zero byte), without transform.',
    inside((found, received) => found.manifest.filter((one) => one.uri === lotUri(received) && (one.value !== 'AA==' || one.transforms.length > 0)).map((one) => ({ at: 'Manifest/Reference', extract: one.uri })))),
  rule('manifest-digests', 'L’empreinte de chaque document du Manifest est celle de sa forme canonique avec commentaires, recalculée sur les octets reçus.', 'Each document’s digest in the Manifest is that of its canonical form with comments, recomputed over the bytes received.',
    inside((found, received) => received.submitted.flatMap(({ entry, at, bytes }) => {
      const reference = found.manifest.find((one) => one.uri === documentUri(entry));
      if (reference === undefined || bytes === null || bytes.length === 0) return [];
      const form = attr(entry.element, 'mimeType') === 'application/dicom' ? reference.transforms.length === 0 : reference.transforms.join() === withComments;
      return hold(form && documentDigest(bytes, reference.method, reference.transforms.length > 0) === reference.value, `Manifest/Reference ${at}`);
    }))),
  rule('xades-namespace', 'Les SignedProperties sont de XAdES 1.1.1.', 'The SignedProperties are of XAdES 1.1.1.', inside((found) => hold(found.properties !== null, 'QualifyingProperties'))),
  rule('xades-certificate', 'SigningCertificate (empreinte, émetteur, numéro de série décimal) est le certificat de signature.', 'SigningCertificate (digest, issuer, decimal serial number) is the signature certificate.',
    inside((found, { signature }) => {
      const certificate = signature?.dsig?.certificate ?? null;
      if (found.properties === null || certificate === null) return null;
      return [...hold(certificateDigest(certificate, found.certDigest.method) === found.certDigest.value, 'CertDigest'), ...hold(sameName(found.issuer, certificate.issuer), 'X509IssuerName', found.issuer), ...hold(/^[0-9]+$/.test(found.serial) && BigInt(found.serial) === BigInt(`0x${certificate.serialNumber}`), 'X509SerialNumber', found.serial)];
    })),
  rule('xades-time', 'SigningTime est une date UTC, pas dans le futur.', 'SigningTime is a UTC date, not in the future.', inside((found, { at, settings }) => (found.properties === null ? null : hold(found.signingTime.endsWith('Z') && Date.parse(found.signingTime) <= at + settings.windowSeconds * 1000, 'SigningTime', found.signingTime)))),
  rule('xades-policy', 'SignaturePolicyIdentifier est SignaturePolicyImplied.', 'SignaturePolicyIdentifier is SignaturePolicyImplied.', inside((found) => (found.properties === null ? null : hold(found.policyImplied, 'SignaturePolicyIdentifier')))),
];
