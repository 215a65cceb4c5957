import { createHash } from 'node:crypto';
import { XmlDocument, XmlElement } from 'libxml2-wasm';

/** XDS metadata of a CDA by XPath over libxml2: written from dmp.md §2.1 without a look at our reader, to be compared with it. */
const ns = { c: 'urn:hl7-org:v3' };
const escaped = (text: string): string => text.replaceAll('\\', '\\E\\').replaceAll('|', '\\F\\').replaceAll('^', '\\S\\').replaceAll('&', '\\T\\').replaceAll('~', '\\R\\');
const insRoots = ['1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11'];

class Place {
  readonly element: XmlElement;
  constructor(element: XmlElement) { this.element = element; }
  all(path: string): Place[] { return this.element.find(path, ns).flatMap((node) => (node instanceof XmlElement ? [new Place(node)] : [])); }
  /** An attribute or the text of the first match, white space collapsed. */
  value(path: string): string { return (this.element.get(path, ns)?.content ?? '').replace(/\s+/g, ' ').trim(); }
}

/** Paris' offset of a wall time, from the runtime's own calendar. */
function parisOffset(wall: Date): string {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' }).formatToParts(new Date(wall.getTime() - 3_600_000)).find((part) => part.type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', '');
}
/** CDA TS to XDS DTM: what is finer than a day goes to UTC. */
function utc(value: string): string {
  const [digits = '', offset = ''] = value.split(/(?=[+-])/);
  if (digits.length <= 8) return digits;
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}T${digits.slice(8, 10)}:${digits.slice(10, 12) || '00'}:${digits.slice(12, 14) || '00'}`;
  const hours = offset === '' ? parisOffset(new Date(`${iso}Z`)) : `${offset.slice(0, 1)}${offset.slice(1).padStart(4, '0').replace(/(..)$/, ':$1')}`;
  return new Date(iso + hours).toISOString().replace(/\D/g, '').slice(0, Math.min(digits.length, 14));
}

const code = (place: Place, path: string): string | null => (place.value(`${path}/@code`) === '' ? null : `${place.value(`${path}/@code`)}^^${place.value(`${path}/@codeSystem`)} ${place.value(`${path}/@displayName`)}`);
const id = (place: Place, path = '.'): string => [place.value(`${path}/@root`), place.value(`${path}/@extension`)].filter((part) => part !== '').join('^');
const cx = (place: Place, type: string): string => `${escaped(place.value('@extension'))}^^^&${place.value('@root')}&ISO^${type}`;

function person(assigned: Place): string {
  const [number] = assigned.all('c:id[@root or @extension]');
  const [root, extension] = [number?.value('@root') ?? '', number?.value('@extension') ?? ''];
  const authority = root === '' ? '' : `&${root}&ISO`;
  const [device] = assigned.all('c:assignedAuthoringDevice');
  if (device !== undefined) return `${escaped(extension)}^${escaped(device.value('c:manufacturerModelName'))}^${escaped(device.value('c:softwareName'))}^^^^^^${authority}^U^^^RI`;
  const part = (name: string): string => ['contains(concat(" ",@qualifier," ")," CL ")', 'contains(concat(" ",@qualifier," ")," SP ")', 'not(@qualifier)', 'true()'].map((which) => assigned.value(`c:assignedPerson/c:name/c:${name}[${which}][normalize-space()]`)).find((text) => text !== '') ?? '';
  if (number === undefined && part('family') === '') return '';
  return `${escaped(extension)}^${escaped(part('family'))}^${escaped(part('given'))}^^^^^^${authority}^D^^^${number === undefined ? '' : insRoots.includes(root) ? 'NH' : extension.includes('/') ? 'EI' : 'IDNPS'}`;
}
function institution(assigned: Place): string[] {
  const [organization] = assigned.all('c:representedOrganization');
  if (organization === undefined) return [];
  const name = escaped(organization.value('c:name'));
  const [national] = organization.all('c:id[@root="1.2.250.1.71.4.2.2" and @extension]');
  if (national !== undefined) return [`${name}^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^${escaped(national.value('@extension'))}`];
  const [other] = organization.all('c:id[@root and @extension]');
  return other === undefined ? (name === '' ? [] : [name]) : [`${name}^^^^^&${other.value('@root')}&ISO^^^^${escaped(other.value('@extension'))}`];
}

/** Every attribute as texts. */
export function cdaByXPath(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const document = XmlDocument.fromBuffer(bytes);
  const [cda] = new Place(document.root).all('//c:ClinicalDocument');
  if (cda === undefined) throw new Error('no ClinicalDocument');
  const patient = cda.all('c:recordTarget/c:patientRole')[0] ?? cda;
  const ins = insRoots.flatMap((root) => patient.all(`c:id[@root="${root}"]`))[0];
  const local = patient.all('c:id[@root and @extension]').find((one) => !insRoots.includes(one.value('@root')) && one.value('@root') !== '1.2.250.1.213.1.4.2');
  const birth = patient.value('c:patient/c:name/c:family[contains(concat(" ",@qualifier," ")," BR ")]');
  const given = ['contains(concat(" ",@qualifier," ")," BR ")', 'not(@qualifier)', 'true()'].map((which) => patient.value(`c:patient/c:name/c:given[${which}]`)).find((text) => text !== '') ?? '';
  const used = ['contains(concat(" ",@qualifier," ")," CL ")', 'contains(concat(" ",@qualifier," ")," SP ")', 'not(@qualifier)', 'true()'].map((which) => patient.value(`c:patient/c:name/c:family[${which}]`)).find((text) => text !== '') ?? '';
  const sex = patient.value('c:patient/c:administrativeGenderCode/@code');
  const [main = cda] = cda.all('c:documentationOf/c:serviceEvent[c:performer/c:assignedEntity/c:representedOrganization/c:standardIndustryClassCode/@code]').concat(cda.all('c:documentationOf/c:serviceEvent'));
  const [signer] = cda.all('c:legalAuthenticator/c:assignedEntity');
  const metadata = {
    uniqueId: id(cda, 'c:id'), patientId: ins === undefined ? '' : cx(ins, 'NH'), sourcePatientId: local !== undefined ? cx(local, 'PI') : ins === undefined ? '' : cx(ins, 'NH'),
    sourcePatientInfo: [`PID-5|${escaped(birth === '' ? used : birth)}^${escaped(given)}^^^^^${birth === '' ? 'D' : 'L'}`, `PID-7|${patient.value('c:patient/c:birthTime/@value').slice(0, 8)}`, `PID-8|${sex === 'M' || sex === 'F' ? sex : 'U'}`],
    title: cda.value('c:title'), creationTime: utc(cda.value('c:effectiveTime/@value')), languageCode: cda.value('c:languageCode/@code'),
    serviceStartTime: utc(main.value('c:effectiveTime/c:low/@value') || main.value('c:effectiveTime/@value')), serviceStopTime: utc(main.value('c:effectiveTime/c:high/@value')),
    mimeType: document.root.name === 'ClinicalDocument' ? 'text/xml' : 'application/xslt+xml', hash: createHash('sha1').update(bytes).digest('hex'), size: bytes.length,
    typeCode: code(cda, 'c:code'), healthcareFacilityTypeCode: code(cda, 'c:componentOf/c:encompassingEncounter/c:location/c:healthCareFacility/c:code'),
    practiceSettingCode: code(main, 'c:performer/c:assignedEntity/c:representedOrganization/c:standardIndustryClassCode'), confidentialityCode: [code(cda, 'c:confidentialityCode')],
    eventCodeList: cda.all('c:documentationOf/c:serviceEvent[c:code/@code]').map((event) => code(event, 'c:code')),
    authors: cda.all('c:author/c:assignedAuthor').map((author) => ({
      person: person(author), institutions: institution(author), roles: author.all('../c:functionCode[@displayName]').map((role) => role.value('@displayName')),
      specialties: author.all('c:code[@code]').map((one) => `${escaped(one.value('@code'))}^${escaped(one.value('@displayName'))}^${one.value('@codeSystem')}`),
    })),
    legalAuthenticator: signer === undefined ? '' : person(signer), referenceIdList: cda.all('c:inFulfillmentOf/c:order/c:id[@root and @extension]').map((order) => cx(order, 'urn:ihe:iti:xds:2013:order')),
    replaces: cda.all('c:relatedDocument[@typeCode="RPLC"]/c:parentDocument/c:id').map((parent) => id(parent))[0] ?? '',
  };
  document.dispose();
  return metadata;
}
