import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from '../../journal/journal.ts';
import { createAlerts, type AlertPorts, type Alerts, type AlertRules, type Looks } from './alerts.ts';
import type { Channel } from './channel.ts';
import type { BreakerSeen } from './conditions.ts';
import { openAlertStore } from './store.ts';

/** Monday 5 January 2026, 08:00 in Paris. */
export const start = Date.parse('2026-01-05T07:00:00Z');
export const minute = 60_000;

const nothing: Counts = {
  messages: { received: 0, planned: 0, rejected: 0, consumed: 0, repeated: 0, quarantined: 0, pipeline: 0 },
  deliveries: { planned: 0, delivered: 0, refused: 0, abandoned: 0, held: 0, waiting: 0, submitted: 0 }, perDestination: [],
};

/** Alerts over a gateway that the test makes see what it wants, with its own hands on the clock. */
export class Watched {
  readonly folder = mkdtempSync(join(tmpdir(), 'passerelle-alerts-'));
  now = start;
  breakers: BreakerSeen[] = [];
  looks: Partial<Looks> = {};
  readonly logged: { kind: string; fields: Record<string, unknown> }[] = [];
  alerts: Alerts;
  readonly #channels: () => readonly Channel[];
  readonly #rules: Partial<AlertRules>;
  #ids = 0;

  constructor(channels: () => readonly Channel[] = () => [], rules: Partial<AlertRules> = {}) {
    this.#channels = channels;
    this.#rules = rules;
    this.alerts = this.#made();
  }

  #made(): Alerts {
    const ports: AlertPorts = {
      rules: { sources: [{ id: 'lab', timeZone: 'Europe/Paris', quietAfterMinutes: null }], backlogMs: () => 30 * minute, diskDays: 14, minFreeMiB: 512, openAfterMs: 2 * minute, closeAfterMs: 5 * minute, ...this.#rules },
      looks: {
        counts: () => this.looks.counts?.() ?? Promise.resolve(nothing), breakers: () => this.breakers, paused: () => new Set(), certificates: () => this.looks.certificates?.() ?? null,
        conservation: () => this.looks.conservation?.() ?? null, checks: () => this.looks.checks?.() ?? null, freeMiB: () => this.looks.freeMiB?.() ?? 100_000,
      },
      store: openAlertStore(this.folder, this.now, (aside) => { this.logged.push({ kind: 'damaged', fields: { aside } }); }),
      channels: this.#channels(), reader: { language: 'fr', timeZone: 'Europe/Paris' }, clock: () => this.now, ids: () => `00000000-0000-4000-8000-${String(++this.#ids).padStart(12, '0')}`,
      log: (kind, fields) => { this.logged.push({ kind, fields: { ...fields } }); }, gauge: () => undefined, counted: () => undefined,
    };
    return createAlerts(ports);
  }

  /** Looks each minute until so many have passed; `each` changes what is seen. */
  async pass(minutes: number, each: (i: number) => void = () => undefined): Promise<void> {
    for (let i = 0; i < minutes; i++) {
      this.now += minute;
      each(i);
      await this.alerts.look();
    }
  }
  async restart(): Promise<void> { await this.alerts.close(); this.alerts = this.#made(); }
  async end(): Promise<void> { await this.alerts.close(); rmSync(this.folder, { recursive: true, force: true }); }
}

export const down = (destination = 'region'): BreakerSeen => ({ destination, breaker: 'open', lastFault: 'deliver.cut-off' });
