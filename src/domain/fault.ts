import type { Stage } from './stage.ts';

/** What a fault means for a retry. When one cannot say, it is `ambiguous`: the peer may have taken it. */
export type FaultClass = 'transient' | 'ambiguous' | 'permanent' | 'configuration';
/** Who can mend it. */
export type Blame = 'sender' | 'us' | 'receiver' | 'operator';
export type Severity = 'error' | 'warning' | 'information';

/** How a fault is said to an HL7 v2 peer: MSA-1, ERR-3 (table 0357) and ERR-5 (volet CDA, applicationErrorCondition). */
export interface Hl7Saying { readonly ack: 'AE' | 'AR'; readonly err3: number; readonly err5?: number }

/** One row of the fault catalogue. `{0}`, `{1}`… in a text are places or codes, never a patient's value (invariant 10). */
export interface FaultEntry {
  readonly stage: Stage;
  readonly severity: Severity;
  readonly class: FaultClass;
  readonly blame: Blame;
  readonly text: { readonly fr: string; readonly en: string };
  readonly advice: { readonly fr: string; readonly en: string };
  /** The clause that is broken or applied, e.g. `CI-SIS Transmission CDA-R2 HL7 v2 2.1 §…`. Empty only for faults of our own making. */
  readonly spec: string;
  readonly hl7?: Hl7Saying;
  /** HTTP status of the intake or API answer. */
  readonly http?: number;
  /** OperationOutcome.issue.code (R4 issue-type). */
  readonly issue?: string;
}

/** Declares a part of the catalogue; keeps the literal codes for the union type. */
export function faults<const T extends Record<string, FaultEntry>>(entries: T): T { return entries; }
