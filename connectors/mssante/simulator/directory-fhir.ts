import type { Directory, Mailbox, Professional, Structure } from './directory-data.ts';

export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string };

const extension = (url: string, value: object): object => ({ url, ...value });
const identifierType = (code: string): object => ({ coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code }] });
const identifier = (code: string, system: string, value: string): object => ({ use: 'official', type: identifierType(code), system, value });
const updated = { versionId: '1', lastUpdated: '2026-11-20T04:00:00.000+01:00', source: 'https://annuaire.sante.fr' };

/** A box is an e-mail with two extensions; without the first it is an ordinary one (mss.md §5.1). */
const telecom = ({ address, type, rank, digitization, service, description }: Mailbox): object => ({
  extension: [
    extension('https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type', { valueCoding: { system: 'https://mos.esante.gouv.fr/NOS/TRE_R256-TypeMessagerie/FHIR/TRE-R256-TypeMessagerie', code: 'MSSANTE' } }),
    extension('https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata', { extension: [
      extension('type', { valueCodeableConcept: { coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R257-TypeBAL/FHIR/TRE-R257-TypeBAL', code: type }] } }),
      ...(description === undefined ? [] : [extension('description', { valueString: description })]), ...(service === undefined ? [] : [extension('service', { valueString: service })]),
      ...(digitization === undefined ? [] : [extension('digitization', { valueBoolean: digitization })]),
    ] }),
  ],
  system: 'email', value: address, ...(rank === undefined ? {} : { rank }),
});

/** Who left is told by id, identifiers and active=false only. */
function practitioner({ rpps, family, given, active, mailboxes }: Professional): Resource {
  const identifiers = [identifier('IDNPS', 'urn:oid:1.2.250.1.71.4.2.1', `8${rpps}`), identifier('RPPS', 'https://rpps.esante.gouv.fr', rpps)];
  const known = { resourceType: 'Practitioner', id: `003-${rpps}`, meta: updated, identifier: identifiers, active };
  return active ? { ...known, name: [{ use: 'usual', family, given: [given], suffix: ['DR'] }], telecom: mailboxes.map(telecom) } : known;
}
function organization({ finess, name, active, mailboxes, email }: Structure): Resource {
  const identifiers = [identifier('IDNST', 'urn:oid:1.2.250.1.71.4.2.2', `1${finess}`), identifier('FINEG', 'https://finess.esante.gouv.fr', finess)];
  const known = { resourceType: 'Organization', id: `001-${finess}`, meta: updated, identifier: identifiers, active };
  return active ? { ...known, name, telecom: [...(email === undefined ? [] : [{ system: 'email', value: email }]), ...mailboxes.map(telecom)] } : known;
}
const roles = ({ rpps, roles: places }: Professional): Resource[] => places.map(({ finess, active, mailboxes }) => ({
  resourceType: 'PractitionerRole', id: `005-${rpps}-${finess}`, meta: updated, active, practitioner: { reference: `Practitioner/003-${rpps}` }, organization: { reference: `Organization/001-${finess}` }, telecom: mailboxes.map(telecom),
}));

export interface Catalogue { readonly Practitioner: readonly Resource[]; readonly PractitionerRole: readonly Resource[]; readonly Organization: readonly Resource[] }
export const catalogueOf = ({ professionals, structures }: Directory): Catalogue => ({ Practitioner: professionals.map(practitioner), PractitionerRole: professionals.flatMap(roles), Organization: structures.map(organization) });

const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value as Record<string, unknown>[] : []);
const reference = (resource: Resource, name: string): string => (resource[name] as { readonly reference?: string } | undefined)?.reference ?? '';
const emails = (resource: Resource): string[] => list(resource.telecom).filter((one) => one.system === 'email' && one.extension !== undefined).map((one) => String(one.value));
const tokenFits = (resource: Resource, given: string): boolean => {
  const [system, value] = given.includes('|') ? given.split('|') : [undefined, given];
  return list(resource.identifier).some((one) => one.value === value && (system === undefined || one.system === system));
};
const any = (given: string, test: (one: string) => boolean): boolean => given.split(',').some(test);
const local = (given: string): string => given.slice(given.lastIndexOf('/') + 1);

/** The parameters that the live server knows, of those its users need. `mailbox-mss-type`, of the guide, is not one (tested by the ANS, June 2026). */
const filters: Readonly<Record<string, ((resource: Resource, given: string) => boolean) | null>> = {
  identifier: (resource, given) => any(given, (one) => tokenFits(resource, one)), _id: (resource, given) => any(given, (one) => resource.id === one), active: (resource, given) => String(resource.active) === given,
  practitioner: (resource, given) => any(given, (one) => local(reference(resource, 'practitioner')) === local(one)), organization: (resource, given) => any(given, (one) => local(reference(resource, 'organization')) === local(one)),
  'mailbox-mss': (resource, given) => emails(resource).some((one) => one.toLowerCase().startsWith(given.toLowerCase())), 'mailbox-mss:exact': (resource, given) => emails(resource).includes(given), 'mailbox-mss:contains': (resource, given) => emails(resource).some((one) => one.toLowerCase().includes(given.toLowerCase())),
  _count: null, _total: null, _elements: null, _include: null, _revinclude: null, _lastUpdated: null, _format: null,
};

/** Matches, then what is included with them; or the name of a parameter that is not known. */
export function search(catalogue: Catalogue, type: keyof Catalogue, query: URLSearchParams): { readonly unknown: string } | { readonly matches: readonly Resource[]; readonly included: readonly Resource[] } {
  let matches = catalogue[type];
  for (const [name, given] of query) {
    const filter = filters[name];
    if (filter === undefined) return { unknown: name };
    if (filter !== null) matches = matches.filter((one) => filter(one, given));
  }
  const included = [
    ...(query.getAll('_revinclude').includes('PractitionerRole:practitioner') ? catalogue.PractitionerRole.filter((one) => matches.some(({ id, resourceType }) => reference(one, 'practitioner') === `${resourceType}/${id}`)) : []),
    ...(query.getAll('_include').includes('PractitionerRole:organization') ? catalogue.Organization.filter(({ id }) => matches.some((one) => reference(one, 'organization') === `Organization/${id}`)) : []),
    ...(query.getAll('_include').includes('PractitionerRole:practitioner') ? catalogue.Practitioner.filter(({ id }) => matches.some((one) => reference(one, 'practitioner') === `Practitioner/${id}`)) : []),
  ];
  return { matches, included };
}
