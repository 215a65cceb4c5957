import { at, attribute, children, text, type Element } from './element.ts';
import type { CdaAssigned, CdaAuthor, CdaHeader, CdaServiceEvent } from './header.ts';
import { address, coded, id, ids, maybeCoded, organization, personName, telecoms, time, type Reader } from './parts.ts';

const root = '/ClinicalDocument';

/** assignedAuthor, assignedEntity or intendedRecipient: the same parts under slightly different names. */
function assigned(element: Element | null, person = 'assignedPerson', organisation = 'representedOrganization'): CdaAssigned {
  const name = at(element, `${person}/name`);
  const device = at(element, 'assignedAuthoringDevice');
  return {
    ids: ids(element), code: maybeCoded(at(element, 'code')), person: name === null ? null : personName(name),
    device: device === null ? null : { software: text(at(device, 'softwareName')), model: text(at(device, 'manufacturerModelName')) },
    organization: organization(at(element, organisation)), telecoms: telecoms(element),
  };
}

export const authors = (reader: Reader, document: Element): CdaAuthor[] => children(document, 'author').map((author, i) => ({
  ...assigned(at(author, 'assignedAuthor')), time: time(reader, at(author, 'time'), `${root}/author[${i + 1}]/time`), functionCode: maybeCoded(at(author, 'functionCode')),
}));

export function legalAuthenticator(reader: Reader, document: Element): CdaHeader['legalAuthenticator'] {
  const signer = at(document, 'legalAuthenticator');
  return signer === null ? null : { ...assigned(at(signer, 'assignedEntity')), time: time(reader, at(signer, 'time'), `${root}/legalAuthenticator/time`) };
}

export const informationRecipients = (document: Element): CdaAssigned[] =>
  children(document, 'informationRecipient').map(recipient => assigned(at(recipient, 'intendedRecipient'), 'informationRecipient', 'receivedOrganization'));

export const serviceEvents = (reader: Reader, document: Element): CdaServiceEvent[] => children(document, 'documentationOf').map((documentation, i) => {
  const event = at(documentation, 'serviceEvent');
  const place = `${root}/documentationOf[${i + 1}]/serviceEvent/effectiveTime`;
  const performer = at(event, 'performer/assignedEntity');
  return {
    code: maybeCoded(at(event, 'code')), performer: performer === null ? null : assigned(performer),
    low: time(reader, at(event, 'effectiveTime/low') ?? at(event, 'effectiveTime'), `${place}/low`), high: time(reader, at(event, 'effectiveTime/high'), `${place}/high`),
  };
});

export function encounter(reader: Reader, document: Element): CdaHeader['encounter'] {
  const stay = at(document, 'componentOf/encompassingEncounter');
  if (stay === null) return null;
  const place = `${root}/componentOf/encompassingEncounter/effectiveTime`;
  return {
    ids: ids(stay), code: maybeCoded(at(stay, 'code')), facilityType: maybeCoded(at(stay, 'location/healthCareFacility/code')),
    low: time(reader, at(stay, 'effectiveTime/low') ?? at(stay, 'effectiveTime'), `${place}/low`), high: time(reader, at(stay, 'effectiveTime/high'), `${place}/high`),
    facility: organization(at(stay, 'location/healthCareFacility/serviceProviderOrganization')),
  };
}

/** INSEE code of the birth place (COG): `county` for France, `country` for a birth abroad (référentiel INS). */
const cog = /^[0-9][0-9AB][0-9]{3}$/u;
function birthPlace(element: Element | null): CdaHeader['patient']['birthPlace'] {
  const place = at(element, 'birthplace/place');
  if (place === null) return null;
  const codes = [text(at(place, 'addr/county')), text(at(place, 'addr/country')), text(at(place, 'country'))];
  return { text: text(at(place, 'name')) || text(at(place, 'addr/city')), insee: codes.find(code => cog.test(code)) ?? '' };
}

export function patient(reader: Reader, document: Element): CdaHeader['patient'] {
  const role = at(document, 'recordTarget/patientRole');
  const person = at(role, 'patient');
  return {
    ids: ids(role), name: personName(at(person, 'name')), gender: coded(at(person, 'administrativeGenderCode')),
    birthTime: time(reader, at(person, 'birthTime'), `${root}/recordTarget/patientRole/patient/birthTime`), birthPlace: birthPlace(person),
    telecoms: telecoms(role), addresses: children(role, 'addr').map(address).filter(line => line !== ''),
  };
}

export const relatedDocuments = (document: Element): CdaHeader['relatedDocuments'] => children(document, 'relatedDocument').flatMap(related => {
  const parent = id(at(related, 'parentDocument/id'));
  return parent === null ? [] : [{ type: attribute(related, 'typeCode'), id: parent }];
});
