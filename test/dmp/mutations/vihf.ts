import { testPki } from '../../../src/sandbox/pki.ts';
import { fictive } from '../metadata.ts';
import { now } from '../request.ts';
import { spoilt, swap, type Mutation } from './mutation.ts';

const assertion = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { assertion: change });
const signed = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { signedAssertion: change });
const value = (name: string, to: string) => swap(new RegExp(`(?<=Name="${name.replace(/[.:]/g, '\\$&')}"><AttributeValue>)[^<]*`), to);
const hour = 3_600_000;

export const vihfMutations: readonly Mutation[] = [
  assertion('vihf-id', 'an ID that starts with a digit', swap(/ID="_[^"]*"/, 'ID="1-vihf"')),
  assertion('vihf-saml-version', 'SAML 1.1', swap('Version="2.0"', 'Version="1.1"')),
  assertion('vihf-order', 'Subject after AuthnStatement', (xml) => { const subject = /<Subject>.*?<\/Subject>/.exec(xml)?.[0] ?? ''; return xml.replace(subject, '').replace('</AuthnStatement>', `</AuthnStatement>${subject}`); }),
  assertion('vihf-instant', 'local time without Z', swap(/IssueInstant="[^"]*"/, 'IssueInstant="2026-03-02T09:00:00+01:00"')),
  assertion('vihf-fresh', 'an hour old', swap(/IssueInstant="[^"]*"/, `IssueInstant="${new Date(now - hour).toISOString()}"`)),
  assertion('vihf-fresh', 'an hour early', swap(/IssueInstant="[^"]*"/, `IssueInstant="${new Date(now + hour).toISOString()}"`)),
  assertion('vihf-issuer-format', 'nameidformat, the typo of the guide', swap('nameid-format', 'nameidformat')),
  assertion('vihf-issuer', 'another name', swap('CN=DMP SIGN TEST', 'CN=AUTRE')),
  signed('vihf-signed', 'no signature', (xml) => xml.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '')),
  signed('vihf-digest', 'the assertion changed once signed', swap('MARTIN-TEST Luc', 'DUPONT-TEST Luc')),
  signed('vihf-signature', 'SignatureValue of something else', (xml) => xml.replace(/(<ds:SignatureValue>)(.)(.)/, (_, tag: string, a: string, b: string) => `${tag}${a === b ? 'A' : b}${a === b ? 'B' : a}`)),
  spoilt('vihf-algorithms', 'RSA-SHA512', { algorithms: { signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' } }),
  signed('vihf-certificate', 'KeyInfo with a name besides the certificate', swap('<ds:X509Data>', '<ds:X509Data><ds:X509SubjectName>CN=X</ds:X509SubjectName>')),
  spoilt('vihf-certificate-trusted', 'signed by a certificate of another authority', { signer: testPki('AC inconnue', now).issue('client', 'DMP SIGN TEST', { structure: fictive.structure }) }),
  spoilt('vihf-certificate-current', 'an expired certificate', ({ pki }) => ({ signer: pki.issue('client', 'DMP SIGN TEST', { structure: fictive.structure, validFrom: now - 40 * 24 * hour, validTo: now - hour }) })),
  spoilt('vihf-certificate-distinct', 'signed with the certificate of the connection', ({ authentication }) => ({ signer: authentication, assertion: swap('CN=DMP SIGN TEST', 'CN=DMP AUTH TEST') })),
  spoilt('vihf-reference', 'wrapping: the signed assertion moved aside, another in its place', {
    // The good assertion goes under ds:Object of its own signature; what the service reads is not what was signed.
    signedAssertion: (xml) => {
      const signature = /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(xml)?.[0] ?? '';
      const forged = xml.replace(signature, '').replace(/ID="[^"]*"/, 'ID="_forge"');
      const kept = xml.replace(signature, '').replaceAll('<Assertion ', '<x:Garde xmlns:x="urn:x" ').replace('</Assertion>', '</x:Garde>');
      return forged.replace('<Subject>', `${signature.replace('</ds:Signature>', `<ds:Object>${kept}</ds:Object></ds:Signature>`)}<Subject>`);
    },
  }),
  assertion('vihf-no-audience', 'an AudienceRestriction', swap('<AuthnStatement', '<Conditions><AudienceRestriction><Audience>dmp</Audience></AudienceRestriction></Conditions><AuthnStatement')),
  assertion('vihf-conditions', 'Conditions that ended', swap('<AuthnStatement', `<Conditions NotOnOrAfter="${new Date(now - hour).toISOString()}"/><AuthnStatement`)),
  assertion('vihf-attributes', 'Authentification_mode with a small m', swap('Name="Authentification_Mode"', 'Name="Authentification_mode"')),
  assertion('vihf-attributes', 'no homologation number', (xml) => xml.replace(/<Attribute Name="LPS_ID_HOMOLOGATION_DMP">.*?<\/Attribute>/, '')),
  assertion('vihf-attributes-once', 'two sectors', swap('<AttributeValue>SA25^1.2.250.1.71.4.2.4</AttributeValue>', '<AttributeValue>SA25^1.2.250.1.71.4.2.4</AttributeValue><AttributeValue>SA01^1.2.250.1.71.4.2.4</AttributeValue>')),
  assertion('vihf-version', 'version 1.0', value('VIHF_Version', '1.0')),
  assertion('vihf-mode', 'an unknown mode', value('Authentification_Mode', 'INDIRECT')),
  assertion('vihf-sector', 'a sector that does not exist', value('Secteur_Activite', 'SA999^1.2.250.1.71.4.2.4')),
  assertion('vihf-resource-id', 'an INS without its type', value('urn:oasis:names:tc:xacml:2.0:resource:resource-id', '279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO')),
  assertion('vihf-ressource-urn', 'urn:dmp2', value('Ressource_URN', 'urn:dmp2')),
  assertion('vihf-subject-id', 'an empty subject-id', value('urn:oasis:names:tc:xspa:1.0:subject:subject-id', '')),
  assertion('vihf-role', 'a role without its type', (xml) => xml.replace('xsi:type="CE" code="10"', 'code="10"')),
  assertion('vihf-role-second', 'a physician without speciality', (xml) => xml.replace(/<AttributeValue><Role[^>]*code="SM03"[^>]*><\/AttributeValue>/, '')),
  assertion('vihf-purpose', 'an unknown purpose', swap('code="normal"', 'code="autre"')),
  assertion('vihf-lps', 'an empty software name', value('LPS_Nom', '')),
  assertion('vihf-authn', 'an unknown authentication class', swap('classes:Password', 'classes:Sesame')),
  assertion('vihf-air-decl', 'APP_BROWSER_AUTH in plain indirect mode', swap('</AuthnContextClassRef>', '</AuthnContextClassRef><AuthnContextDecl>APP_BROWSER_AUTH</AuthnContextDecl>')),
  spoilt('vihf-structure', 'a structure that is not the certificate’s', ({ pki }) => ({ signer: pki.issue('client', 'DMP SIGN TEST', { structure: '1990000019' }), assertion: swap('OU=1990000001', 'OU=1990000019') })),
  assertion('vihf-structure-form', 'a structure without prefix', value('Identifiant_Structure', '990000001')),
];
