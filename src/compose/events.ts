import { catalogue } from '../domain/catalogue.ts';
import type { DeliverEvent } from '../deliver/events.ts';
import type { Noticed } from '../journal/journal.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Metrics } from '../operate/metrics/metrics.ts';

/** What the delivery engine tells, to the log and to the counters, under the same names. */
export function deliveryEvent(event: DeliverEvent, log: EventLog, metrics: Metrics): void {
  const { kind, ...fields } = event;
  switch (event.kind) {
    case 'attempt': metrics.attempt(event); log.event('deliver', kind, fields, event.next === 'refused' ? 'warn' : 'info'); break;
    case 'breaker': metrics.breaker(event.destination, event.state === 'open'); log.event('deliver', kind, fields, event.state === 'open' ? 'warn' : 'info'); break;
    case 'move': log.event('deliver', kind, fields); break;
    case 'trouble': log.event('deliver', kind, fields, 'error'); break;
  }
}

/** What a notice did, or why it did nothing: ids and codes only. `seq` is the mail that brought it. */
export function noticeEvents(seq: number, { closings, unapplied }: Noticed, log: EventLog): void {
  for (const { delivery, code, becomes } of closings) log.event('deliver', 'notice', { seq, delivery, code, to: becomes?.state ?? null });
  for (const code of unapplied) log.event('deliver', 'notice', { seq, delivery: null, code, to: null }, catalogue[code].severity === 'information' ? 'info' : 'warn');
}
