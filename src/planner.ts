import type { PlannedDelivery, Reason } from './domain/delivery.ts';
import { links, type FactsAt } from './domain/fact.ts';
import type { ConnectorDefinition, Prepared, Work } from './deliver/connector.ts';
import type { Finding } from './domain/finding.ts';
import type { EmissionCheck } from './emit/emitted.ts';
import { bundleText, ResourceTexts } from './emit/texts.ts';
import { utf8 } from './emit/utf8.ts';
import type { NewPlan } from './journal/journal.ts';

import { decide, understand, type Mark, type Outcome, type PipelineInput, type Understood, type ValidateSettings } from './pipeline.ts';
import type { RouteSettings, Row } from './route/route.ts';
import { refusedAtOnce } from './acknowledge/deliveries.ts';
import { acknowledgementFor } from './acknowledge/plan.ts';

/** A destination's pure half: its connector's definition with its checked settings, and the check of what leaves when one is asked for. */
export interface Preparer { readonly definition: ConnectorDefinition<unknown>; readonly config: unknown; readonly check?: EmissionCheck }
export type Preparers = ReadonlyMap<string, Preparer>;

export interface Planner {
  /** The whole way without sending: what `start` commits and `check` prints. */
  plan(input: PipelineInput, factsOf: (keys: readonly string[]) => FactsAt, mark?: Mark): Planned;
  /** The same in steps, so that several messages may take each of them in turn. */
  steps(input: PipelineInput, factsOf: (keys: readonly string[]) => FactsAt, mark?: Mark): Generator<undefined, Planned, undefined>;
  /** The envelope of one delivery that was planned without one. */
  prepare(destination: string, work: Work, answers: Readonly<Record<string, unknown>> | null): Checked;
}
/** What a connector prepared, and what the destination's profiles say of it. `withheld`: why it may not leave. */
export interface Checked extends Pick<Prepared, 'envelope' | 'headers'> { readonly findings: readonly Finding[]; readonly withheld: Reason | null }
export interface Planned { readonly understood: Understood; readonly outcome: Outcome; readonly plan: NewPlan }

const nothingFound = { findings: [], withheld: null } as const;

/** The keys a later fact could change the plan by: those asked for, and those they were found to be tied to. */
const askedOf = ({ factKeys }: Understood, { known, taught }: FactsAt): Pick<NewPlan, 'asked'> =>
  (taught === undefined ? {} : { asked: { taught, keys: [...new Set([...factKeys, ...known.flatMap(({ fact }) => (links(fact) ? fact.keys : []))])] } });

const documentSizes = (understood: Understood): Work['documents'] =>
  new Map(understood.reading.documents.map(({ name, size, sha1 }) => [name, { size, sha1 }]));

/** Something must be asked before the envelope can be made. */
const mustAsk = ({ capabilities: { resolve } }: ConnectorDefinition<unknown>, { recipient }: Row): boolean => resolve === true || (resolve === 'missing' && recipient === null);

/** Builds the pure stages for one configuration. `version` is stamped on what they decide (invariant 5). */
export function createPlanner(settings: RouteSettings, validation: ValidateSettings, preparers: Preparers, version: string): Planner {
  const prepare: Planner['prepare'] = (destination, work, answers) => {
    const preparer = preparers.get(destination);
    if (preparer === undefined) throw new Error(`no connector prepares destination ${destination}`);
    const { envelope, headers, emitted } = preparer.definition.prepare(work, preparer.config, answers);
    const verdict = preparer.check === undefined || emitted === undefined ? nothingFound : preparer.check(emitted());
    return { envelope, headers, ...verdict };
  };

  /**
   * The envelope is made with the plan when nothing must be asked first: then plan and envelope are one commit. What may not
   * leave is planned as held without its envelope: released, it is made and checked again.
   */
  const withEnvelope = (row: Row, understood: Understood, outcome: Outcome, documents: Work['documents'], texts: ResourceTexts, found: Finding[]): PlannedDelivery => {
    const preparer = preparers.get(row.destination);
    if (row.state !== 'planned' || preparer === undefined || mustAsk(preparer.definition, row)) return { ...row, envelope: null };
    const work: Work = { trace: understood.input.trace, destination: row.destination, action: row.action, content: row.content, gate: row.gate, bundle: outcome.bundle, texts, documents, message: understood.input.bytes };
    try {
      const { envelope, headers, findings, withheld } = prepare(row.destination, work, null);
      found.push(...findings);
      const shown = { ...row, headers: { ...row.headers, ...headers } };
      return withheld === null ? { ...shown, envelope } : { ...shown, state: 'held', reason: withheld, envelope: null };
    } catch (error) {
      // One destination that cannot be prepared must not cost the message its plan (invariant 7): a person sees it held.
      return { ...row, state: 'held', reason: { code: 'deliver.prepare-failed', args: [error instanceof Error ? error.name : 'unknown'] }, envelope: null };
    }
  };

  const steps: Planner['steps'] = function* (input, factsOf, mark) {
    const understood = understand(input, mark);
    yield;
    const facts = factsOf(understood.factKeys);
    const decided = decide(understood, facts, settings, validation, mark);
    mark?.('route');
    yield;
    const documents = documentSizes(understood);
    const found: Finding[] = [];
    const texts = new ResourceTexts();
    const planned = decided.rows.map((row) => withEnvelope(row, understood, decided, documents, texts, found));
    const refusals = planned.filter((one) => one.state === 'refused').flatMap((one) => refusedAtOnce(one, input));
    const deliveries = [...planned, ...refusals.map((row) => withEnvelope(row, understood, decided, documents, texts, found))];
    mark?.('emit');
    yield;
    // Told of the message, never to its sender: the message itself was taken.
    const outcome = found.length === 0 ? decided : { ...decided, findings: [...decided.findings, ...found] };
    const record = { version, findings: outcome.findings, losses: outcome.losses, factsUpTo: facts.upTo, factsUsed: facts.known.map((one) => one.seq), binaries: outcome.binaries };
    return {
      understood, outcome,
      plan: {
        disposition: outcome.disposition, ack: acknowledgementFor(understood.reading, outcome.ack, decided.findings, input),
        bundle: outcome.bundle === null ? null : utf8(bundleText(outcome.bundle, texts)), record: utf8([JSON.stringify(record)]), plannedAt: input.receivedAt,
        facts: outcome.facts, factsUpTo: facts.upTo, ...askedOf(understood, facts), identities: outcome.identities, keys: outcome.keys,
        deliveries, settlements: outcome.settlements,
        documents: new Map(understood.reading.documents.map(({ name, bytes }) => [name, bytes])),
      },
    };
  };
  const plan: Planner['plan'] = (input, factsOf, mark) => {
    const all = steps(input, factsOf, mark);
    for (;;) { const { done, value } = all.next(); if (done === true) return value; }
  };
  return { plan, steps, prepare };
}
