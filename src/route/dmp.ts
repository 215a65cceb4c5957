import type { PlannedDelivery } from '../domain/delivery.ts';
import { as, type Finding } from '../domain/finding.ts';
import type { DocumentEntry, XdsCode } from '../formats/xds/document-entry.ts';
import { documentEntry } from '../formats/xds/entry.ts';
import { isDmpTypeCode } from '../formats/xds/type-codes.ts';
import type { TransmissionOrder } from '../normalize/volet/order.ts';
import { answerTo } from './answer-to.ts';
import { carriedCda } from './documents.ts';
import { deadlineOf, needs, seriesKey, stateNow } from './needs.ts';
import type { RouteDestination, RouteInput, Row } from './route.ts';

const code = (one: XdsCode | null): string => (one === null ? '' : `${one.code}^^${one.scheme}`);

/** DocumentEntry attributes by their XDS names, as `check` shows them (design.md §6). */
export const entryHeaders = (entry: DocumentEntry): Record<string, unknown> => ({
  uniqueId: entry.uniqueId, typeCode: code(entry.typeCode), classCode: code(entry.classCode), formatCode: code(entry.formatCode),
  patientId: entry.patientId, sourcePatientId: entry.sourcePatientId, title: entry.title, creationTime: entry.creationTime,
  serviceStartTime: entry.serviceStartTime, serviceStopTime: entry.serviceStopTime, languageCode: entry.languageCode, mimeType: entry.mimeType,
  confidentialityCode: entry.confidentialityCode.map(code), practiceSettingCode: code(entry.practiceSettingCode),
  healthcareFacilityTypeCode: code(entry.healthcareFacilityTypeCode), eventCodeList: entry.eventCodeList.map(code),
  author: entry.authors.map((one) => one.person), legalAuthenticator: entry.legalAuthenticator, hash: entry.hash, size: entry.size,
  ...(entry.replaces === '' ? {} : { replaces: entry.replaces }),
});

/**
 * The DMP delivery of a message: one submission for all its documents (N1 and N3 of one report go as a pair). Metadata that
 * the DMP could not take refuse this delivery, not the message: the other destinations still get the document.
 */
export function dmpRow(input: RouteInput, order: TransmissionOrder, destination: RouteDestination): { row: Row; findings: readonly Finding[] } {
  const gated = needs(input, { qualified: true, dmp: true });
  const made = carriedCda(input.reading.documents).map(({ header, sha1, size, name }) => ({ name, ...documentEntry(header, { sha1, size, flags: order.flags }) }));
  const entries = made.map(({ name, entry }) => ({ name, entry }));
  const found = made.flatMap((one) => one.findings);
  const unusable = found.find((one) => one.severity === 'error');
  const refusedType = entries.find(({ entry }) => entry.typeCode !== null && !isDmpTypeCode(entry.typeCode.code))?.entry.typeCode?.code;
  const now: Pick<PlannedDelivery, 'state' | 'reason'> = refusedType !== undefined ? { state: 'refused', reason: { code: 'route.dmp-type-code', args: [refusedType] } }
    : unusable !== undefined ? { state: 'refused', reason: { code: unusable.code, ...(unusable.args === undefined ? {} : { args: unusable.args }) } }
      : stateNow(input, destination, { code: 'route.flag', args: ['DESTDMP'] }, gated);
  const [first] = entries;
  const row: Row = {
    destination: destination.id, system: 'dmp', action: order.action, ...now, recipient: null,
    headers: first === undefined ? {} : { ...entryHeaders(first.entry), ...(entries.length > 1 ? { documents: entries.map(({ entry }) => entryHeaders(entry)) } : {}) },
    series: seriesKey(input), gate: gated, deadline: deadlineOf(input, destination),
    content: {
      entries, action: order.action, replaces: order.replaces, sender: order.sender, patientClass: order.patientClass,
      secretConnection: order.flags.secretConnection === true, answer: answerTo(input, order),
    },
  };
  return { row, findings: found.map((one) => (one.severity === 'error' ? as('warning', one) : one)) };
}
