import type { DiagnosticReport, Practitioner } from '@medplum/fhirtypes';
import { finding } from '../../domain/finding.ts';
import type { Building } from '../building.ts';
import { codeOf } from '../datatypes/cwe.ts';
import { instant } from '../datatypes/date-time.ts';
import { identifierType, authoritySystem } from '../datatypes/identifier.ts';
import { push, put } from '../put.ts';
import { tableSystem } from '../tables/code-systems.ts';
import { reportStatuses } from '../tables/result.ts';
import { extensions, v2, v3 } from '../tables/urls.ts';
import type { Part, Tracked } from '../tracked.ts';
import { businessKey, type OrderNumbers } from './order-numbers.ts';
import { noteText } from './nte-to-text.ts';

/** NDL.1, a person in subcomponents (CNN): id, family, given, further given, suffix, prefix, degree, source, authority, its OID, its type. */
function person(building: Building, part: Part): string {
  const made: Practitioner = { resourceType: 'Practitioner' }, at = (s: number) => part.text(1, s);
  const id = at(1), system = authoritySystem(at(9), at(10), at(11)), family = at(2), given = [at(3), at(4)].filter(text => text !== '');
  if (id !== '') made.identifier = [{ type: identifierType('EI'), ...(system === '' ? {} : { system }), value: id }];
  if (family !== '' || given.length > 0) {
    const prefix = at(6), suffix = at(5);
    made.name = [{ ...(family === '' ? {} : { family }), ...(given.length > 0 ? { given } : {}), ...(prefix === '' ? {} : { prefix: [prefix] }), ...(suffix === '' ? {} : { suffix: [suffix] }) }];
  }
  return made.identifier ?? made.name ? building.once(`NDL|${JSON.stringify(made)}`, () => building.add(made, part.place)) : '';
}

/** OBR-32 interprets, OBR-33 to 35 assist, perform and type (table of v2-to-fhir). */
function putPeople(building: Building, report: DiagnosticReport, obr: Tracked): void {
  for (const part of obr.parts(32)) { const url = person(building, part); if (url !== '') push(report, 'resultsInterpreter', { reference: url }); }
  for (const [n, code] of [[33, 'ASSIST'], [34, 'SPRF'], [35, 'TRANS']] as const) {
    for (const part of obr.parts(n)) {
      const url = person(building, part);
      if (url !== '') push(report, 'performer', { reference: url, extension: [{ url: extensions.event, valueCodeableConcept: { coding: [{ system: v3('ParticipationType'), code }] } }] });
    }
  }
}

/** Status of a report: an unknown or absent one never reads as final. */
function statusOf(building: Building, obr: Tracked): DiagnosticReport['status'] {
  const status = reportStatuses[obr.peek(25)];
  if (status) obr.text(25);
  else building.findings.push(finding('normalize.status-unknown', obr.at(25)));
  return status ?? 'unknown';
}

/** When: OBR-7, to OBR-8 when it has an end. */
export function effective(obr: Tracked | null, zone: string): Pick<DiagnosticReport, 'effectiveDateTime' | 'effectivePeriod'> {
  const start = (obr?.time(zone, 7) ?? ''), end = (obr?.time(zone, 8) ?? '');
  if (end !== '') return { effectivePeriod: { ...(start === '' ? {} : { start }), end } };
  return start === '' ? {} : { effectiveDateTime: start };
}

/** OBR as the report (v2-to-fhir segment-obr-to-diagnosticreport). Its results, specimens and order are tied by the caller. */
export function obrToDiagnosticReport(building: Building, obr: Tracked, notes: readonly Tracked[], numbers: OrderNumbers, subject: string, encounter: string): DiagnosticReport {
  const zone = building.settings.source.timeZone;
  const code = codeOf(building, obr, 4);
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    identifier: [businessKey(building, 'report', numbers.key, code.coding?.[0]?.code ?? code.text ?? ''), ...numbers.identifiers],
    status: statusOf(building, obr),
    category: [{ coding: [{ system: v2('0074'), code: 'LAB' }] }],
    code, subject: { reference: subject }, ...effective(obr, zone),
  };
  if (encounter !== '') report.encounter = { reference: encounter };
  const section = obr.text(24);
  if (section !== '' && section !== 'LAB') push(report, 'category', { coding: [{ system: tableSystem(v2('0074'), section, building.facility), code: section }] });
  const issued = instant(obr.peek(22), zone);
  if (issued !== '') report.issued = obr.time(zone, 22);
  putPeople(building, report, obr);
  put(report, 'conclusion', noteText(notes));
  return report;
}
