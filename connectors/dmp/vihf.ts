import { xmlText } from '../../src/formats/soap/xml-text.ts';
import type { DmpConfig, Role } from './config.ts';

/** Who acts, for whom and when: what changes from one VIHF to the next. */
export interface VihfFacts {
  /** An xs:ID of its own for each assertion: it starts with a letter, as a bare UUID may not. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** Login in the source system, epoch ms. */
  readonly authenticatedAt: number;
  /** Subject of the signature certificate. */
  readonly issuer: string;
  /** CX of the INS. */
  readonly patientId: string;
  readonly structure: string;
  /** PS_IdNat, or internal number of who answers for the automaton. */
  readonly nameId: string;
  /** A person's name and service, or the software's name, model and service. */
  readonly subjectId: string;
  readonly secretConnection: boolean;
  readonly homologation: string;
}

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
const purpose: Role = { code: 'normal', codeSystem: '1.2.250.1.213.1.1.4.248', displayName: 'Accès normal' };

const valued = (name: string, ...values: readonly string[]): string => `<Attribute Name="${name}">${values.map((value) => `<AttributeValue>${value}</AttributeValue>`).join('')}</Attribute>`;
const said = (name: string, value: string): string => valued(name, xmlText(value));
const ce = (element: 'Role' | 'PurposeOfUse', { code, codeSystem, displayName }: Role, codeSystemName?: string): string =>
  `<${element} xmlns="urn:hl7-org:v3" xsi:type="CE" code="${xmlText(code)}" codeSystem="${xmlText(codeSystem)}"${codeSystemName === undefined ? '' : ` codeSystemName="${codeSystemName}"`} displayName="${xmlText(displayName)}"></${element}>`;

const instant = (at: number): string => new Date(at).toISOString();

/**
 * The VIHF (SAML 2.0 assertion), not signed yet: order, names and values of the official example for an automated gateway
 * (TDC mapping.md, 2024-09; dmp.md §1.3). There is no AudienceRestriction.
 */
export function vihf(facts: VihfFacts, { vihf: settings, software }: Pick<DmpConfig, 'vihf' | 'software'>): string {
  const { id, at, authenticatedAt, issuer, patientId, structure, nameId, subjectId, secretConnection, homologation } = facts;
  const air = settings.mode === 'INDIRECTE_RENFORCEE';
  return `<Assertion xmlns="${saml}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="${id}" IssueInstant="${instant(at)}" Version="2.0">`
    + `<Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">${xmlText(issuer)}</Issuer>`
    + `<Subject><NameID>${xmlText(nameId)}</NameID></Subject>`
    + `<AuthnStatement AuthnInstant="${instant(authenticatedAt)}"><AuthnContext><AuthnContextClassRef>${settings.authentication}</AuthnContextClassRef>`
    + `${air ? '<AuthnContextDecl>APP_BROWSER_AUTH</AuthnContextDecl>' : ''}</AuthnContext></AuthnStatement>`
    + '<AttributeStatement>'
    + said('VIHF_Version', settings.version) + said('Authentification_Mode', settings.mode)
    + said('Secteur_Activite', `${settings.sector}^1.2.250.1.71.4.2.4`)
    + said('urn:oasis:names:tc:xacml:2.0:resource:resource-id', patientId) + said('Ressource_URN', 'urn:dmp')
    + said('urn:oasis:names:tc:xspa:1.0:subject:subject-id', subjectId) + said('Identifiant_Structure', structure)
    + said('LPS_Version', software.version) + (software.id === undefined ? '' : said('LPS_ID', software.id)) + said('LPS_Nom', software.name)
    + said('LPS_ID_HOMOLOGATION_DMP', homologation)
    + valued('urn:oasis:names:tc:xspa:1.0:subject:purposeofuse', ce('PurposeOfUse', purpose, 'mode acces VIHF 1.0'))
    + (secretConnection ? said('urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code', 'INVISIBLE_REPRESENTANTS_LEGAUX') : '')
    + valued('urn:oasis:names:tc:xacml:2.0:subject:role', ...settings.roles.map((role) => ce('Role', role)))
    + '</AttributeStatement></Assertion>';
}
