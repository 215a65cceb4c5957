import type { SourceSettings } from '../src/config/model.ts';
import type { Answer, Received } from '../src/intake/accept.ts';
import { Admission } from '../src/intake/admission.ts';
import { Rates } from '../src/intake/rates.ts';
import type { IntakeEvent } from '../src/intake/report.ts';
import { sourcesFrom } from '../src/intake/sources.ts';
import type { IntakePorts } from '../src/intake/take.ts';

export const fakeSource = (over: Partial<SourceSettings> = {}): SourceSettings => ({
  id: 'lis', timeZone: 'Europe/Paris', strictness: 'tolerant', answersTo: null, establishment: null, organisation: 'Labo',
  listeners: ['in'], senders: [], certificate: null, token: null, networks: [], unknownConsent: 'follow', ...over,
});

const field = (bytes: Uint8Array, n: number) => Buffer.from(bytes).toString('latin1').split(/[\r\n]/)[0]?.split('|')[n - 1] ?? '';
const ack = (code: string, bytes: Uint8Array, why = '') => Buffer.from(`MSH|^~\\&|||||||ACK\rMSA|${code}|${field(bytes, 10)}\r${why ? `ERR||||E|||${why}\r` : ''}`);

export interface FakeIntake { readonly ports: IntakePorts; readonly received: Received[]; readonly events: IntakeEvent[] }

/** Ports of a listener without a gateway behind: everything is answered AA, or what `accept` says. */
export function fakeIntake(options: {
  accept?: (received: Received) => Promise<Answer>; sources?: readonly SourceSettings[]; tokens?: Record<string, string>;
  inFlight?: number; waitMs?: number; bytes?: number; closed?: IntakePorts['closed'];
} = {}): FakeIntake {
  const received: Received[] = [];
  const events: IntakeEvent[] = [];
  const answer = options.accept ?? (one => Promise.resolve({ code: 'AA', bytes: ack('AA', one.bytes), trace: `trace-${received.length}` }));
  return {
    received, events,
    ports: {
      accept: one => { received.push(one); return answer(one); },
      sources: sourcesFrom(options.sources ?? [fakeSource()], source => options.tokens?.[source.id] ?? null),
      identify: bytes => ({ sender: `${field(bytes, 3)}|${field(bytes, 4)}`, controlId: field(bytes, 10) }),
      refuse: (head, fault) => ack('AR', head, fault),
      report: event => { events.push(event); },
      admission: new Admission({ inFlight: options.inFlight ?? 64, waitMs: options.waitMs ?? 5000, bytes: options.bytes ?? 1 << 28 }),
      rates: new Rates(new Map((options.sources ?? []).flatMap(({ id, rate = null }) => (rate === null ? [] : [[id, rate] as const]))), () => undefined),
      paceMs: options.waitMs ?? 5000,
      clock: () => 0,
      closed: options.closed ?? (() => null),
    },
  };
}

/** A small message; `id` is MSH-10. */
export const hl7 = (id: string, sender = 'LIS|LABO') => `MSH|^~\\&|${sender}|PFI|REGION|20260101||ORU^R01|${id}|P|2.5\rPID|1\r`;
