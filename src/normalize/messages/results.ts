import type { DiagnosticReport, Identifier, Observation } from '@medplum/fhirtypes';
import { finding } from '../../domain/finding.ts';
import type { Building } from '../building.ts';
import { push } from '../put.ts';
import { effective, obrToDiagnosticReport } from '../segments/obr-to-diagnostic-report.ts';
import { obrToServiceRequest } from '../segments/obr-to-service-request.ts';
import { obxToObservation } from '../segments/obx-to-observation.ts';
import { businessKey, orderNumbers, type OrderNumbers } from '../segments/order-numbers.ts';
import { obrToSpecimen, spmToSpecimen } from '../segments/spm-to-specimen.ts';
import type { ObxGroup, OrderGroup } from './groups.ts';
import { textLines, wholeText } from './text-lines.ts';

/** Types of OBX-2 that laboratories write one line an OBX. */
const lineTypes = new Set(['TX', 'FT', 'ST', 'ED', '']);

/** An Observation in the Bundle, found again by the results that belong under it. */
interface Placed { readonly observation: Observation; readonly url: string; readonly code: string; readonly sub: string; readonly order: readonly Identifier[] }

/** What the orders of one message share. */
export interface Results {
  readonly subject: string;
  readonly encounter: string;
  /** Order numbers (placer or filler) → ServiceRequest. */
  readonly orders: Map<string, string>;
  /** How many orders have one number and one service. */
  readonly repeated: Map<string, number>;
  readonly placed: Placed[];
}

/** Order, from ORC and OBR; '' when nothing numbers it. */
export function addRequest(building: Building, group: OrderGroup, numbers: OrderNumbers, results: Results): string {
  if (numbers.identifiers.length === 0) return '';
  const request = obrToServiceRequest(building, group, numbers, results.subject, results.encounter, results.orders);
  const url = building.add(request, (group.obr ?? group.orc)?.place ?? 'ORC');
  for (const { value } of numbers.identifiers) if (value !== undefined) results.orders.set(value, url);
  return url;
}

/**
 * Numbers of the group's order. Laboratories give the number of the request to each OBR, and a request may have one service
 * twice (two blood cultures): the second would take the place of the first one's report, and of its results.
 */
function numbersOf(building: Building, group: OrderGroup, { repeated }: Results): OrderNumbers {
  const numbers = orderNumbers(building, group), service = `${numbers.key}|${serviceOf(group)}`, rank = (repeated.get(service) ?? 0) + 1;
  repeated.set(service, rank);
  if (rank === 1 || !group.obr) return numbers;
  building.findings.push(finding('normalize.order-repeated', group.obr.at(3)));
  return { ...numbers, key: `${numbers.key}|${rank}` };
}

/** Code of what was asked, or its words. */
const serviceOf = ({ obr }: OrderGroup): string => obr === null ? '' : obr.peek(4) || obr.peek(4, 2);

function addSpecimens(building: Building, group: OrderGroup, numbers: OrderNumbers, subject: string): string[] {
  const order = `${numbers.key}|${serviceOf(group)}`, seen = new Map<string, number>();
  const urls = group.specimens.map(spm => building.add(spmToSpecimen(building, spm, subject, order, seen), spm.place));
  const from = urls.length === 0 && group.obr ? obrToSpecimen(building, group.obr, subject, order) : null;
  return from && group.obr ? [building.add(from, group.obr.at(15))] : urls;
}

/**
 * Results of the same OBX-4 belong to the first of them, and `1.2` to `1`: an organism with its count and its antibiogram. A
 * laboratory that writes one sub-id everywhere groups nothing, so that is not taken for a hierarchy.
 */
function tieBySubId(members: readonly Placed[]): Set<Placed> {
  const tied = new Set<Placed>(), heads = new Map<string, Placed>();
  for (const one of members) if (one.sub !== '' && !heads.has(one.sub)) heads.set(one.sub, one);
  if (heads.size < 2) return tied;
  for (const one of members) {
    if (one.sub === '') continue;
    const head = heads.get(one.sub), parent = head === one ? heads.get(one.sub.slice(0, Math.max(0, one.sub.lastIndexOf('.')))) : head;
    if (!parent || parent === one) continue;
    push(parent.observation, 'hasMember', { reference: one.url });
    tied.add(one);
  }
  return tied;
}

