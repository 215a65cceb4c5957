import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as traces, TraceFlags, type Attributes, type Context, type Tracer } from '@opentelemetry/api';
import type { AttemptEvent } from '../../deliver/events.ts';
import type { Stage, StageTimes } from '../../domain/stage.ts';
import type { Journal, NewMessage } from '../../journal/journal.ts';

/** A message that was answered, as the log tells it. */
export interface MessageTraced {
  readonly trace: string; readonly source: string; readonly via: string; readonly type: string; readonly size: number; readonly seq: number | null;
  readonly outcome: string; readonly ack: string | null; readonly deliveries: number; readonly findings: readonly string[]; readonly ms: number;
}

/** Spans under the names of the stages; attributes are ids, codes and counts of the configuration and the log, never a patient's value. */
export interface Tracing {
  /** `intake`, the root: from the whole frame to its acknowledgement. */
  message(event: MessageTraced): void;
  /** The pure stages of a message, as a worker measured them. */
  stages(trace: string, times: StageTimes): void;
  /** One span around a piece of work. */
  around<T>(trace: string, stage: Stage, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** `deliver`: one attempt. */
  attempt(event: AttemptEvent): void;
  /** The same journal, its commits on the way in traced. */
  journal(journal: Journal): Journal;
}

/** The ids of the next root span: a trace has the id it has in the journal. */
export interface NextIds { traceId: string | null; spanId: string | null }

/** Of a message's trace (a UUID): the 16 bytes of the trace, and the span that is its root, its last 8 bytes. */
export const traceIdOf = (trace: string): string => trace.replaceAll('-', '').padStart(32, '0').slice(0, 32);
const rootIdOf = (traceId: string): string => traceId.slice(16);

const attributesOf = (fields: Readonly<Record<string, string | number | boolean | null>>): Attributes =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[`passerelle.${name}`, value]])));

/** @param next read by the provider's id generator */
export function tracingOver(tracer: Tracer, next: NextIds, now: () => number): Tracing {
  const under = (trace: string): Context => {
    const traceId = traceIdOf(trace);
    return traces.setSpanContext(ROOT_CONTEXT, { traceId, spanId: rootIdOf(traceId), traceFlags: TraceFlags.SAMPLED, isRemote: true });
  };
  const span = (context: Context, name: Stage, kind: SpanKind, from: number, to: number, attributes: Attributes, fault: string | null): void => {
    const made = tracer.startSpan(name, { kind, startTime: from, attributes }, context);
    if (fault !== null) made.setStatus({ code: SpanStatusCode.ERROR, message: fault });
    made.end(to);
  };
  const around: Tracing['around'] = async (trace, stage, attributes, work) => {
    const from = now();
    let fault: string | null = null;
    try { return await work(); } catch (error) {
      const { code } = error as { code?: unknown };
      fault = typeof code === 'string' ? code : 'failed';
      throw error;
    } finally { span(under(trace), stage, SpanKind.INTERNAL, from, now(), attributes, fault); }
  };
  return {
    around,
    message: ({ trace, ms, findings, ...fields }) => {
      const traceId = traceIdOf(trace);
      next.traceId = traceId;
      next.spanId = rootIdOf(traceId);
      const to = now();
      span(ROOT_CONTEXT, 'intake', SpanKind.SERVER, to - ms, to, attributesOf({ ...fields, findings: findings.length, trace }), fields.outcome === 'quarantined' || fields.outcome === 'refused' ? fields.outcome : null);
    },
    stages: (trace, { since, stages }) => {
      const context = under(trace);
      let from = since;
      for (const [stage, to] of stages) { span(context, stage, SpanKind.INTERNAL, from, to, {}, null); from = to; }
    },
    attempt: ({ kind: _kind, trace, ms, notBefore: _notBefore, ...fields }) => {
      const to = now();
      span(under(trace), 'deliver', SpanKind.CLIENT, to - ms, to, attributesOf(fields), fields.fault);
    },
    journal: (journal) => {
      const traced = <A extends readonly unknown[], T>(call: (message: NewMessage, ...more: A) => Promise<T>) => (message: NewMessage, ...more: A): Promise<T> =>
        around(message.trace, 'journal', {}, () => call(message, ...more));
      return { ...journal, accept: traced((message, plan) => journal.accept(message, plan)), append: traced((message, stored) => journal.append(message, stored)) };
    },
  };
}
