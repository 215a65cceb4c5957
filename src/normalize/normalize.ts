import type { Bundle, MessageHeader } from '@medplum/fhirtypes';
import { finding, type Finding } from '../domain/finding.ts';
import type { Loss } from '../domain/loss.ts';
import type { Reading } from '../formats/reading.ts';
import { Building } from './building.ts';
import { controlCharacterFindings } from './control-characters.ts';
import { losses } from './loss.ts';
import { adt, adtEvents } from './messages/adt.ts';
import { cda, cdaHeaderMessage } from './messages/cda.ts';
import { mdmT02 } from './messages/mdm-t02.ts';
import { oruR01 } from './messages/oru-r01.ts';
import { need } from './messages/patient-visit.ts';
import type { Normalized, NormalizeSettings } from './normalized.ts';
import { patientIdentity, patientIdentityOfCda } from './patient-identity.ts';
import { patientKey } from './patient-key.ts';
import { searchKeys } from './search-keys.ts';
import { toProvenance } from './segments/evn-to-provenance.ts';
import { mshToMessageHeader, sentAt } from './segments/msh-to-message-header.ts';
import { localAuthority } from './tables/code-systems.ts';
import { Ledger } from './tracked.ts';
import type { TransmissionOrder } from './volet/order.ts';

type Hl7Reading = Extract<Reading, { format: 'hl7v2' }>;
type CdaReading = Extract<Reading, { format: 'cda' }>;

/** Answers, which carry nothing to map: the pipeline consumes them. */
const answers = new Set(['ACK', 'MCF', 'ZAM']);
const events: Readonly<Record<string, ReadonlySet<string>>> = { ORU: new Set(['R01']), MDM: new Set(['T02', 'T04', 'T10']), ADT: adtEvents };

/** Message Bundle: header first, what it is about in its focus. */
function bundleOf(building: Building, header: MessageHeader, focus: readonly string[], controlId: string, sent: string): Bundle {
  if (focus.length > 0) header.focus = focus.map(reference => ({ reference }));
  return {
    resourceType: 'Bundle', type: 'message',
    ...(controlId === '' ? {} : { identifier: { system: localAuthority(building.facility), value: controlId } }),
    timestamp: sent === '' ? new Date(building.settings.receivedAt).toISOString() : sent,
    entry: building.entries,
  };
}

/** Types of HL7 v2.5 table 0076 that French senders have: named to them. Any other text in MSH-9 may be anything (invariant 10). */
const messageTypes: ReadonlySet<string> = new Set('ACK ADT BAR DFT MDM MFK MFN OML OMG OMP ORL ORM ORR ORU OUL QBP QRY RAS RDE RDS REF RRE RRI RSP SIU SRM VXU ZAM'.split(' '));

/** Why the type or the event is not taken; null when it is. */
function unsupported(type: string, event: string): Finding | null {
  const known = events[type];
  if (!known) return finding('normalize.unsupported-type', 'MSH-9-1', messageTypes.has(type) ? type : '–');
  return known.has(event) ? null : finding('normalize.unsupported-event', 'MSH-9-2', type);
}

function content(building: Building, ledger: Ledger, reading: Hl7Reading, order: TransmissionOrder | null, controlId: string, sent: string): string[] {
  const type = ledger.message.first('MSH').text(9), event = ledger.message.first('MSH').text(9, 2);
  if (!need(building, ledger, 'PID')) return [];
  const given = { building, ledger, documents: reading.documents, order, controlId, sent };
  if (type === 'ORU') return oruR01(given);
  return type === 'MDM' ? mdmT02(given) : adt(building, ledger, event, sent);
}

function ofHl7(reading: Hl7Reading, order: TransmissionOrder | null, settings: NormalizeSettings): Normalized {
  const { message } = reading, ledger = new Ledger(message), msh = ledger.first('MSH');
  const { identity, findings } = patientIdentity(message);
  const building = new Building(settings, msh.peek(4) || msh.peek(3), patientKey(identity, settings.source.id, settings.trace)), controlId = msh.peek(10);
  const header = mshToMessageHeader(msh), sent = sentAt(msh, settings.source.timeZone);
  const headerUrl = building.add(header, 'MSH');
  msh.carry(10);
  if (answers.has(msh.peek(9))) {
    return { bundle: bundleOf(building, header, [], controlId, sent), binaries: {}, identity: null, findings: [], losses: [], keys: searchKeys(controlId, null, null, []) };
  }
  const refused = unsupported(msh.peek(9), msh.peek(9, 2));
  const focus = refused ? [] : content(building, ledger, reading, order, controlId, sent);
  const evn = message.has('EVN') ? ledger.first('EVN') : null;
  building.add(toProvenance(building, controlId, reading.identified.sender, focus.length > 0 ? focus : [headerUrl], evn), 'MSH');
  const lost: Loss[] = losses(ledger);
  building.findings.push(...controlCharacterFindings(message, order));
  // The birth date has its own word (identity.birth-date).
  building.findings.push(...ledger.notDates().filter(place => !/^PID(?:\[\d+\])?-7$/.test(place)).map(place => finding('normalize.not-a-date', place)));
  return {
    bundle: bundleOf(building, header, focus, controlId, sent), binaries: building.binaries, identity,
    // A type that is not written has its own word (hl7v2.no-message-type).
    findings: refused ? [...(msh.peek(9) === '' ? [] : [refused]), ...findings] : [...findings, ...building.findings], losses: lost, keys: searchKeys(controlId, identity, ledger, reading.documents),
  };
}

function ofCda(reading: CdaReading, settings: NormalizeSettings): Normalized {
  const [document] = reading.documents, { header } = document;
  const { identity, findings } = header ? patientIdentityOfCda(header) : { identity: null, findings: [] };
  const building = new Building(settings, header?.custodian?.name ?? '', patientKey(identity, settings.source.id, settings.trace));
  const message = cdaHeaderMessage(header), controlId = header ? [header.id.root, header.id.extension].filter(text => text !== '').join('^') : '';
  building.add(message, document.place);
  const focus = cda(building, document);
  if (focus.length > 0) building.add(toProvenance(building, controlId, reading.identified.sender || settings.source.id, focus, null), document.place);
  return {
    bundle: bundleOf(building, message, focus, controlId, ''), binaries: building.binaries, identity, findings: [...findings, ...building.findings],
    losses: [], keys: searchKeys('', identity, null, reading.documents),
  };
}

/**
 * What was read as a FHIR message Bundle, with what could not be said in FHIR (losses), what is wrong (findings), who it is
 * about and what it can be found by. Pure: the same bytes and settings give the same Bundle. Never throws. `order` is what a
 * message of the volets orders (null elsewhere); its own findings are not repeated.
 */
export function normalize(reading: Reading, order: TransmissionOrder | null, settings: NormalizeSettings): Normalized {
  switch (reading.format) {
    case 'hl7v2': return ofHl7(reading, order, settings);
    case 'cda': return ofCda(reading, settings);
    // A notice says nothing of a patient that our own mail did not; what a person wrote is read by a person.
    case 'mail':
    case 'unknown': return { bundle: { resourceType: 'Bundle', type: 'message' }, binaries: {}, identity: null, findings: [], losses: [], keys: [] };
  }
}
