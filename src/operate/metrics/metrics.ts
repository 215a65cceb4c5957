import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Counts } from '../../journal/journal.ts';

/** Seconds. From a loopback acknowledgement to a partner that thinks for a minute. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export interface Metrics {
  received(fields: { source: string; type: string; outcome: string; ack: string | null; ms: number; findings: readonly string[] }): void;
  attempt(fields: { destination: string; outcome: string; fault: string | null; ms: number; age: number; next: string }): void;
  breaker(destination: string, open: boolean): void;
  /** The kill switch of a destination. */
  paused(destination: string, paused: boolean): void;
  /** A message of a source that goes faster than its agreed rate. */
  limited(source: string, what: 'delayed' | 'refused'): void;
  connection(fault: string): void;
  /** The incidents open now. */
  incidents(open: readonly { readonly kind: string; readonly severity: string }[]): void;
  /** A notice of an incident: sent, failed (and tried again) or given up. */
  notice(channel: string, outcome: string): void;
  /** The Prometheus text; conservation and backlog are read from the journal at this moment. */
  text(counts: Counts, now: number): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const received = new Counter({ name: 'passerelle_messages_total', help: 'Messages received, by what became of them', labelNames: ['source', 'type', 'outcome', 'ack'], registers });
  const findings = new Counter({ name: 'passerelle_findings_total', help: 'Findings, by code', labelNames: ['source', 'code'], registers });
  const unchecked = new Counter({ name: 'passerelle_bindings_unchecked_total', help: 'Codes left unchecked because their value set is in no package', labelNames: ['source'], registers });
  const answer = new Histogram({ name: 'passerelle_acknowledgement_seconds', help: 'From the whole frame to its acknowledgement', labelNames: ['source'], buckets, registers });
  const attempts = new Counter({ name: 'passerelle_attempts_total', help: 'Delivery attempts, by outcome', labelNames: ['destination', 'outcome', 'fault'], registers });
  const attemptSeconds = new Histogram({ name: 'passerelle_attempt_seconds', help: 'Duration of a delivery attempt', labelNames: ['destination'], buckets, registers });
  const age = new Histogram({ name: 'passerelle_delivery_seconds', help: 'From plan to delivered', labelNames: ['destination'], buckets: [...buckets, 300, 3600, 86_400], registers });
  const breaker = new Gauge({ name: 'passerelle_breaker_open', help: '1 while the destination is not called', labelNames: ['destination'], registers });
  const paused = new Gauge({ name: 'passerelle_destination_paused', help: '1 while a person keeps the destination paused', labelNames: ['destination'], registers });
  const connections = new Counter({ name: 'passerelle_connection_faults_total', help: 'What went wrong on listeners, by fault', labelNames: ['fault'], registers });
  const limited = new Counter({ name: 'passerelle_rate_limited_total', help: 'Messages beyond the agreed rate of their source: delayed, or refused', labelNames: ['source', 'what'], registers });
  const incidents = new Gauge({ name: 'passerelle_incidents_open', help: 'Incidents open, by kind and severity', labelNames: ['kind', 'severity'], registers });
  const notices = new Counter({ name: 'passerelle_incident_notices_total', help: 'Notices of incidents: sent, failed (tried again), given up', labelNames: ['channel', 'outcome'], registers });
  const messages = new Gauge({ name: 'passerelle_conservation_messages', help: 'received = planned + rejected + consumed + repeated + quarantined + pipeline', labelNames: ['class'], registers });
  const deliveries = new Gauge({ name: 'passerelle_conservation_deliveries', help: 'planned = delivered + refused + abandoned + held + waiting + submitted', labelNames: ['class'], registers });
  const backlog = new Gauge({ name: 'passerelle_backlog', help: 'Deliveries of a destination by state', labelNames: ['destination', 'state'], registers });
  const oldest = new Gauge({ name: 'passerelle_backlog_oldest_seconds', help: 'Age of the oldest delivery that is not final', labelNames: ['destination', 'state'], registers });
  const memory = new Gauge({ name: 'process_resident_memory_bytes', help: 'Resident memory', registers });
  return {
    contentType: registry.contentType,
    received: (one) => {
      received.inc({ source: one.source, type: one.type, outcome: one.outcome, ack: one.ack ?? 'none' });
      answer.observe({ source: one.source }, one.ms / 1000);
      for (const found of one.findings) {
        const code = found.split('@')[0] ?? found;
        findings.inc({ source: one.source, code });
        if (code.endsWith('.unchecked')) unchecked.inc({ source: one.source });
      }
    },
    attempt: (one) => {
      attempts.inc({ destination: one.destination, outcome: one.outcome, fault: one.fault ?? 'none' });
      attemptSeconds.observe({ destination: one.destination }, one.ms / 1000);
      if (one.next === 'delivered') age.observe({ destination: one.destination }, one.age / 1000);
    },
    breaker: (destination, open) => breaker.set({ destination }, open ? 1 : 0),
    paused: (destination, on) => paused.set({ destination }, on ? 1 : 0),
    limited: (source, what) => limited.inc({ source, what }),
    connection: (fault) => connections.inc({ fault }),
    incidents: (open) => {
      incidents.reset();
      for (const { kind, severity } of open) incidents.inc({ kind, severity });
    },
    notice: (channel, outcome) => notices.inc({ channel, outcome }),
    text: async (counts, now) => {
      for (const [name, count] of Object.entries(counts.messages)) messages.set({ class: name }, count);
      for (const [name, count] of Object.entries(counts.deliveries)) deliveries.set({ class: name }, count);
      backlog.reset();
      oldest.reset();
      for (const one of counts.perDestination) {
        backlog.set({ destination: one.destination, state: one.state }, one.count);
        if (one.oldest !== null) oldest.set({ destination: one.destination, state: one.state }, (now - one.oldest) / 1000);
      }
      memory.set(process.memoryUsage.rss());
      return registry.metrics();
    },
  };
}
