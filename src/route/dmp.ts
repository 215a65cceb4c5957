import type { FaultCode } from '../domain/catalogue.ts';
import type { PlannedDelivery, Reason } from '../domain/delivery.ts';
import { as, finding, type Finding } from '../domain/finding.ts';
import type { DocumentEntry, XdsCode } from '../formats/xds/document-entry.ts';
import { documentEntry } from '../formats/xds/entry.ts';
import { isMinor } from '../formats/xds/visibility.ts';
import { isDmpTypeCode } from '../formats/xds/type-codes.ts';
import type { TransmissionOrder } from '../normalize/volet/order.ts';
import { answerTo } from './answer-to.ts';
import { usualDocuments } from './document-rules.ts';
import { carriedCda } from './documents.ts';
import { deadlineOf, needs, seriesKeys, stateNow } from './needs.ts';
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

/** The message is then refused (AE), not this delivery alone: who may see the document is not clear (DMP EX_2.1-1050). */
const ofTheMessage: ReadonlySet<FaultCode> = new Set(['document.visibility-missing', 'document.masked-twice']);
/** Warnings to other destinations; the DMP requires what they say is missing. */
const requiredByDmp: ReadonlySet<FaultCode> = new Set(['document.metadata-missing', 'document.class-code-unknown']);

interface Judged { readonly entries: readonly { readonly name: string; readonly entry: DocumentEntry }[]; readonly findings: readonly Finding[]; readonly refusal: Reason | null }

/** v3 Confidentiality (2.16.840.1.113883.5.25): restricted, very restricted. */
const restrictedCodes: ReadonlySet<string> = new Set(['R', 'V']);
const restrictedBy = ({ confidentialityCode }: DocumentEntry): string | undefined =>
  confidentialityCode.find(({ code: value, scheme }) => scheme === '2.16.840.1.113883.5.25' && restrictedCodes.has(value))?.code;

/** The documents' metadata, and why the DMP could not take one of them. A deletion submits none: only whose document it is counts. */
function judged({ reading, settings: { documents = usualDocuments } }: RouteInput, { action, flags }: TransmissionOrder): Judged {
  const { tables, maskedAndInvisible, check } = documents;
  const submitted = action !== 'delete';
  const made = carriedCda(reading.documents).map((document) => ({ document, ...documentEntry(document.header, { sha1: document.sha1, size: document.size, flags: submitted ? flags : null, maskedAndInvisible, tables }) }));
  const entries = made.map(({ document, entry }) => ({ name: document.name, entry }));
  const wrongType = entries.find(({ entry }) => entry.typeCode !== null && !isDmpTypeCode(entry.typeCode.code, tables))?.entry.typeCode?.code;
  const own = made.flatMap((one) => one.findings);
  const reasonOf = ({ code, args }: Finding): Reason => ({ code, ...(args === undefined ? {} : { args }) });
  const stops = own.find((one) => one.severity === 'error' || (submitted && requiredByDmp.has(one.code)));
  if (submitted && wrongType !== undefined) return { entries, findings: own, refusal: { code: 'route.dmp-type-code', args: [wrongType] } };
  if (stops !== undefined || !submitted || check === null) return { entries, findings: own, refusal: stops === undefined ? null : reasonOf(stops) };
  const conformity = made.flatMap(({ document }) => check(document.bytes, document.header, document.place));
  const broken = conformity.find((one) => one.severity === 'error');
  return { entries, findings: [...own, ...conformity], refusal: broken === undefined ? null : reasonOf(broken) };
}

/** Both halves of a pair say the same of the message's flags. */
const once = (findings: readonly Finding[]): Finding[] => findings.filter((one, i) => findings.findIndex((other) => other.code === one.code && other.location === one.location && other.text === one.text) === i);

/**
 * The DMP delivery of a message: one submission for all its documents (N1 and N3 of one report go as a pair). Metadata that
 * the DMP could not take refuse this delivery, not the message: the other destinations still get the document.
 * @param unserved several DMP destinations, and none is of the structure that sends
 */
export function dmpRow(input: RouteInput, order: TransmissionOrder, destination: RouteDestination, unserved: boolean): { row: Row; findings: readonly Finding[] } {
  const { entries, findings: found, refusal } = judged(input, order);
  // Withdrawing what should not be shared waits for nobody.
  const restricted = order.action === 'delete' ? undefined : entries.map(({ entry }) => restrictedBy(entry)).find((one) => one !== undefined);
  const gated = { ...needs(input, { qualified: true, dmp: true }), ...(restricted === undefined || destination.restricted === 'send' ? {} : { restricted: true as const }) };
  const wanted = stateNow(input, destination, { code: 'route.flag', args: ['DESTDMP'] }, gated);
  const now: Pick<PlannedDelivery, 'state' | 'reason'> = refusal !== null ? { state: 'refused', reason: refusal }
    : unserved && wanted.state !== 'refused' ? { state: 'held', reason: { code: 'route.dmp-structure' } } : wanted;
  const findings = [...found, ...(restricted === undefined ? [] : [finding('route.dmp-restricted', 'confidentialityCode', restricted)]), ...(unserved ? [finding('route.dmp-structure', 'PRT-8')] : [])];
  const [first] = entries;
  const row: Row = {
    destination: destination.id, system: 'dmp', action: order.action, ...now, recipient: null,
    headers: first === undefined ? {} : { ...entryHeaders(first.entry), ...(entries.length > 1 ? { documents: entries.map(({ entry }) => entryHeaders(entry)) } : {}) },
    series: seriesKeys(input), gate: gated, deadline: deadlineOf(input, destination),
    content: {
      entries, action: order.action, replaces: order.replaces, sender: order.sender, patientClass: order.patientClass,
      // Of a minor only, as their visibility is: an adult's flag says nothing.
      secretConnection: order.flags.secretConnection === true && carriedCda(input.reading.documents).some(({ header }) => isMinor(header)), answer: answerTo(input, order),
    },
  };
  return { row, findings: once(findings).map((one) => (one.severity === 'error' && !ofTheMessage.has(one.code) ? as('warning', one) : one)) };
}
