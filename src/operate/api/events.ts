import type { Response } from 'express';
import { once } from 'node:events';

/** A comment is sent so often, which keeps proxies from closing a quiet stream, and tells a session that has ended. */
const usualBeatMs = 15_000;

/**
 * Server-sent events (HTML Standard §9.2): one JSON a `data:` line, as fast as the peer reads and no faster. Ends when the peer
 * is gone, when there is no more, or when `alive` says no at a beat.
 */
export async function streamEvents(response: Response, events: AsyncIterable<unknown>, alive: () => boolean, signal: AbortSignal, beatMs = usualBeatMs): Promise<void> {
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  const beat = setInterval(() => { if (alive()) response.write(':\n\n'); else response.end(); }, beatMs);
  beat.unref();
  const iterator = events[Symbol.asyncIterator]();
  const gone = once(signal, 'abort').then(() => ({ done: true as const, value: undefined }), () => ({ done: true as const, value: undefined }));
  try {
    while (!signal.aborted && !response.writableEnded) {
      const next = await Promise.race([iterator.next(), gone]);
      if (next.done === true) break;
      if (!response.write(`data: ${JSON.stringify(next.value)}\n\n`)) await Promise.race([once(response, 'drain'), gone]);
    }
  } finally {
    clearInterval(beat);
    // Not awaited: an iterator that waits for its next value returns only after it.
    void iterator.return?.();
    response.end();
  }
}
