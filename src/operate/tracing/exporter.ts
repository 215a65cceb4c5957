import { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator, TraceIdRatioBasedSampler, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { tracingOver, type NextIds, type Tracing } from './tracing.ts';

export interface TracesTo {
  /** Address of the collector's traces; null: that of the environment. */
  readonly url: string | null;
  /** Share of the messages that are traced, 0 to 1; the same for all of a message's spans. */
  readonly ratio: number;
  readonly version: string;
  /** Spans were lost: the collector did not take them. */
  readonly lost: (spans: number, code: string) => void;
}
export interface OpenTracing extends Tracing { close(): Promise<void> }

/** How long a stopping gateway waits for the collector. */
const lastWordMs = 3000;

/** Tells of what the exporter could not hand over, and else leaves it alone. */
function watched(exporter: SpanExporter, lost: TracesTo['lost']): SpanExporter {
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const { code } = (result.error ?? {}) as { code?: unknown };
        if (result.error !== undefined) lost(spans.length, typeof code === 'number' ? `HTTP ${code}` : typeof code === 'string' ? code : result.error.name);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush === undefined ? {} : { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}

/** Traces to a collector by OTLP over HTTP, in batches behind the work. What the settings do not say, the standard OTEL_* variables do. */
export function exportTraces({ url, ratio, version, lost }: TracesTo): OpenTracing {
  const random = new RandomIdGenerator();
  const next: NextIds = { traceId: null, spanId: null };
  const taken = (which: keyof NextIds): string | null => { const id = next[which]; next[which] = null; return id; };
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'passerelle', 'service.version': version })).merge(detectResources({ detectors: [envDetector] })),
    sampler: new TraceIdRatioBasedSampler(ratio),
    idGenerator: { generateTraceId: () => taken('traceId') ?? random.generateTraceId(), generateSpanId: () => taken('spanId') ?? random.generateSpanId() },
    spanProcessors: [new BatchSpanProcessor(watched(new OTLPTraceExporter(url === null ? {} : { url }), lost))],
  });
  const tracing = tracingOver(provider.getTracer('passerelle', version), next, () => performance.timeOrigin + performance.now());
  return {
    ...tracing,
    close: async () => {
      const late = new Promise<void>((resolve) => { setTimeout(resolve, lastWordMs).unref(); });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}
