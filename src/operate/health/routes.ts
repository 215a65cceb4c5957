import { Router } from 'express';
import type { Clock } from '../../domain/clock.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Metrics } from '../metrics/metrics.ts';

export interface HealthPorts {
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Reasons why the gateway should get no traffic now; empty when ready. Codes, no values. */
  unready(): readonly string[];
  /** Destinations that a person paused: the gateway still takes messages, and keeps what is for them. */
  paused(): readonly string[];
}

/** `/health/live`: the process turns. `/health/ready`: it can take messages; of destinations that a person paused, it tells strangers how many, not which. */
export function healthRoutes({ unready, paused }: Pick<HealthPorts, 'unready' | 'paused'>): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => { response.json({ status: 'live' }); });
  router.get('/health/ready', (_request, response) => {
    const reasons = unready();
    response.status(reasons.length === 0 ? 200 : 503).json({ status: reasons.length === 0 ? 'ready' : 'not-ready', reasons, pausedDestinations: paused().length });
  });
  return router;
}

/** `/metrics` in Prometheus' text format. */
export function metricsRoutes({ journal, metrics, clock }: HealthPorts): Router {
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    const counts = await journal.counts();
    response.type(metrics.contentType).send(await metrics.text(counts, clock()));
  });
  return router;
}
