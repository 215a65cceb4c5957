import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyRingOf } from '../../src/compose/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { toldIn } from '../canary.ts';
import { violations } from './check.ts';
import { startDmp } from './dmp.ts';
import { startLaboratory } from './laboratory.ts';
import { live, type Life } from './life.ts';
import { startLoad } from './load.ts';
import type { Kind } from './messages.ts';
import { seeded } from './random.ts';
import { startRegion } from './region.ts';
import { writeSettings } from './settings.ts';

/** Labelled in the gateway itself, which kills itself there. */
const labelled = ['after-append', 'after-plan', 'after-envelope', 'before-answer', 'after-answer', 'after-settle'] as const;
/** `stored-…`: that partner has stored what it was sent and not answered. `acknowledged`: the sender has just read its answer. `random`: at any time. */
const outside = ['stored-region', 'stored-dmp', 'stored-laboratory', 'acknowledged', 'random'] as const;
export type Point = (typeof labelled)[number] | (typeof outside)[number];
export const points: readonly Point[] = [...labelled, ...outside];

export interface CampaignOptions {
  readonly seed: number;
  /** How often each point is met. */
  readonly times: number;
  readonly points?: readonly Point[];
  readonly control?: 'ack-early' | 'no-lookup';
  /** How long the last life may take to drain; ms. */
  readonly drainMs?: number;
  readonly progress?: (text: string) => void;
}
export interface Campaign {
  readonly violations: readonly string[];
  readonly kills: Readonly<Partial<Record<Point, number>>>;
  /** Messages by kind, and those sent again because the answer did not come. */
  readonly sent: Readonly<Record<Kind, number>>;
  readonly resent: number;
  readonly arrivals: { readonly laboratory: number; readonly laboratoryAgain: number };
}

/** A point that is not met for so long is not met by this life. */
const metWithinMs = 15_000;
const missesMost = 5;
const kindOf = (r: number): Kind => (r < 0.5 ? 'structured' : r < 0.75 ? 'enhanced' : 'document');
const after = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The port of the life that listens now, for whoever waits for one. */
class Door {
  #open: (port: number) => void = () => undefined;
  #port = new Promise<number>((resolve) => { this.#open = resolve; });
  port(): Promise<number> { return this.#port; }
  opened(port: number): void { this.#open(port); }
  closed(): void { this.#port = new Promise((resolve) => { this.#open = resolve; }); }
}

async function drained(folder: string, drainMs: number): Promise<string[]> {
  const asked = await askControl(folder);
  if (asked === null) return ['the last life has no control socket'];
  try {
    const end = Date.now() + drainMs;
    while (Date.now() < end) {
      const { messages, deliveries } = await asked.control.counts();
      if (messages.pipeline + deliveries.waiting + deliveries.submitted === 0) return [];
      await after(100);
    }
    return [`not drained after ${String(drainMs)} ms: ${JSON.stringify(await asked.control.counts())}`];
  } finally { asked.close(); }
}

/** @returns whether it ended in time */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => { resolve(false); }, ms); });
  try { return await Promise.race([work.then(() => true), late]); } finally { clearTimeout(timer); }
}

/** One campaign: lives that end at their points under load, a last one that drains, then everything is counted. */
export async function campaign(options: CampaignOptions): Promise<Campaign> {
  const { drainMs = 90_000 } = options;
  const random = seeded(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-crash-'));
  const [region, dmp, laboratory] = [await startRegion(random), await startDmp(random), await startLaboratory(random)];
  const config = writeSettings(folder, { region: region.url, dmp: dmp.url, laboratory: laboratory.url });
  const lifeOf = (at?: Point, n = 1) => live({ config, log: join(folder, 'gateway.log'), control: options.control ?? null, ...(at === undefined ? {} : { at, after: n }) });
  const door = new Door();
  const load = startLoad({ connections: 4, random, kindOf, port: () => door.port() });
  const problems: string[] = [];
  const kills: Partial<Record<Point, number>> = {};

  /** Kills this life at its point from outside, or lets it do so itself. @returns whether it met it */
  async function end(life: Life, point: Point): Promise<boolean> {
    let count = 1 + Math.floor(random() * 8);
    let met = (labelled as readonly Point[]).includes(point);
    const one = (): void => { count -= 1; if (count === 0) { met = true; life.kill('SIGKILL'); } };
    if (point === 'stored-region') region.onStored = one;
    if (point === 'stored-dmp') dmp.onStored = one;
    if (point === 'stored-laboratory') laboratory.onStored = one;
    if (point === 'acknowledged') load.onAcknowledged = one;
    const timers = [setTimeout(() => { met = false; life.kill('SIGKILL'); }, metWithinMs)];
    if (point === 'random') timers.push(setTimeout(() => { met = true; life.kill('SIGKILL'); }, random() * 1500));
    const how = await life.ended;
    for (const timer of timers) clearTimeout(timer);
    load.onAcknowledged = region.onStored = dmp.onStored = laboratory.onStored = () => undefined;
    if (how !== 'SIGKILL') problems.push(`the gateway ended by itself (${how}): ${life.said()}`);
    return met;
  }

  try {
    const due = Array.from({ length: options.times }, () => options.points ?? points).flat();
    for (let misses = 0; due.length > 0 && problems.length === 0;) {
      const point = due.shift() ?? 'random';
      const life = await lifeOf(point, 1 + Math.floor(random() * 8));
      let met = true;
      if ('port' in life) { door.opened(life.port); met = await end(life, point); door.closed(); }
      if (met) kills[point] = (kills[point] ?? 0) + 1;
      else if (++misses <= missesMost) due.push(point); else problems.push(`${point} was not met in ${String(missesMost)} lives`);
      options.progress?.(`${point}${met ? '' : ' (not met)'}, ${String(due.length)} to come, ${String(load.sent.length)} messages`);
    }
    for (const partner of [region, dmp, laboratory]) partner.wellFromNow();
    const last = await lifeOf();
    if (!('port' in last)) throw new Error('the last life ended before it listened');
    door.opened(last.port);
    if (!await within(drainMs, load.finish())) problems.push('the last messages were never acknowledged');
    problems.push(...await drained(join(folder, 'data'), drainMs));
    last.kill('SIGTERM');
    const how = await last.ended;
    if (how !== '0') problems.push(`the last life ended with ${how}: ${last.said()}`);

    const { keys: _, ...settings } = loadConfig(config);
    const journal = await openSqliteJournal({ folder: settings.data, keys: keyRingOf(loadConfig(config)), clock: Date.now, repeatWindowMs: settings.repeatWindowDays * 86_400_000, crashesBeforeQuarantine: 20 });
    try { problems.push(...await violations({ sent: load.sent, journal, region, dmp, laboratory })); } finally { await journal.close(); }
  } finally {
    await Promise.all([region, dmp, laboratory].map((partner) => partner.close()));
    problems.push(...toldIn(folder, ['keys']));
    if (problems.length === 0) rmSync(folder, { recursive: true }); else options.progress?.(`kept for a look: ${folder}`);
  }
  const count = (kind: Kind): number => load.sent.filter((one) => one.kind === kind).length;
  return {
    violations: problems, kills, sent: { structured: count('structured'), enhanced: count('enhanced'), document: count('document') },
    resent: load.sent.filter(({ attempts }) => attempts > 1).length,
    arrivals: { laboratory: laboratory.arrivals.length, laboratoryAgain: laboratory.arrivals.length - new Set(laboratory.arrivals.map(({ controlId }) => controlId)).size },
  };
}
