import type { Alarm } from '../../src/deliver/alarm.ts';

/** Time held in the test's hands: alarms ring in order while it advances, and everything settles between two rings. */
export class TestTime {
  #now: number;
  #alarms: { at: number; ring: () => void }[] = [];
  constructor(now = 1_800_000_000_000) { this.#now = now; }
  readonly clock = (): number => this.#now;
  readonly alarm: Alarm = (ms, ring) => {
    const one = { at: this.#now + ms, ring };
    this.#alarms.push(one);
    return () => { this.#alarms = this.#alarms.filter((other) => other !== one); };
  };
  get alarms(): number { return this.#alarms.length; }
  /** Lets every promise that can go on go on. */
  async settle(): Promise<void> { for (let i = 0; i < 3; i++) await new Promise((next) => { setImmediate(next); }); }
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (;;) {
      let next: { at: number; ring: () => void } | undefined;
      for (const one of this.#alarms) if (one.at <= end && (next === undefined || one.at < next.at)) next = one;
      if (next === undefined) break;
      const due = next;
      this.#alarms = this.#alarms.filter((one) => one !== due);
      this.#now = Math.max(this.#now, due.at);
      due.ring();
      await this.settle();
    }
    this.#now = end;
  }
}
