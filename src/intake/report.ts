import type { FaultCode } from '../domain/catalogue.ts';

/** Something a listener saw that is no message: for the log and the counters. No byte of a message in it (invariant 10). */
export interface IntakeEvent {
  readonly fault: FaultCode;
  readonly listener: string;
  /** Address of the peer, without port; '' for a folder. */
  readonly peer: string;
  /** Bytes concerned, when that says something. */
  readonly size?: number;
  /** Fills `{0}` of the fault's text: a code of TLS or of the system. */
  readonly detail?: string;
}
export type Report = (event: IntakeEvent) => void;

/** What a peer is answered when its message is not taken: an acknowledgement of its format, empty when none is due. `head` may be only the first KB. */
export type Refuse = (head: Uint8Array, fault: FaultCode, detail?: string) => Uint8Array;
