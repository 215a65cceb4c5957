import { authorities, current, sameName, trusted } from '../certificates.ts';
import { digestName, enveloped, methodName } from '../dsig.ts';
import { saml } from '../namespaces.ts';
import type { Received } from '../received.ts';
import { family, hold, type Rule } from '../rule.ts';
import { all, attr, deep, one } from '../xml.ts';

const rule = family('vihf', 'VIHF ; dmp.md §1.3', 'InvalidSecurityToken');
const signed = (check: (sealed: NonNullable<Received['vihfSignature']>, received: Received) => ReturnType<Rule['check']>): Rule['check'] =>
  (received) => (received.vihfSignature === null ? null : check(received.vihfSignature, received));
const order = ['Issuer', 'Signature', 'Subject', 'Conditions', 'AuthnStatement', 'AttributeStatement'];
const utc = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$/;
const within = (text: string, { at, settings }: Received): boolean => Math.abs(Date.parse(text) - at) <= settings.windowSeconds * 1000;

export const vihfRules: readonly Rule[] = [
  rule('vihf-id', 'L’ID de l’assertion est un nom XML (il ne commence pas par un chiffre).', 'The assertion’s ID is an XML name (it does not start with a digit).', ({ vihf }) => (vihf === null ? null : hold(/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(vihf.id), 'Assertion/@ID', vihf.id)), { source: 'SAML 2.0 core §1.3.4 ; dmp.md §1.3' }),
  rule('vihf-saml-version', 'La version SAML est 2.0.', 'The SAML version is 2.0.', ({ vihf }) => (vihf === null ? null : hold(attr(vihf.element, 'Version') === '2.0', 'Assertion/@Version', attr(vihf.element, 'Version')))),
  rule('vihf-order', 'Ordre : Issuer, Signature, Subject, (Conditions), AuthnStatement, AttributeStatement.', 'Order: Issuer, Signature, Subject, (Conditions), AuthnStatement, AttributeStatement.',
    ({ vihf }) => {
      if (vihf === null) return null;
      const found = vihf.element.children.map((child) => child.name);
      const kept = order.filter((name) => name !== 'Conditions' || found.includes(name)).filter((name) => name !== 'Signature' || found.includes(name));
      return hold(found.join() === kept.join(), 'Assertion', found.join(', '));
    }, { source: 'SAML 2.0 core §2.3.3 ; dmp.md §1.3' }),
  rule('vihf-instant', 'IssueInstant est en UTC (Z).', 'IssueInstant is in UTC (Z).', ({ vihf }) => (vihf === null ? null : hold(utc.test(vihf.issueInstant) && !Number.isNaN(Date.parse(vihf.issueInstant)), 'Assertion/@IssueInstant', vihf.issueInstant)), { source: 'SAML 2.0 core §1.3.3' }),
  rule('vihf-fresh', 'IssueInstant est à l’heure du DMP, à la tolérance près (5 minutes).', 'IssueInstant is at the DMP’s time, within the tolerance (5 minutes).',
    (received) => (received.vihf === null || !utc.test(received.vihf.issueInstant) ? null : hold(within(received.vihf.issueInstant, received), 'Assertion/@IssueInstant', received.vihf.issueInstant)), { source: 'EX_GEN-1460 ; dmp.md §1.2', code: 'MessageExpired' }),
  rule('vihf-replay', 'Un VIHF ne sert qu’une fois.', 'A VIHF is used once.', ({ vihf, registry }) => (vihf === null || vihf.id === '' ? null : hold(!registry.assertionSeen(vihf.id), 'Assertion/@ID', vihf.id)), { source: 'dmp.md §5.1' }),
  rule('vihf-issuer-format', 'Le format d’Issuer est X509SubjectName.', 'Issuer’s format is X509SubjectName.', ({ vihf }) => (vihf === null ? null : hold(vihf.issuerFormat === 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName', 'Issuer/@Format', vihf.issuerFormat))),
  rule('vihf-issuer', 'Issuer est le sujet du certificat de signature.', 'Issuer is the subject of the signature certificate.',
    signed(({ certificate }, { vihf }) => (certificate === null ? null : hold(sameName(vihf?.issuer ?? '', certificate.subject), 'Issuer', vihf?.issuer)))),
  rule('vihf-signed', 'L’assertion est signée.', 'The assertion is signed.', ({ vihf }) => (vihf === null ? null : hold(vihf.signature !== null, 'Assertion/Signature')), { code: 'FailedCheck' }),
  rule('vihf-reference', 'La signature a une seule référence, et c’est l’assertion elle-même.', 'The signature has one reference, and it is the assertion itself.',
    signed(({ references }, { vihf }) => hold(references.length === 1 && references[0]?.uri === `#${vihf?.id ?? ''}` && references[0].sound, 'SignedInfo/Reference', references.map((one) => one.uri).join(' '))), { source: 'dmp.md §5.1', code: 'FailedCheck' }),
  rule('vihf-algorithms', 'Algorithmes : exc-c14n, rsa-sha256 (ou rsa-sha1), sha256 (ou sha1), transformations enveloped puis exc-c14n.', 'Algorithms: exc-c14n, rsa-sha256 (or rsa-sha1), sha256 (or sha1), transforms enveloped then exc-c14n.',
    signed(({ canonicalization, method, references }) => hold(canonicalization === 'http://www.w3.org/2001/10/xml-exc-c14n#' && methodName(method) !== null
      && references.every((one) => digestName(one.digestMethod) !== null && one.transforms.join() === `${enveloped},http://www.w3.org/2001/10/xml-exc-c14n#`), 'SignedInfo')), { code: 'UnsupportedAlgorithm' }),
  rule('vihf-digest', 'L’empreinte de l’assertion est celle des octets reçus.', 'The assertion’s digest is that of the bytes received.',
    signed(({ references }) => references.filter((one) => one.sound && digestName(one.digestMethod) !== null && !one.matches).map((one) => ({ at: 'SignedInfo/Reference/DigestValue', extract: one.uri }))), { source: 'XML-DSig §3.2.1', code: 'FailedCheck' }),
  rule('vihf-signature', 'La signature est celle du certificat joint.', 'The signature is that of the certificate it carries.', signed(({ valid, certificate, method }) => (certificate === null || methodName(method) === null ? null : hold(valid, 'SignatureValue'))), { source: 'XML-DSig §3.2.2', code: 'FailedCheck' }),
  rule('vihf-certificate', 'KeyInfo porte un certificat X.509, et rien d’autre.', 'KeyInfo holds one X.509 certificate and nothing else.',
    signed(({ certificate }, { vihf }) => {
      const info = one(vihf?.signature, 'KeyInfo');
      return hold(certificate !== null && info?.children.length === 1 && all(info.children[0], 'X509Certificate').length === 1 && info.children[0]?.children.length === 1, 'KeyInfo');
    })),
  rule('vihf-certificate-trusted', 'Le certificat de signature vient d’une autorité reconnue.', 'The signature certificate comes from a trusted authority.', signed(({ certificate }, { settings }) => (certificate === null ? null : hold(trusted(certificate, authorities(settings.signingCa)), 'X509Certificate', certificate.issuer.replaceAll('\n', ', ')))), { source: 'EX_GEN-1450', code: 'InvalidSecurityToken' }),
  rule('vihf-certificate-current', 'Le certificat de signature est en cours de validité.', 'The signature certificate is within its dates.', signed(({ certificate }, { at }) => (certificate === null ? null : hold(current(certificate, at), 'X509Certificate', certificate.validTo))), { source: 'EX_GEN-1450' }),
  rule('vihf-certificate-distinct', 'Le certificat de signature (ORG_SIGN) n’est pas celui de la connexion (ORG_AUTH_CLI).', 'The signature certificate (ORG_SIGN) is not that of the connection (ORG_AUTH_CLI).',
    signed(({ certificate }, { peer }) => (certificate === null || peer === null ? null : hold(!certificate.raw.equals(peer), 'X509Certificate'))), { source: 'EX_GEN-1450 ; dmp.md §1.2' }),
  rule('vihf-no-audience', 'Il n’y a pas d’AudienceRestriction.', 'There is no AudienceRestriction.', ({ vihf }) => (vihf === null ? null : hold(![...deep(vihf.element)].some((child) => child.name === 'AudienceRestriction' && child.ns === saml), 'Conditions/AudienceRestriction'))),
  rule('vihf-conditions', 'La date est entre NotBefore et NotOnOrAfter quand ils sont là.', 'The date is between NotBefore and NotOnOrAfter where they are given.',
    (received) => {
      const { vihf, at, settings } = received;
      const conditions = vihf?.conditions ?? null;
      if (conditions === null) return null;
      const from = attr(conditions, 'NotBefore'), to = attr(conditions, 'NotOnOrAfter');
      return [...hold(from === '' || Date.parse(from) <= at + settings.windowSeconds * 1000, 'Conditions/@NotBefore', from), ...hold(to === '' || at < Date.parse(to), 'Conditions/@NotOnOrAfter', to)];
    }, { source: 'SAML 2.0 core §2.5.1', code: 'MessageExpired' }),
];
