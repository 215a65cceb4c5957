import type { Finding } from '../domain/finding.ts';
import type { Reason } from '../domain/delivery.ts';

/** A FHIR resource that leaves in one step of an envelope: plain JSON, the bytes of documents left out. */
export interface Emitted { readonly step: string; readonly resource: unknown }

/** What was found of all that would leave in one delivery. `withheld`: why it may not leave; null when it may. */
export interface EmissionVerdict { readonly findings: readonly Finding[]; readonly withheld: Reason | null }

/** Checks what leaves against the profiles a destination pins (design.md §1, step 7). */
export type EmissionCheck = (emitted: readonly Emitted[]) => EmissionVerdict;
