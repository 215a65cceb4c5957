import type { Bundle } from '@medplum/fhirtypes';
import type { Finding } from '../domain/finding.ts';
import type { PatientIdentity } from '../domain/identity.ts';
import type { Loss } from '../domain/loss.ts';
import type { SearchKey, Source } from '../domain/message.ts';

export interface NormalizeSettings {
  readonly trace: string;
  readonly source: Source;
  /** Epoch ms: MessageHeader and Provenance recording time. */
  readonly receivedAt: number;
}

/** What normalize makes of a reading. The Bundle is a message Bundle; ids are deterministic (UUIDv5 of the trace and the place). */
export interface Normalized {
  /** Without document bytes: each Binary has contentType and no data; `binaries` says which document fills it. */
  readonly bundle: Bundle;
  /** fullUrl of a Binary → document name (`document-1`). */
  readonly binaries: Readonly<Record<string, string>>;
  readonly identity: PatientIdentity | null;
  readonly findings: readonly Finding[];
  /** Every valued source field that was neither mapped nor carried. */
  readonly losses: readonly Loss[];
  readonly keys: readonly SearchKey[];
}
