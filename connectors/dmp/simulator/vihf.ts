import { ds, saml } from './namespaces.ts';
import { all, attr, one, type El } from './xml.ts';

/** A coded value of the VIHF (HL7 v3 CE). */
export interface Ce { readonly name: string; readonly ns: string; readonly type: string; readonly code: string; readonly codeSystem: string; readonly displayName: string }
/** What a VIHF says, read from the plain tree; absent things are empty. */
export interface Vihf {
  readonly element: El;
  readonly id: string;
  readonly issueInstant: string;
  readonly issuer: string;
  readonly issuerFormat: string;
  readonly signature: El | null;
  readonly nameId: string;
  readonly authnInstant: string;
  readonly classRef: string;
  readonly decl: string;
  readonly conditions: El | null;
  /** Text values by attribute name, in order. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly coded: ReadonlyMap<string, readonly Ce[]>;
}

export const names = {
  version: 'VIHF_Version', mode: 'Authentification_Mode', structure: 'Identifiant_Structure', sector: 'Secteur_Activite',
  resource: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id', urn: 'Ressource_URN', subject: 'urn:oasis:names:tc:xspa:1.0:subject:subject-id',
  role: 'urn:oasis:names:tc:xacml:2.0:subject:role', purpose: 'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse',
  secret: 'urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code',
  lpsName: 'LPS_Nom', lpsVersion: 'LPS_Version', lpsHomologation: 'LPS_ID_HOMOLOGATION_DMP', lpsId: 'LPS_ID',
} as const;

export function readVihf(element: El): Vihf {
  const attributes = new Map<string, string[]>();
  const coded = new Map<string, Ce[]>();
  for (const attribute of all(one(element, 'AttributeStatement', saml), 'Attribute', saml)) {
    const name = attr(attribute, 'Name');
    for (const value of all(attribute, 'AttributeValue', saml)) {
      attributes.set(name, [...attributes.get(name) ?? [], value.text.trim()]);
      for (const child of value.children) {
        coded.set(name, [...coded.get(name) ?? [], { name: child.name, ns: child.ns, type: attr(child, 'type'), code: attr(child, 'code'), codeSystem: attr(child, 'codeSystem'), displayName: attr(child, 'displayName') }]);
      }
    }
  }
  const issuer = one(element, 'Issuer', saml);
  const authn = one(element, 'AuthnStatement', saml);
  const context = one(authn, 'AuthnContext', saml);
  return {
    element, id: attr(element, 'ID'), issueInstant: attr(element, 'IssueInstant'), issuer: issuer?.text.trim() ?? '', issuerFormat: attr(issuer, 'Format'),
    signature: one(element, 'Signature', ds), nameId: one(one(element, 'Subject', saml), 'NameID', saml)?.text.trim() ?? '', authnInstant: attr(authn, 'AuthnInstant'),
    classRef: one(context, 'AuthnContextClassRef', saml)?.text.trim() ?? '', decl: one(context, 'AuthnContextDecl', saml)?.text.trim() ?? '',
    conditions: one(element, 'Conditions', saml), attributes, coded,
  };
}

export const said = (vihf: Vihf | null, name: string): string => vihf?.attributes.get(name)?.[0] ?? '';
/** `INS^^^&OID&ISO^NH`, with the `^^20100907` some clients append: the number and its authority. */
export function insOf(cx: string): { readonly value: string; readonly oid: string } | null {
  const found = /^([0-9AB]{15})\^\^\^&([0-9.]+)&ISO\^NH(\^\^20100907)?$/.exec(cx);
  return found === null ? null : { value: found[1] ?? '', oid: found[2] ?? '' };
}
