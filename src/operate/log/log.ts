import { pino, type Logger } from 'pino';
import type { Stage } from '../../domain/stage.ts';

/**
 * One wide event per stage and message: `log.event('deliver', 'attempt', {...})`. The fields are ids, places, codes and
 * durations; never a patient's value (invariant 10). Written without waiting: a slow terminal must not slow a delivery.
 */
export interface EventLog { event(stage: Stage, kind: string, fields: object, level?: 'info' | 'warn' | 'error'): void; flush(): void }

export function createLog(settings: { level: string; file: string | null }): EventLog {
  const destination = pino.destination({ dest: settings.file ?? 1, sync: false, minLength: 4096, mkdir: true });
  const timer = setInterval(() => destination.flush(), 250);
  timer.unref();
  const logger: Logger = pino({ level: settings.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } }, destination);
  return {
    event: (stage, kind, fields, level = 'info') => { logger[level]({ stage, kind, ...fields }); },
    flush: () => { try { destination.flushSync(); } catch { /* not open yet, or already closed */ } },
  };
}
