import { isMailboxAddress } from '../../../src/domain/mailbox-address.ts';
import { plainRpps, plainStructure, type DirectoryMailbox, type Known } from './mailbox.ts';

type Json = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const extension = (of: Json, end: string): Json | undefined => list(of.extension).find(({ url }) => text(url).endsWith(end));

const types: ReadonlySet<string> = new Set(['PER', 'ORG', 'APP', 'CAB']);
const isType = (code: string): code is DirectoryMailbox['type'] => types.has(code);

/** A telecom that is a secure mailbox, by its two extensions (mss.md §5.1); null for an ordinary e-mail, which is never written to. */
function mailbox(telecom: Json, of: { readonly rpps: string; readonly structure: string }): DirectoryMailbox | null {
  const kind = extension(telecom, 'fr-core-contact-point-email-type')?.valueCoding as Json | undefined;
  const metadata = extension(telecom, 'as-ext-mailbox-mss-metadata');
  const address = text(telecom.value);
  if (telecom.system !== 'email' || text(kind?.code) !== 'MSSANTE' || metadata === undefined || !isMailboxAddress(address)) return null;
  const sub = (name: string): Json => extension(metadata, name) ?? {};
  // Some examples carry the type as a code, the live server as a CodeableConcept.
  const type = text(list((sub('type').valueCodeableConcept as Json | undefined)?.coding)[0]?.code) || text(sub('type').valueCode);
  const { valueBoolean: digitization } = sub('digitization');
  return {
    address, type: isType(type) ? type : 'PER', rank: typeof telecom.rank === 'number' ? telecom.rank : null, digitization: typeof digitization === 'boolean' ? digitization : null,
    service: text(sub('service').valueString), description: text(sub('description').valueString), ...of,
  };
}

const identifiers = (resource: Json, code: string): string[] =>
  list(resource.identifier).filter(({ type }) => list((type as Json | undefined)?.coding).some((one) => one.code === code)).map(({ value }) => text(value));
const rppsOf = (resource: Json): string => plainRpps(identifiers(resource, 'RPPS')[0] ?? identifiers(resource, 'IDNPS')[0] ?? '');
const structureOf = (resource: Json): string => plainStructure(identifiers(resource, 'FINEG')[0] ?? identifiers(resource, 'FINEJ')[0] ?? identifiers(resource, 'IDNST')[0] ?? '');
const reference = (resource: Json, name: string): string => text((resource[name] as Json | undefined)?.reference);

/** The mailboxes of resources of one answer: persons, their roles with the structures included, structures. */
export function knownFrom(resources: readonly Json[]): Known {
  const structures = new Map(resources.filter(({ resourceType }) => resourceType === 'Organization').map((one) => [`Organization/${text(one.id)}`, structureOf(one)]));
  const persons = new Map(resources.filter(({ resourceType }) => resourceType === 'Practitioner').map((one) => [`Practitioner/${text(one.id)}`, rppsOf(one)]));
  const active = resources.filter((one) => one.active !== false);
  const mailboxes = active.flatMap((one) => {
    const of = one.resourceType === 'Practitioner' ? { rpps: rppsOf(one), structure: '' }
      : one.resourceType === 'PractitionerRole' ? { rpps: persons.get(reference(one, 'practitioner')) ?? '', structure: structures.get(reference(one, 'organization')) ?? '' }
        : one.resourceType === 'Organization' ? { rpps: '', structure: structureOf(one) } : null;
    return of === null ? [] : list(one.telecom).flatMap((telecom) => mailbox(telecom, of) ?? []);
  });
  return { mailboxes, gone: mailboxes.length === 0 && resources.some((one) => one.active === false) };
}
