import type { DocumentReference } from '@medplum/fhirtypes';
import type { ReadDocument } from '../../formats/reading.ts';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { push } from '../put.ts';
import { orderNumbers } from '../segments/order-numbers.ts';
import type { Ledger, Tracked } from '../tracked.ts';
import { observations } from '../volet/observations.ts';
import type { TransmissionOrder } from '../volet/order.ts';
import { addDocument, type AddedDocument } from './documents.ts';
import { addExchange } from './exchange.ts';
import { orderGroups, type ObxGroup, type OrderGroup } from './groups.ts';
import { addPatientVisit, need, type PatientVisit } from './patient-visit.ts';
import { addRequest, addResults, type Results } from './results.ts';

/** Everything a message with orders needs: ORU^R01, and MDM whose OBX and PRT are the same. */
export interface OrderMessage { readonly building: Building; readonly ledger: Ledger; readonly documents: readonly ReadDocument[]; readonly order: TransmissionOrder | null; readonly controlId: string; readonly sent: string }

/** OBR-4 of a group that has no report of its own is what the documents were made about; the CDA says the same in its code. */
function carryService(group: OrderGroup, obx: Tracked): void {
  if (group.obr?.raw(4) === obx.raw(3)) group.obr.carry(4);
}

function addDocuments(given: OrderMessage, group: OrderGroup, found: readonly ObxGroup[], visit: PatientVisit, request: string, complete: (made: DocumentReference) => void): AddedDocument[] {
  const { building, documents, order, sent } = given;
  return found.flatMap(({ obx }) => {
    const document = documents.find(one => one.place === obx.at(5));
    if (!document) return [];
    carryService(group, obx);
    return [addDocument(building, document, obx, order, { subject: visit.subject, encounter: visit.encounter, request, sent }, made => {
      // A group without order numbers makes no ServiceRequest: what OBR-4 says in other words than OBX-3 is the act documented.
      const service = request === '' && group.obr && !group.obr.isWhole(4) ? concept(group.obr.part(4), building.facility) : null;
      if (service) made.context = { ...made.context, event: [...(made.context?.event ?? []), service] };
      complete(made);
    })];
  });
}

/** Orders, documents and results of a message; returns what the message is about. */
export function addOrders(given: OrderMessage, visit: PatientVisit, complete: (made: DocumentReference) => void = () => undefined): string[] {
  const { building, ledger, order, controlId } = given;
  const roles = new Map(observations(ledger.message, order?.volet ?? null).map(({ segment, role }) => [segment.index, role]));
  const results: Results = { subject: visit.subject, encounter: visit.encounter, orders: new Map(), repeated: new Map(), placed: [] };
  const focus: string[] = [], carried: string[] = [];
  for (const group of orderGroups(ledger)) {
    const files = group.observations.filter(({ obx }) => roles.get(obx.segment.index) === 'document');
    const values = order ? [] : group.observations.filter(({ obx }) => roles.get(obx.segment.index) !== 'document');
    // A volet's OBR announces a document and has no results; elsewhere an OBR without OBX is still a report (cancelled, awaited).
    const made = order ? null : addResults(building, group, values, results);
    const request = made?.report.basedOn?.[0]?.reference ?? (order ? addRequest(building, group, orderNumbers(building, group), results) : '');
    for (const { reference, binary, contentType } of addDocuments(given, group, files, visit, request, complete)) {
      carried.push(reference);
      if (made) push(made.report, 'presentedForm', { contentType, url: binary });
    }
    if (made) focus.push(made.url);
  }
  if (order) addExchange(building, ledger, order, visit.subject, carried, controlId);
  return [...carried, ...focus];
}

/** ORU^R01: structured results, documents in ED, or a document of the volet with its order. */
export function oruR01(given: OrderMessage): string[] {
  if (!need(given.building, given.ledger, 'OBR')) return [];
  return addOrders(given, addPatientVisit(given.building, given.ledger, '', given.sent));
}
