import type { Fact, FactsAt } from '../domain/fact.ts';
import type { Finding } from '../domain/finding.ts';
import type { PlannedDelivery, Settlement, System } from '../domain/delivery.ts';
import type { Source } from '../domain/message.ts';
import type { Repeats } from '../domain/repeats.ts';
import type { Reading } from '../formats/reading.ts';
import type { Normalized } from '../normalize/normalized.ts';
import type { TransmissionOrder } from '../normalize/volet/order.ts';
import { finding } from '../domain/finding.ts';
import { ordered } from './ordered.ts';
import { byRule } from './by-rule.ts';
import { content } from './carries.ts';
import type { DocumentRules } from './document-rules.ts';
import { documentsVerdict } from './documents.ts';
import { withdrawnMovement } from './withdrawn-movement.ts';
import { matchRules, type RouteRule } from './rules.ts';

/** What routing must know of the configuration: no secret, no address. */
export interface RouteDestination {
  readonly id: string;
  readonly system: System;
  readonly production: boolean;
  readonly enabled: boolean;
  /** Its connector exists in this version; else its deliveries are held with that reason. */
  readonly connected: boolean;
  readonly deadlineDays: number;
  /** A DMP's own: the structures (Struct_IdNat) that its certificates speak for. */
  readonly structures?: readonly string[];
  /** A DMP's own: a document of confidentiality R or V waits for a person (`hold`, also when absent) or leaves. */
  readonly restricted?: 'hold' | 'send';
}
export interface RouteSettings {
  readonly destinations: readonly RouteDestination[];
  readonly rules: readonly RouteRule[];
  /** Absent: the tables built in, and no pack. */
  readonly documents?: DocumentRules;
}
export interface RouteSource extends Source { readonly unknownConsent: 'follow' | 'hold' }

export interface RouteInput {
  readonly reading: Reading;
  readonly order: TransmissionOrder | null;
  readonly normalized: Normalized;
  readonly facts: FactsAt;
  readonly source: RouteSource;
  readonly receivedAt: number;
  readonly settings: RouteSettings;
}

/** A row of the plan before its envelope is made. */
export type Row = Omit<PlannedDelivery, 'envelope'>;

export interface Routed {
  readonly rows: readonly Row[];
  readonly settlements: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly facts: readonly Fact[];
  /** Every document of this message came before: of its rows, those that already went are left out when the plan is completed. */
  readonly repeats: Repeats | null;
}

/**
 * The plan: the message's own flags first, then the configuration's rules (design.md §1.6). Pure. An error among the findings
 * rejects the message; nothing is then delivered.
 */
export function route(input: RouteInput): Routed {
  const { order, reading, settings, source } = input;
  const documents = documentsVerdict(input);
  if (documents.findings.some((one) => one.severity === 'error')) return { rows: [], settlements: [], findings: documents.findings, facts: [], repeats: null };

  const flags = order?.volet === 'cda' ? ordered(input, order) : { rows: [], findings: [] };
  const what = content(input);
  const rules = matchRules(settings.rules, { format: reading.format, type: reading.identified.type, source: source.id, carries: what, volet: order?.volet ?? null });
  const ruled = rules.flatMap(({ destination, rule }) => byRule(input, what, destination, rule));
  const rows = [...flags.rows, ...ruled];
  const announced = rows.some(({ system }) => system === 'regional') ? withdrawnMovement(reading) : [];
  const nowhere = rows.length === 0 ? [finding('route.no-destination', '')] : [];
  return { rows, settlements: [], findings: [...documents.findings, ...flags.findings, ...announced, ...nowhere], facts: documents.facts, repeats: documents.repeats };
}
