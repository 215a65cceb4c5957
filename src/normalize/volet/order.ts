import type { Finding } from '../../domain/finding.ts';
import type { Action } from '../../domain/delivery.ts';
import type { ReadDocument } from '../../formats/reading.ts';

/** A participant of a PRT segment, in the volet's roles (PRT-4: SB, RCT, REPLY). Empty strings when absent. */
export interface Participant {
  readonly place: string;
  readonly kind: 'professional' | 'organization' | 'application' | 'patient' | 'unknown';
  readonly person: { readonly id: string; readonly family: string; readonly given: string; readonly authority: string; readonly type: string } | null;
  readonly organization: { readonly name: string; readonly id: string; readonly type: string; readonly authority: string } | null;
  readonly device: string;
  /** PRT-15.4, the MSSanté address. */
  readonly address: string;
}

/** The ten MetaDMPMSS flags; null when the message does not carry one. */
export interface Flags {
  readonly maskedToProfessionals: boolean | null;
  readonly invisibleToPatient: boolean | null;
  readonly invisibleToRepresentatives: boolean | null;
  readonly secretConnection: boolean | null;
  readonly modifiesConfidentiality: boolean | null;
  readonly toDmp: boolean | null;
  readonly toProfessionals: boolean | null;
  readonly toPatient: boolean | null;
  readonly ackReception: boolean | null;
  readonly ackReading: boolean | null;
}

/**
 * What a message of the volet "Transmission d'un document CDA-R2 en HL7 v2" (or of the LPS volet) orders: the routing is in
 * the message (inbound.md §2). Null for messages outside the volets.
 */
export interface TransmissionOrder {
  readonly volet: 'cda' | 'lps';
  /** MSH-21 version: `1.2`, `2.0`, `2.1`, `1.0`, `1.1`… as received. */
  readonly version: string;
  readonly action: Extract<Action, 'submit' | 'replace' | 'delete'>;
  readonly flags: Flags;
  /** NTE-4 = FIN after DESTMSSANTEPAT: the patient cannot answer (X-MSS-MES: FIN). */
  readonly patientCannotReply: boolean;
  readonly sender: Participant | null;
  readonly recipients: readonly Participant[];
  readonly replyTo: string;
  readonly mailBody: { readonly professionals: string | null; readonly patient: string | null };
  /** PV1-2, for contentTypeCode. */
  readonly patientClass: string;
  readonly documents: readonly ReadDocument[];
  /** TXA-13 or relatedDocument: the uniqueId replaced, '' when none. */
  readonly replaces: string;
  /** Every rule of the volet that is broken, with its clause; an error makes the message AE. */
  readonly findings: readonly Finding[];
}
