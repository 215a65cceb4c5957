import type { DocumentReference } from '@medplum/fhirtypes';
import type { CdaHeader } from '../../formats/cda/header.ts';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { dateTime } from '../datatypes/date-time.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { push } from '../put.ts';
import { tableSystem } from '../tables/code-systems.ts';
import { v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';
import { addOrders, type OrderMessage } from './oru-r01.ts';
import { addPatientVisit, need } from './patient-visit.ts';

/** TXA-12 or 13 says the id of a CDA (root alone, or extension^^root^ISO): what agrees is carried by it. */
function carryId(txa: Tracked, n: number, root: string, extension: string): void {
  const part = txa.part(n);
  if (!part || root === '') return;
  const same = extension === '' ? part.peek(1) === root : part.peek(1) === extension && part.peek(3) === root;
  if (!same) return;
  part.text(1);
  if (extension !== '') { part.text(3); part.text(4); }
}

/** What TXA adds to the document (v2-to-fhir segment-txa-to-documentreference); it repeats the CDA's ids, which win. */
function txaInto(building: Building, txa: Tracked, made: DocumentReference, header: CdaHeader | null): void {
  carryId(txa, 12, header?.id.root ?? '', header?.id.extension ?? '');
  for (const { id } of header?.relatedDocuments ?? []) carryId(txa, 13, id.root, id.extension);
  if (!made.masterIdentifier) {
    const own = txa.part(12)?.all() ?? '';
    if (own !== '') made.masterIdentifier = { system: 'urn:ietf:rfc:3986', value: own };
  }
  const code = txa.peek(2), known = made.type?.coding?.some(coding => coding.code === code) === true;
  const type = concept(txa.part(2), building.facility, v2('0270'));
  if (type && !known) push(made, 'category', type);
  for (const n of [4, 6]) {
    // TXA-6 when it was written, else TXA-4 when it was made known.
    const at = dateTime(txa.peek(n), building.settings.source.timeZone);
    if (at.length > 10 && (n === 6 || txa.peek(6) === '')) { txa.text(n); made.date = at; }
  }
  for (const url of practitionerUrls(building, txa, 9)) push(made, 'author', { reference: url });
  const [signed] = practitionerUrls(building, txa, 22);
  if (signed !== undefined) made.authenticator = { reference: signed };
  const completion = txa.text(17), title = txa.text(25);
  if (completion !== '') made.meta = { tag: [{ system: tableSystem(v2('0271'), completion, building.facility), code: completion }] };
  const [content] = made.content;
  if (title !== '' && content) content.attachment.title = title;
}

/** MDM^T02, T04, T10: one CDA with its order. T04 deletes it, T10 replaces another; the action is the order's. */
export function mdmT02(given: OrderMessage): string[] {
  const { building, ledger } = given;
  if (!need(building, ledger, 'TXA')) return [];
  const visit = addPatientVisit(building, ledger, '', given.sent), header = given.documents[0]?.header ?? null;
  return addOrders(given, visit, made => txaInto(building, ledger.first('TXA'), made, header));
}
