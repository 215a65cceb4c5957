import type { Connector, LookedUp, Sending } from '../../src/deliver/connector.ts';
import type { DestinationRules, Partner } from '../../src/deliver/destination.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import type { TestTime } from './time.ts';

/** What a partner does with one attempt. `lost`: it never came; `taken`: it was taken but the answer was lost. */
export type Behaviour = 'delivered' | 'busy' | 'refused' | 'lost' | 'taken' | 'hang' | 'throw' | 'misconfigured' | 'submitted';

export interface Arrival { readonly id: number; readonly attempt: number; readonly possibleDuplicate: boolean; readonly at: number; readonly took: boolean; readonly behaviour: Behaviour }

export const rules = (changed: Partial<DestinationRules> = {}): DestinationRules => ({
  id: 'region', production: false, enabled: true, concurrency: 8, attemptMs: 10_000, evidenceMs: 60_000,
  backoff: { firstMs: 1000, maxMs: 60_000 }, breaker: { failures: 5, probeMs: 5000 }, ...changed,
});

/** A partner that does as it is told, and keeps what arrived. */
export class TestPartner implements Connector {
  readonly arrivals: Arrival[] = [];
  readonly taken = new Map<number, number>();
  readonly #time: Pick<TestTime, 'clock' | 'alarm'>;
  /** What the next attempt of a delivery meets. */
  behave: (id: number, attempt: number) => Behaviour = () => 'delivered';
  /** What a question meets: `true` answers the truth, `false` nothing. */
  answers: () => boolean | LookedUp = () => true;
  inFlight = 0;
  mostInFlight = 0;
  onSend: (id: number) => void = () => undefined;
  onSent: (id: number) => void = () => undefined;

  constructor(time: Pick<TestTime, 'clock' | 'alarm'>) { this.#time = time; }

  partner(changed: Partial<DestinationRules> = {}, lookup = true): Partner {
    return { connector: this, capabilities: { lookup, resolve: false }, rules: rules(changed) };
  }

  async send(sending: Sending, signal: AbortSignal): Promise<Receipt> {
    const id = Number(sending.key.split('/')[1]);
    const behaviour = this.behave(id, sending.attempt);
    const took = behaviour === 'delivered' || behaviour === 'taken' || behaviour === 'submitted';
    this.arrivals.push({ id, attempt: sending.attempt, possibleDuplicate: sending.possibleDuplicate, at: this.#time.clock(), took, behaviour });
    if (took) this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    this.onSend(id);
    try {
      await new Promise<void>((next) => { this.#time.alarm(20, next); });
      switch (behaviour) {
        case 'delivered': return { kind: 'delivered', remoteId: `r${String(id)}` };
        case 'submitted': return { kind: 'submitted', correlation: `c${String(id)}`, deadline: this.#time.clock() + 3_600_000 };
        case 'busy': return { kind: 'busy', fault: 'deliver.resolve-failed' };
        case 'refused': return { kind: 'refused', fault: 'deliver.deadline' };
        case 'misconfigured': return { kind: 'refused', fault: 'config.tls-unusable' };
        case 'lost': case 'taken': return { kind: 'unknown', fault: 'deliver.cut-off' };
        case 'throw': throw new Error('Jean DUPONT 279035121518989');
        case 'hang': return await this.#hang(id, signal);
      }
    } finally {
      this.inFlight -= 1;
      this.onSent(id);
    }
  }
  /** Never answers; what it held is let go when it is told to end. */
  async #hang(id: number, signal: AbortSignal): Promise<Receipt> {
    await new Promise<void>((aborted) => { signal.addEventListener('abort', () => { aborted(); }); });
    this.inFlight -= 1;
    this.onSent(id);
    return new Promise<Receipt>(() => undefined);
  }
  async lookup(sending: Sending): Promise<LookedUp> {
    const id = Number(sending.key.split('/')[1]);
    const told = this.answers();
    if (typeof told !== 'boolean') return Promise.resolve(told);
    return Promise.resolve(!told ? 'unknown' : this.taken.has(id) ? 'found' : 'absent');
  }
  async check(): Promise<{ ok: boolean; text: string }> { return Promise.resolve({ ok: true, text: 'test' }); }
  async close(): Promise<void> { return Promise.resolve(); }
}
