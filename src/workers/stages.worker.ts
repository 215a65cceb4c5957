import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { factsAsOf } from '../facts/as-of.ts';
import { installationSecret } from '../journal/keys.ts';
import { openSqliteFacts } from '../journal/sqlite/facts-reader.ts';
import { documentRules } from '../compose/document-rules.ts';
import type { Stage, StageTimes } from '../domain/stage.ts';
import { createPlannerFor, type Definitions } from '../plan-settings.ts';
import { abreast, together, type Steps } from './abreast.ts';
import { encodePlan } from './plan-codec.ts';
import { encodePrepared } from './prepared-codec.ts';
import type { PlanJob, PrepareJob, WorkerSettings } from './jobs.ts';
import { idle, workerStart } from './running.ts';

// The pure stages' thread: bytes in, one buffer out. Its only I/O is reading committed facts.
const { data, runs } = workerStart();
const settings = data as WorkerSettings;
const { connectors } = await import(settings.connectors) as { connectors: Definitions };
const planner = createPlannerFor(settings.config, settings.version, connectors, await documentRules(settings.config), installationSecret(settings.keys, 'connectors'));
const sources = new Map(settings.config.sources.map((one) => [one.id, one]));
const facts = openSqliteFacts({ folder: settings.folder, keys: settings.keys });
const port = parentPort;
if (port === null) throw new Error('stages.worker.ts runs in a worker thread only');

function stopwatch(): { readonly times: StageTimes; readonly mark: (stage: Stage) => void } {
  const now = () => performance.timeOrigin + performance.now();
  const stages: [Stage, number][] = [];
  return { times: { since: now(), stages }, mark: (stage) => { stages.push([stage, now()]); } };
}

function* run(job: { kind: 'plan' | 'prepare'; payload: unknown }): Steps<Uint8Array> {
  if (job.kind === 'plan') {
    const { factsBefore, source: id, ...message } = job.payload as PlanJob;
    const source = sources.get(id);
    if (source === undefined) throw new RangeError('no such source');
    const watch = settings.traced ? stopwatch() : null;
    const { plan, outcome } = yield* planner.steps({ ...message, source }, (keys) => (factsBefore === undefined ? facts.facts(keys) : factsAsOf((asked, before) => facts.facts(asked, before), keys, factsBefore)), watch?.mark);
    yield;
    return encodePlan({ ...(watch === null ? {} : { times: watch.times }), plan, findings: outcome.findings.map((one) => `${one.code}@${one.location}`), repeats: outcome.repeats, notice: outcome.notice });
  }
  const { destination, work, bundle, answers } = job.payload as PrepareJob;
  const parsed: unknown = bundle === null ? null : JSON.parse(new TextDecoder().decode(bundle));
  const { envelope, withheld, findings } = planner.prepare(destination, { ...work, bundle: parsed }, answers);
  return encodePrepared(envelope, withheld, findings);
}

/** Kind of error and where it was thrown; its text may quote the message (invariant 10). */
const placeOf = (error: unknown): string => (error instanceof Error ? `${error.name} ${error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))?.trim() ?? ''}` : 'unknown');

interface Job { readonly id: number; readonly kind: 'plan' | 'prepare'; readonly payload: unknown }
interface Result { readonly id: number; readonly bytes?: Uint8Array; readonly error?: string }

/**
 * Results go back in small chunks: the main thread can commit the first while the last is still being made. The messages of a chunk
 * are planned abreast, by the facts of one moment; each alone where its stages are timed.
 */
const chunk = settings.traced ? 1 : 8;
/** Bytes of what runs abreast: all of it is in memory at once, and what is larger runs alone. */
const chunkBytes = 1 << 18;
const sizeOf = ({ kind, payload }: Job): number => (kind === 'plan' ? (payload as PlanJob).bytes : (payload as PrepareJob).bundle)?.length ?? 0;
const resultsOf = (jobs: readonly Job[]): Result[] => facts.during(() =>
  abreast(jobs.map((job) => ({ id: job.id, steps: run(job) })), runs).map((one) => ('value' in one ? { id: one.id, bytes: one.value } : { id: one.id, error: placeOf(one.error) })));

const waiting: Job[] = [];
port.on('message', (first: readonly Job[]) => {
  waiting.push(...first);
  while (waiting.length > 0) {
    // What was sent meanwhile comes along, rather than in chunks of its own.
    for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) waiting.push(...more.message as readonly Job[]);
    const results = resultsOf(waiting.splice(0, together(waiting.slice(0, chunk).map(sizeOf), chunk, chunkBytes)));
    if (waiting.length === 0) runs(idle);
    port.postMessage(results, results.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes.buffer as ArrayBuffer])));
  }
});
runs(idle);