/**
 * OBR-26 names the result, earlier in the message, that a whole order details: an antibiogram under its organism. It is one of
 * the order that OBR-29 names (HL7 v2.5 §7.4.1.26): each culture of a message numbers its organisms from 1.
 */
function tieToParent(building: Building, { obr }: OrderGroup, members: readonly Placed[], tied: ReadonlySet<Placed>, results: Results): void {
  const part = obr?.part(26), order = obr?.part(29);
  if (!obr || !part) return;
  const [code, sub] = [part.peek(1), part.peek(2)], numbers = [order?.peek(1) ?? '', order?.peek(2) ?? ''].filter(one => one !== '');
  const named = results.placed.filter(one => one.code === code && one.sub === sub && !members.includes(one)
    && (numbers.length === 0 || one.order.some(({ value = '' }) => numbers.includes(value))));
  const [parent, other] = named;
  if (!parent) return;
  // Under another organism it would be read as that one's: it stays under none.
  if (other) { building.findings.push(finding('normalize.parent-unclear', obr.at(26))); return; }
  part.all();
  push(parent.observation, 'hasMember', ...members.filter(one => !tied.has(one)).map(one => ({ reference: one.url })));
}

function addObservations(building: Building, group: OrderGroup, found: readonly ObxGroup[], numbers: OrderNumbers, results: Results, request: string, specimen: string): Placed[] {
  const seen = new Map<string, number>(), service = group.obr?.peek(4) ?? '', at = effective(group.obr, building.settings.source.timeZone);
  return textLines(found).map(one => {
    const { obx, more } = one, code = obx.peek(3) || obx.peek(3, 2), sub = obx.peek(4);
    const observation = obxToObservation(building, one, { category: 'laboratory', subject: results.subject, encounter: results.encounter, basedOn: request, specimen, effective: at });
    if (more.length > 0) observation.valueString = wholeText(observation.valueString ?? '', more);
    // Code and sub-id, then the rank among equals: OBX-1 may change when a report is sent again, these do not.
    const key = `${code}|${sub}`, rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    // Texts are told apart by their rank, as they are read; two measures are not, once one of them comes alone.
    if (rank > 0 && !lineTypes.has(obx.peek(2))) building.findings.push(finding('normalize.result-repeated', obx.at(4)));
    const own = businessKey(building, 'observation', numbers.key, service, rank === 0 ? key : `${key}|${rank + 1}`);
    observation.identifier = observation.identifier ? [own, ...observation.identifier] : [own];
    return { observation, url: building.add(observation, obx.place), code, sub, order: numbers.identifiers };
  });
}

/**
 * One ORC/OBR group with results: ServiceRequest, Specimens, Observations and the DiagnosticReport that gathers them.
 * Returns the report and its fullUrl, which the message is about.
 */
export function addResults(building: Building, group: OrderGroup, found: readonly ObxGroup[], results: Results): { report: DiagnosticReport; url: string } | null {
  const { obr } = group, numbers = numbersOf(building, group, results);
  const request = addRequest(building, group, numbers, results), specimens = addSpecimens(building, group, numbers, results.subject);
  const members = addObservations(building, group, found, numbers, results, request, specimens.length === 1 ? specimens[0] ?? '' : '');
  const tied = tieBySubId(members);
  if (!obr) return null;
  tieToParent(building, group, members, tied, results);
  results.placed.push(...members);
  const report = obrToDiagnosticReport(building, obr, group.notes, numbers, results.subject, results.encounter);
  if (request !== '') report.basedOn = [{ reference: request }];
  if (specimens.length > 0) report.specimen = specimens.map(reference => ({ reference }));
  for (const one of members) if (!tied.has(one)) push(report, 'result', { reference: one.url });
  return { report, url: building.add(report, obr.place) };
}
