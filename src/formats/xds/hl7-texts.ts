import type { CdaAssigned, CdaOrganization, InstanceId, NamePart, PersonName } from '../cda/header.ts';

/** CX, XCN and XON as French XDS metadata write them (dmp.md §1.5): CX.5 `NH`, XCN.13 `IDNPS`, XON.7 `IDNST`. */
const escapes: Readonly<Record<string, string>> = { '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' };
export const escaped = (text: string): string => text.replace(/[\\|^&~]/gu, char => escapes[char] ?? char);

const structures = '1.2.250.1.71.4.2.2';

/** The name part of these qualifiers, in their order; else the first part. */
export function part(parts: readonly NamePart[], ...qualifiers: string[]): string {
  for (const qualifier of qualifiers) {
    const found = parts.find(candidate => candidate.qualifier.split(' ').includes(qualifier));
    if (found !== undefined) return found.text;
  }
  return parts[0]?.text ?? '';
}

export const cx = ({ root, extension }: InstanceId, type: string): string => `${escaped(extension)}^^^&${root}&ISO^${type}`;

const xcn = (id: InstanceId | undefined, family: string, given: string, nameType: string, idType: string): string =>
  `${escaped(id?.extension ?? '')}^${escaped(family)}^${escaped(given)}^^^^^^${id === undefined || id.root === '' ? '' : `&${id.root}&ISO`}^${nameType}^^^${idType}`;

const nameOf = ({ family, given }: PersonName): readonly [string, string] => [part(family, 'CL', 'SP', ''), part(given, 'CL', '')];

/** authorPerson, legalAuthenticator: a professional, a patient (INS) or a system. '' when nobody is named. */
export function person({ ids, person: name, device }: CdaAssigned, isIns: (root: string) => boolean): string {
  const id = ids.find(candidate => candidate.extension !== '' || candidate.root !== '');
  if (device !== null) return xcn(id, device.model, device.software, 'U', 'RI');
  if (name === null && id === undefined) return '';
  const [family, given] = name === null ? ['', ''] : nameOf(name);
  // An internal number holds a "/" (structure/number) and is no national identifier of a professional.
  const type = id === undefined ? '' : isIns(id.root) ? 'NH' : id.extension.includes('/') ? 'EI' : 'IDNPS';
  return xcn(id, family, given, 'D', type);
}

/** authorInstitution; '' when neither a name nor a number is given. A null name or number leaves its components empty. */
export function institution(organization: CdaOrganization | null): string {
  if (organization === null) return '';
  const usable = organization.ids.filter(({ root, extension }) => root !== '' && extension !== '');
  const id = usable.find(({ root }) => root === structures) ?? usable[0];
  if (id === undefined) return organization.name === '' ? '' : escaped(organization.name);
  return `${escaped(organization.name)}^^^^^&${id.root}&ISO^${id.root === structures ? 'IDNST' : ''}^^^${escaped(id.extension)}`;
}

export const coded = ({ code, display, system }: { code: string; display: string; system: string }): string => `${escaped(code)}^${escaped(display)}^${system}`;
export const personNameField = (family: string, given: string, type: 'L' | 'D'): string => `PID-5|${escaped(family)}^${escaped(given)}^^^^^${type}`;
