import { units } from '../certificates.ts';
import { insKey, structureId } from '../grammar.ts';
import { hl7v3 } from '../namespaces.ts';
import type { Received } from '../received.ts';
import { family, hold, type Rule } from '../rule.ts';
import { classRefs, modes, roleSystems, secondRoleFor } from '../tables/vihf.ts';
import { sectors } from '../tables/sectors.ts';
import { insOids } from '../tables/identity.ts';
import { insOf, names, said, type Ce, type Vihf } from '../vihf.ts';

const rule = family('vihf', 'VIHF ; dmp.md §1.3', 'InvalidSecurityToken');
const of = (check: (vihf: Vihf, received: Received) => ReturnType<Rule['check']>): Rule['check'] => (received) => (received.vihf === null ? null : check(received.vihf, received));
/** The value where it is there: a missing attribute is told by one rule only. */
const given = (name: string, holds: (value: string, received: Received) => boolean): Rule['check'] => of((vihf, received) => {
  const value = said(vihf, name);
  return vihf.attributes.has(name) ? hold(holds(value, received), name, value) : null;
});
const ce = (vihf: Vihf, name: string): readonly Ce[] => vihf.coded.get(name) ?? [];
const wellTyped = (one: Ce, name: string): boolean => one.name === name && one.ns === hl7v3 && /^(\w+:)?CE$/.test(one.type) && one.code !== '' && one.codeSystem !== '' && one.displayName !== '';
const required = [names.version, names.mode, names.structure, names.sector, names.resource, names.urn, names.subject, names.role, names.purpose, names.lpsName, names.lpsVersion, names.lpsHomologation];
const many: readonly string[] = [names.role];

