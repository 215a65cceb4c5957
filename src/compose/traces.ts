import type { Config } from '../config/model.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { OpenTracing } from '../operate/tracing/exporter.ts';
import { tracesWanted } from '../operate/tracing/wanted.ts';

const tellEveryMs = 600_000;

/** Traces, where the configuration or the environment asks for them; nothing is loaded else. */
export async function openTraces({ traces }: Pick<Config, 'traces'>, version: string, log: EventLog): Promise<OpenTracing | null> {
  const wanted = tracesWanted(traces, process.env);
  if (wanted === null) return null;
  const { exportTraces } = await import('../operate/tracing/exporter.ts');
  let spansLost = 0;
  let toldAt = -Infinity;
  return exportTraces({
    ...wanted, version,
    lost: (spans, code) => {
      spansLost += spans;
      if (performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      log.event('operate', 'traces-lost', { spans: spansLost, code }, 'warn');
      spansLost = 0;
    },
  });
}
