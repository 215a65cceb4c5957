import type { Alarm } from './alarm.ts';

/** What a connector is given after its signal fired, to say itself what became of the attempt. */
const graceMs = 500;

/**
 * Asks a connector with the time of one attempt. It is told by its signal, then cut off: what never answers must not hold a
 * slot for ever. A promise that was cut off still has its rejection caught.
 * @returns what it answered, `late` when it was cut off, or what `broke` makes of its error
 */
export async function within<T>(ms: number, alarm: Alarm, live: Set<AbortController>, ask: (signal: AbortSignal) => Promise<T>, late: T, broke: (error: unknown) => T): Promise<T> {
  const controller = new AbortController();
  live.add(controller);
  let cancel = (): void => undefined;
  try {
    return await new Promise<T>((answered) => {
      const cutOff = (): void => { cancel(); cancel = alarm(graceMs, () => { answered(late); }); };
      controller.signal.addEventListener('abort', cutOff, { once: true });
      cancel = alarm(ms, () => { controller.abort(); });
      ask(controller.signal).then(answered, (error: unknown) => { answered(broke(error)); });
    });
  } catch (error) {
    return broke(error);
  } finally {
    live.delete(controller);
    cancel();
  }
}
