/** What the configuration says of traces. */
export interface TraceSettings { readonly endpoint: string | null; readonly percent: number | null }
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether traces are exported, where to and how many; null: not at all. The setting wins over the environment, whose names are
 * OpenTelemetry's own (SDK environment variables, OTLP exporter). `url` null: the exporter reads the environment itself.
 */
export function tracesWanted({ endpoint, percent }: TraceSettings, environment: Environment): { readonly url: string | null; readonly ratio: number } | null {
  const said = (name: string): string => environment[name]?.trim() ?? '';
  if (said('OTEL_SDK_DISABLED').toLowerCase() === 'true' || said('OTEL_TRACES_EXPORTER') === 'none') return null;
  const fromEnvironment = said('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== '' || said('OTEL_EXPORTER_OTLP_ENDPOINT') !== '';
  if (endpoint === null && !fromEnvironment) return null;
  return { url: endpoint, ratio: percent === null ? sampled(said('OTEL_TRACES_SAMPLER'), said('OTEL_TRACES_SAMPLER_ARG')) : percent / 100 };
}

/** Every span of a message is sampled by its trace alone, so that the parent-based samplers are their own roots. */
function sampled(sampler: string, argument: string): number {
  switch (sampler.replace(/^parentbased_/, '')) {
    case 'always_off': return 0;
    case 'traceidratio': { const ratio = Number(argument); return argument !== '' && ratio >= 0 && ratio <= 1 ? ratio : 1; }
    default: return 1;
  }
}
