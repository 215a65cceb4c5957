import type { Channel } from './channel.ts';
import type { Ledger } from './ledger.ts';
import { afterFailure, due, noticeKey, type Notice } from './notice.ts';
import { tell, type Reader } from './words.ts';

export interface OutboxPorts {
  readonly ledger: Ledger;
  readonly channels: readonly Channel[];
  readonly reader: Reader;
  readonly clock: () => number;
  /** One notice sent, tried in vain or given up: channel, what, and a code. */
  readonly tell: (notice: Notice, outcome: 'sent' | 'failed' | 'given-up', code: string) => void;
}

/** Sends what waits, one at a time on each channel. A channel that fails is left alone until its next turn. */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #busy = new Set<string>();
  constructor(ports: OutboxPorts) { this.#ports = ports; }

  /** Never rejects. Resolves when nothing more can go now. */
  async send(): Promise<void> {
    await Promise.all(this.#ports.channels.map(async (channel) => {
      if (this.#busy.has(channel.name)) return;
      this.#busy.add(channel.name);
      try { await this.#drain(channel); } finally { this.#busy.delete(channel.name); }
    }));
  }

  async #drain(channel: Channel): Promise<void> {
    const { ledger, clock } = this.#ports;
    for (let next = due(ledger.notices, channel.name, clock())[0]; next !== undefined; next = due(ledger.notices, channel.name, clock())[0]) {
      if (!await this.#one(channel, next)) return;
    }
  }

  async #one(channel: Channel, notice: Notice): Promise<boolean> {
    const { ledger, reader, clock } = this.#ports;
    const incident = ledger.find(notice.incident);
    if (incident === null) { ledger.noted({ ...notice, state: 'failed', at: clock() }); return true; }
    // What is told of an opening late is told as of an opening.
    const shown = notice.what === 'closed' ? incident : { ...incident, closedAt: null };
    try {
      await channel.send({ key: noticeKey(notice), what: notice.what, at: notice.madeAt, incident: shown, told: tell(shown, reader) });
      ledger.noted({ ...notice, state: 'sent', at: clock(), tries: notice.tries + 1 });
      this.#ports.tell(notice, 'sent', '');
      return true;
    } catch (error) {
      const after = afterFailure(notice, clock());
      const { code } = error as { code?: unknown };
      ledger.noted(after);
      this.#ports.tell(notice, after.state === 'failed' ? 'given-up' : 'failed', typeof code === 'string' ? code : 'unknown');
      return false;
    }
  }
}
