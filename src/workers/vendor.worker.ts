import { parentPort } from 'node:worker_threads';
import { connectors } from '../../connectors/index.ts';
import { converted, planOf } from '../compose/judge.ts';
import { shownCheck, shownConversion } from '../compose/judged.ts';
import { openValidator } from '../compose/validator.ts';
import { documentRules } from '../compose/document-rules.ts';
import { splitMessages } from '../formats/hl7v2/split.ts';
import type { Planned } from '../planner.ts';
import { createPlannerFor } from '../plan-settings.ts';
import type { VendorJob, VendorSettings } from './jobs.ts';
import { idle, workerStart } from './running.ts';

// Judging for vendors, in a thread of its own: a large resource must not hold a feed up.
const { data, runs } = workerStart();
const { config, version } = data as VendorSettings;
const planner = createPlannerFor(config, version, connectors, await documentRules(config));
const validator = openValidator({ store: config.packages.folder, packages: config.validation.packages, unknownExtensions: 'warning', language: config.language });
const utf8 = new TextEncoder();

function messages(bytes: Uint8Array, shown: (planned: Planned) => object): Uint8Array {
  const found = splitMessages(bytes);
  return utf8.encode(JSON.stringify({ messages: (found.length === 0 ? [bytes] : found).map((one) => shown(planOf(one, config, planner))) }));
}

function run(job: VendorJob): Uint8Array {
  switch (job.ask) {
    case 'validate': return utf8.encode(JSON.stringify(validator.validate(job.text, { profiles: job.profiles, now: new Date().toISOString() }).outcome));
    case 'check-file': return messages(job.bytes, (planned) => shownCheck(planned, job.language));
    case 'convert-file': return messages(job.bytes, (planned) => shownConversion(planned, job.language));
    case 'convert': return utf8.encode(JSON.stringify(converted(planOf(job.bytes, config, planner))));
  }
}
parentPort?.on('message', (jobs: readonly { id: number; payload: VendorJob }[]) => {
  for (const { id, payload } of jobs) {
    runs(id);
    try { parentPort?.postMessage([{ id, bytes: run(payload) }]); } catch (error) { parentPort?.postMessage([{ id, error: error instanceof Error ? error.name : 'unknown' }]); }
  }
  runs(idle);
});
runs(idle);