export const vihfAttributeRules: readonly Rule[] = [
  rule('vihf-attributes', 'Tous les attributs obligatoires sont là, sous leur nom exact.', 'Every required attribute is there, under its exact name.',
    of((vihf) => required.filter((name) => !vihf.attributes.has(name)).map((name) => ({ at: name })))),
  rule('vihf-attributes-once', 'Chaque attribut n’a qu’une valeur, sauf le rôle.', 'Each attribute has one value, but the role.',
    of((vihf) => [...vihf.attributes].filter(([name, values]) => values.length > 1 && !many.includes(name)).map(([name]) => ({ at: name })))),
  rule('vihf-version', 'VIHF_Version vaut 3.0 ou 4.0.', 'VIHF_Version is 3.0 or 4.0.', given(names.version, (value) => ['3.0', '4.0'].includes(value))),
  rule('vihf-mode', 'Authentification_Mode vaut INDIRECTE, INDIRECTE_RENFORCEE ou DIRECTE.', 'Authentification_Mode is INDIRECTE, INDIRECTE_RENFORCEE or DIRECTE.', given(names.mode, (value) => modes.includes(value))),
  rule('vihf-structure-form', 'Identifiant_Structure est un Struct_IdNat (0 ADELI, 1 FINESS, 2 SIREN, 3 SIRET, 4 RPPS-rang).', 'Identifiant_Structure is a Struct_IdNat (0 ADELI, 1 FINESS, 2 SIREN, 3 SIRET, 4 RPPS-rank).', given(names.structure, structureId)),
  rule('vihf-structure', 'Identifiant_Structure est la structure du certificat, ou une entité géographique de celle-ci.', 'Identifiant_Structure is the certificate’s structure, or a geographic entity of it.',
    of((vihf, { vihfSignature, settings }) => {
      const certificate = vihfSignature?.certificate ?? null;
      const own = certificate === null ? [] : units(certificate);
      return own.length === 0 || !structureId(said(vihf, names.structure)) ? null : hold(own.some((unit) => unit === said(vihf, names.structure) || (settings.structures[unit] ?? []).includes(said(vihf, names.structure))), names.structure, said(vihf, names.structure));
    }), { source: 'DMP « authentification de la personne morale » ; dmp.md §1.3', code: 'FailedAuthentication' }),
  rule('vihf-sector', 'Secteur_Activite est un code de JDV_J61 : SAxx^1.2.250.1.71.4.2.4.', 'Secteur_Activite is a code of JDV_J61: SAxx^1.2.250.1.71.4.2.4.', given(names.sector, (value) => { const [code = '', system] = value.split('^'); return system === '1.2.250.1.71.4.2.4' && sectors.has(code); })),
  rule('vihf-resource-id', 'resource-id est INS^^^&OID&ISO^NH.', 'resource-id is INS^^^&OID&ISO^NH.', given(names.resource, (value) => insOf(value) !== null)),
  rule('vihf-resource-ins', 'Hors lot de soumission, l’INS de resource-id a une clé juste et un OID d’INS admis.', 'Where there is no submission set, the INS of resource-id has a right key and an INS OID that is allowed.',
    given(names.resource, (value, { lot }) => { const ins = insOf(value); return lot !== null || ins === null || (insKey(ins.value) && insOids.has(ins.oid)); }), { source: 'dmp.md §1.5 patientId' }),
  rule('vihf-ressource-urn', 'Ressource_URN vaut urn:dmp.', 'Ressource_URN is urn:dmp.', given(names.urn, (value) => value === 'urn:dmp')),
  rule('vihf-subject-id', 'subject-id et NameID ne sont pas vides.', 'subject-id and NameID are not empty.', of((vihf) => [...hold(!vihf.attributes.has(names.subject) || said(vihf, names.subject) !== '', names.subject), ...hold(vihf.nameId !== '', 'Subject/NameID')])),
  rule('vihf-name-id', 'NameID est un PS_IdNat (8RPPS, 0ADELI, 3FINESS/interne…).', 'NameID is a PS_IdNat (8RPPS, 0ADELI, 3FINESS/internal…).', of((vihf) => (vihf.nameId === '' ? null : hold(/^(8[0-9]{11}|0[0-9A-Z]{9}|[1-6][0-9A-Z]+\/.+)$/.test(vihf.nameId), 'Subject/NameID', vihf.nameId))), { severity: 'warn' }),
  rule('vihf-role', 'Le premier rôle est un Role CE de JDV_J65 (profession, ou AUTOMATE).', 'The first role is a Role CE of JDV_J65 (profession, or AUTOMATE).',
    of((vihf) => { const [first] = ce(vihf, names.role); return vihf.attributes.has(names.role) ? hold(first !== undefined && wellTyped(first, 'Role') && (roleSystems[first.codeSystem]?.(first.code) ?? false), names.role, first === undefined ? '' : `${first.code}^${first.codeSystem}`) : null; })),
  rule('vihf-role-second', 'Un médecin ou un pharmacien a un second rôle : son savoir-faire.', 'A physician or a pharmacist has a second role: the speciality.',
    of((vihf) => { const [first, second] = ce(vihf, names.role); const system = secondRoleFor[first?.code ?? '']; return first?.codeSystem !== '1.2.250.1.71.1.2.7' || system === undefined ? null : hold(second !== undefined && wellTyped(second, 'Role') && (system === 'any' || system.includes(second.codeSystem)), names.role, second?.codeSystem ?? ''); })),
  rule('vihf-purpose', 'purposeofuse est PurposeOfUse CE « normal » de 1.2.250.1.213.1.1.4.248.', 'purposeofuse is PurposeOfUse CE "normal" of 1.2.250.1.213.1.1.4.248.',
    of((vihf) => { const [first] = ce(vihf, names.purpose); return vihf.attributes.has(names.purpose) ? hold(first !== undefined && wellTyped(first, 'PurposeOfUse') && first.code === 'normal' && first.codeSystem === '1.2.250.1.213.1.1.4.248', names.purpose, first?.code ?? '') : null; })),
  rule('vihf-lps', 'LPS_Nom, LPS_Version et LPS_ID_HOMOLOGATION_DMP ne sont pas vides.', 'LPS_Nom, LPS_Version and LPS_ID_HOMOLOGATION_DMP are not empty.',
    // The homologation number is a secret of the vendor (EX_0.X-1110): never an extract.
    of((vihf) => [names.lpsName, names.lpsVersion, names.lpsHomologation].filter((name) => vihf.attributes.has(name) && said(vihf, name) === '').map((name) => ({ at: name })))),
  rule('vihf-authn', 'AuthnInstant est en UTC et AuthnContextClassRef une classe SAML connue.', 'AuthnInstant is in UTC and AuthnContextClassRef a known SAML class.',
    of((vihf) => [...hold(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$/.test(vihf.authnInstant), 'AuthnStatement/@AuthnInstant', vihf.authnInstant), ...hold(classRefs.has(vihf.classRef), 'AuthnContextClassRef', vihf.classRef)])),
  rule('vihf-air-decl', 'AuthnContextDecl vaut APP_BROWSER_AUTH en AIR, et n’est là que dans ce mode.', 'AuthnContextDecl is APP_BROWSER_AUTH in AIR, and is there in that mode only.',
    of((vihf) => hold(vihf.decl === (said(vihf, names.mode) === 'INDIRECTE_RENFORCEE' ? 'APP_BROWSER_AUTH' : ''), 'AuthnContextDecl', vihf.decl))),
];
