import type { Response } from 'express';
import { once } from 'node:events';

/** A comment is sent so often, which keeps proxies from closing a quiet stream. */
const usualBeatMs = 15_000;
/** A session is looked at so often: one that was closed, by whatever process, ends its streams with it. */
const usualLookMs = 1000;

/**
 * Server-sent events (HTML Standard §9.2): one JSON a `data:` line, as fast as the peer reads and no faster. Ends when the peer
 * is gone, when there is no more, or when `alive` says no, which is asked every second and before each event: nothing is told to a
 * session that has ended.
 */
export async function streamEvents(response: Response, events: AsyncIterable<unknown>, alive: () => boolean, signal: AbortSignal, { beatMs = usualBeatMs, lookMs = usualLookMs } = {}): Promise<void> {
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  const ended = new AbortController();
  const end = (): void => { ended.abort(); };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const beat = setInterval(() => { response.write(':\n\n'); }, beatMs).unref();
  const open = (): boolean => { try { return alive(); } catch { return false; } };
  const look = setInterval(() => { if (!open()) end(); }, lookMs).unref();
  const iterator = events[Symbol.asyncIterator]();
  const gone = once(ended.signal, 'abort').then(() => ({ done: true as const, value: undefined }), () => ({ done: true as const, value: undefined }));
  try {
    while (!ended.signal.aborted) {
      const next = await Promise.race([iterator.next(), gone]);
      if (next.done === true || !open()) break;
      if (!response.write(`data: ${JSON.stringify(next.value)}\n\n`)) await Promise.race([once(response, 'drain'), gone]);
    }
  } finally {
    clearInterval(beat);
    clearInterval(look);
    signal.removeEventListener('abort', end);
    // Not awaited: an iterator that waits for its next value returns only after it.
    void iterator.return?.();
    response.end();
  }
}
