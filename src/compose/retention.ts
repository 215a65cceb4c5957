import type { EventLog } from '../operate/log/log.ts';
import type { Control } from '../operate/control/control.ts';

const everyMs = 3_600_000;

/** Forgets, each hour, what is final and past its retention. @returns what ends it */
export function keepRetention(control: Pick<Control, 'retain'>, log: EventLog): () => void {
  let running = false;
  const round = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      const retained = await control.retain();
      log.event('journal', 'retention', retained);
    } catch (error) {
      // The journal refused (a full disk): the next hour tries again.
      log.event('journal', 'retention-failed', { fault: (error as { code?: unknown }).code ?? 'unknown' }, 'warn');
    } finally { running = false; }
  };
  const timer = setInterval(() => { void round(); }, everyMs);
  timer.unref();
  return () => { clearInterval(timer); };
}
