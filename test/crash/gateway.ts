// node test/crash/gateway.ts CONFIG: a gateway that dies by SIGKILL at the CRASH_AFTERth passage of CRASH_AT.
// CONTROL=ack-early: a broken build that answers before the plan is durable. CONTROL=no-lookup: one that never asks.
import { mkdirSync } from 'node:fs';
import { composeGateway } from '../../src/compose/gateway.ts';
import { keyRingOf } from '../../src/compose/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { createLog } from '../../src/operate/log/log.ts';

const config = loadConfig(process.argv[2] ?? null);
mkdirSync(config.data, { recursive: true });
const [at, after] = [process.env.CRASH_AT, Number(process.env.CRASH_AFTER ?? 1)];
let passed = 0;

/** The control build: heads are invented and the commit comes 20 ms after the answer. */
const early = (journal: Journal): Journal => ({
  ...journal,
  accept: (message, plan) => { setTimeout(() => { journal.accept(message, plan).catch(() => undefined); }, 20); return Promise.resolve({ seq: 0, lane: 0, deliveries: [], settled: [] }); },
});

// A gateway without its harness must not live on.
process.on('disconnect', () => { process.kill(process.pid, 'SIGKILL'); });
const gateway = await composeGateway({
  config, keys: keyRingOf(config), version: 'crash', log: createLog({ level: 'warn', file: process.env.CRASH_LOG ?? null }), connectors: new URL('connectors.ts', import.meta.url),
  crashPoint: (name) => { if (name === at && ++passed === after) process.kill(process.pid, 'SIGKILL'); },
  ...(process.env.CONTROL === 'ack-early' ? { wrapJournal: early } : {}),
});
console.log(`listening ${gateway.addresses.get('mllp') ?? ''}`);
process.on('SIGTERM', () => { void gateway.close(10_000).then(() => process.exit(0)); });
