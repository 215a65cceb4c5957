import type { CodeableConcept, DocumentReference, DocumentReferenceContext, Identifier } from '@medplum/fhirtypes';
import type { CdaHeader, InstanceId } from '../../formats/cda/header.ts';
import type { Building } from '../building.ts';
import { push, put } from '../put.ts';
import { own, v3 } from '../tables/urls.ts';
import { coded, ii, organizationOf, roleOf } from './header-to-people.ts';

/** A CDA as DMP and XDS take it; one that presents itself is a style sheet with the document inside. */
export const contentTypeOf = (header: CdaHeader): string => header.rootElement === 'xsl:stylesheet' ? 'application/xslt+xml' : 'text/xml';

/** relatedDocument/@typeCode → relatesTo.code. */
const relations: Readonly<Record<string, 'replaces' | 'transforms' | 'appends'>> = { RPLC: 'replaces', XFRM: 'transforms', APND: 'appends' };

/** The level the CDA declares; a document that declares none is a normal one. */
export const confidentiality = (header: CdaHeader): CodeableConcept =>
  ({ coding: [{ system: v3('Confidentiality'), code: header.confidentiality.code === '' ? 'N' : header.confidentiality.code }] });

function contextOf(header: CdaHeader): DocumentReferenceContext {
  const context: DocumentReferenceContext = {}, [event] = header.serviceEvents;
  put(context, 'event', header.serviceEvents.flatMap(one => coded(one.code) ?? []));
  const start = event?.low.iso ?? '', end = event?.high.iso ?? '';
  if (start !== '' || end !== '') context.period = { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) };
  const facility = coded(header.encounter?.facilityType ?? null), practice = coded(event?.performer?.organization?.industry ?? null);
  if (facility) context.facilityType = facility;
  if (practice) context.practiceSetting = practice;
  return context;
}

/** The series a document is a version of, in XDS's words: root, or root^extension. */
const setIdentifier = ({ root, extension }: InstanceId): Identifier[] =>
  root === '' ? [] : [{ system: `${own}/document-set`, value: extension === '' ? root : `${root}^${extension}` }];

/** Identity, type, people, place and parents of a document, from its CDA header (inbound.md §11.1, PDSm). */
export function headerToDocumentReference(building: Building, header: CdaHeader, place: string, subject: string): DocumentReference {
  const made: DocumentReference = { resourceType: 'DocumentReference', status: 'current', content: [], subject: { reference: subject } };
  put(made, 'masterIdentifier', ii(header.id));
  // Under a system of ours: a setId may be the first version's id, and superseding that id must not find this document.
  if (header.setId) put(made, 'identifier', setIdentifier(header.setId));
  put(made, 'type', coded(header.code));
  put(made, 'description', header.title);
  for (const author of header.authors) { const url = roleOf(building, author, place); if (url !== '') push(made, 'author', { reference: url }); }
  const signed = roleOf(building, header.legalAuthenticator, place), keeper = organizationOf(building, header.custodian, place);
  if (signed !== '') made.authenticator = { reference: signed };
  if (keeper !== '') made.custodian = { reference: keeper };
  for (const { type, id } of header.relatedDocuments) {
    const identifier = ii(id), code = relations[type];
    if (identifier && code) push(made, 'relatesTo', { code, target: { type: 'DocumentReference', identifier } });
  }
  const context = contextOf(header);
  for (const id of header.inFulfillmentOf) { const identifier = ii(id); if (identifier) push(context, 'related', { identifier }); }
  if (Object.keys(context).length > 0) made.context = context;
  return made;
}
