import type { ServiceRequest } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { xtn } from '../datatypes/contact-point.ts';
import { dateTime } from '../datatypes/date-time.ts';
import { ei } from '../datatypes/identifier.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { organizationUrl } from '../datatypes/xon-to-organization.ts';
import type { OrderGroup } from '../messages/groups.ts';
import { push, put } from '../put.ts';
import { tableSystem } from '../tables/code-systems.ts';
import { controlStatuses, orderStatuses, priorities, reportStatuses } from '../tables/result.ts';
import { extensions, v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';
import { businessKey, twin, type OrderNumbers } from './order-numbers.ts';

function statusOf({ orc, obr }: OrderGroup): ServiceRequest['status'] {
  const told = orderStatuses[orc?.text(5) ?? ''] ?? controlStatuses[orc?.peek(1) ?? ''];
  const report = reportStatuses[obr?.peek(25) ?? ''];
  return told ?? (report === 'final' || report === 'corrected' ? 'completed' : report === 'cancelled' ? 'revoked' : 'active');
}

function putRequester(building: Building, request: ServiceRequest, { orc, obr }: OrderGroup): void {
  const where = orc !== null && !orc.isEmpty(12) ? { segment: orc, field: 12 } : obr && { segment: obr, field: 16 };
  if (orc && obr && where?.segment === orc && !obr.isEmpty(16) && obr.raw(16) === orc.raw(12)) obr.carry(16);
  const [practitioner] = where ? practitionerUrls(building, where.segment, where.field) : [];
  const ward = organizationUrl(building, orc?.part(21) ?? null);
  if (ward !== '' && orc) {
    const role = building.add({ resourceType: 'PractitionerRole', ...(practitioner === undefined ? {} : { practitioner: { reference: practitioner } }), organization: { reference: ward } }, orc.at(21));
    request.requester = { reference: role };
  } else if (practitioner !== undefined) request.requester = { reference: practitioner };
  const call = twin(orc, obr, 14, 17), telecom = call?.segment.part(call.field);
  const number = telecom && xtn(telecom);
  if (number) push(request, 'extension', { url: extensions.callback, valueContactPoint: number });
}

function putTiming(request: ServiceRequest, { obr, timings }: OrderGroup, zone: string): void {
  const [tq1] = timings, priority = priorities[tq1?.peek(9) ?? ''] ?? priorities[obr?.peek(5) ?? ''];
  if (priority) {
    request.priority = priority;
    if (priorities[tq1?.peek(9) ?? '']) tq1?.text(9); else obr?.text(5);
  }
  const start = (tq1?.time(zone, 7) ?? ''), end = (tq1?.time(zone, 8) ?? '');
  const wanted = dateTime(obr?.peek(6) ?? '', zone);
  if (start !== '' || end !== '') request.occurrencePeriod = { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) };
  else if (wanted !== '') request.occurrenceDateTime = (obr?.time(zone, 6) ?? '');
}

/** The parent order (OBR-29 or ORC-8, an EIP): the request of this message that has its number, else the number itself. */
function putParent(request: ServiceRequest, segment: Tracked | null, n: number, orders: ReadonlyMap<string, string>): void {
  const part = segment?.part(n);
  if (!part) return;
  for (const c of [1, 2]) {
    const value = part.text(c);
    if (value === '') continue;
    const known = orders.get(value), name = [part.text(c, 2), part.text(c, 3), part.text(c, 4)].filter(text => text !== '').join(' ');
    push(request, 'basedOn', { ...(known === undefined ? { type: 'ServiceRequest' } : { reference: known }), identifier: { value, ...(name === '' ? {} : { assigner: { display: name } }) } });
  }
}

/** ORC and OBR as the order a result answers (v2-to-fhir segment-orc/obr-to-servicerequest). */
export function obrToServiceRequest(building: Building, group: OrderGroup, numbers: OrderNumbers, subject: string, encounter: string, orders: ReadonlyMap<string, string>): ServiceRequest {
  const { orc, obr } = group, zone = building.settings.source.timeZone, local = building.facility;
  const code = concept(obr?.part(4) ?? null, local);
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    identifier: [businessKey(building, 'order', numbers.key, code?.coding?.[0]?.code ?? ''), ...numbers.identifiers],
    status: statusOf(group), intent: obr?.text(11) === 'G' ? 'reflex-order' : 'order',
    category: [{ coding: [{ system: v2('0074'), code: 'LAB' }] }], subject: { reference: subject },
  };
  if (code) request.code = code;
  if (encounter !== '') request.encounter = { reference: encounter };
  const control = orc?.text(1) ?? '';
  if (control !== '') request.meta = { tag: [{ system: tableSystem(v2('0119'), control, local), code: control }] };
  put(request, 'requisition', ei(orc?.part(4) ?? null, 'PGN'));
  put(request, 'authoredOn', (orc?.time(zone, 9) ?? ''));
  putRequester(building, request, group);
  putTiming(request, group, zone);
  putParent(request, orc, 8, orders);
  putParent(request, obr, 29, orders);
  const why = concept(orc?.part(16) ?? null, local);
  if (why) push(request, 'extension', { url: extensions.statusReason, valueCodeableConcept: why });
  for (const part of obr?.parts(31) ?? []) { const reason = concept(part, local); if (reason) push(request, 'reasonCode', reason); }
  for (const n of [46, 47]) for (const part of obr?.parts(n) ?? []) { const detail = concept(part, local); if (detail) push(request, 'orderDetail', detail); }
  const clinical = obr?.part(13)?.all() ?? '';
  if (clinical !== '') push(request, 'note', { text: clinical });
  return request;
}
