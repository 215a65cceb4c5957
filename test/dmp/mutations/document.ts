import { fictive } from '../metadata.ts';
import { spoilt, swap, type Mutation } from './mutation.ts';

const document = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { document: change });
const parts = (rule: string, what: string, from: string | RegExp, to: string): Mutation => spoilt(rule, what, { signedParts: (part) => part.replace(from, () => to) });
const info = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { signedInfo: change });
const sealed = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { lotSignature: change });

export const documentMutations: readonly Mutation[] = [
  document('cda', 'something else than a ClinicalDocument', (xml) => xml.replaceAll('ClinicalDocument', 'AutreDocument')),
  document('cda-id', 'another identifier', swap('<id root="1.2.250.1.999.7.1"/>', '<id root="1.2.250.1.999.7.2"/>')),
  document('cda-patient', 'the document of another patient', swap('279035121518989', '185076322000111')),
  document('cda-code', 'another type', swap('code="11502-2"', 'code="34133-9"')),
  document('cda-creation-time', 'local time kept as it is: effectiveTime not converted', swap('20260301101500+0100" />'.replace(' />', '/>'), '20260301091500+0100"/>')),
  document('cda-language', 'another language', swap('<languageCode code="fr-FR"/>', '<languageCode code="en-GB"/>')),
  document('cda-confidentiality', 'another level', swap('<confidentialityCode code="N"', '<confidentialityCode code="R"')),
  document('cda-author', 'another author', swap('<id root="1.2.250.1.71.4.2.1" extension="899700218896"/>\n      <code', '<id root="1.2.250.1.71.4.2.1" extension="899700218904"/>\n      <code')),
  document('cda-birth', 'another birth date', swap('19790328', '19800328')),
  document('cda-birth', 'another sex', swap('administrativeGenderCode code="F"', 'administrativeGenderCode code="M"')),
  document('cda-family-name', 'another name', swap('DURAND-TEST', 'AUTRE-TEST')),
  document('cda-passive', 'a script', swap('<component><nonXMLBody>', '<component><nonXMLBody><!-- --><script xmlns="http://www.w3.org/1999/xhtml">x</script>')),
];

export const signatureMutations: readonly Mutation[] = [
  sealed('signature-xml', 'not a signature', () => '<a/>'),
  sealed('signature-id', 'another Id', (xml) => xml.replace(/ Id="1\.2\.250[^"]*"/, ' Id="1.2.3.4"')),
  info('signature-algorithms', 'canonical form without comments', swap('#WithComments"></ds:CanonicalizationMethod>', '"></ds:CanonicalizationMethod>')),
  info('signature-digests', 'a digest of something else', swap(/<ds:DigestValue>..../, '<ds:DigestValue>AAAA')),
  info('signature-references', 'the signed properties left out', (xml) => xml.replace(/<ds:Reference Type="http:\/\/uri\.etsi[\s\S]*?<\/ds:Reference>/, '')),
  sealed('signature-value', 'another SignatureValue', (xml) => xml.replace(/(<ds:SignatureValue>)(.)(.)/, (_, tag: string, a: string, b: string) => `${tag}${a === b ? 'A' : b}${a === b ? 'B' : a}`)),
  parts('signature-purpose', 'another purpose', '1.2.840.10065.1.12.1.14', '1.2.840.10065.1.12.1.1'),
  parts('manifest-complete', 'the document left out of the manifest', /<ds:Reference URI="urn:oid:1\.2\.250\.1\.999\.7\.1">[\s\S]*?<\/ds:Reference>/, ''),
  parts('manifest-lot', 'a digest for the lot', 'AA==', 'AAA='),
  parts('manifest-digests', 'a digest of the raw bytes', /(?<=<\/ds:Transforms><ds:DigestMethod [^>]*><\/ds:DigestMethod><ds:DigestValue>)[^<]*(?=<\/ds:DigestValue><\/ds:Reference><\/ds:Manifest>)/, '2jmj7l5rSw0yVb/vlWAYkK/YBwk='),
  parts('xades-namespace', 'XAdES 1.3.2', /xmlns:xad="http:\/\/uri\.etsi\.org\/01903\/v1\.1\.1#"/, 'xmlns:xad="http://uri.etsi.org/01903/v1.3.2#"'),
  parts('xades-certificate', 'a hexadecimal serial number', /(?<=<ds:X509SerialNumber>)[0-9]+/, 'ff'),
  parts('xades-time', 'signed tomorrow', /(?<=<xad:SigningTime>)[^<]*/, '2026-03-03T08:00:00Z'),
  parts('xades-policy', 'no signature policy', '<xad:SignaturePolicyImplied></xad:SignaturePolicyImplied>', ''),
  spoilt('signature-present', 'a lot without signature', {
    metadata: (xml) => xml.replace(/<ExtrinsicObject id="Signature01".*?<\/ExtrinsicObject>/, '').replace(/<Association [^>]*(?:source|target)Object="Signature01".*?<\/Association>/g, ''),
    body: (xml) => xml.replace(/<xdsb:Document id="Signature01">.*?<\/xdsb:Document>/, ''), parts: (all) => all.slice(0, 2),
  }),
  spoilt('signature-signs', 'signs of 2010', { metadata: (xml) => xml.replace(/<Association [^>]*AssociationType:signs".*?<\/Association>/, '') }),
  { rule: 'signature-certificate', what: 'the lot signed by a certificate that ended, the VIHF by a good one', make: (own) => spoilt('', '', { signer: own.signature }, { signer: own.pki.issue('client', 'DMP SIGN TEST', { structure: fictive.structure, validFrom: Date.UTC(2026, 0, 1), validTo: Date.UTC(2026, 1, 1) }) }).make(own) },
];
