import { open } from './client.ts';
import { eventsOf } from './events.ts';

const pauseMs = 1000, longestPauseMs = 15_000;

export interface Followed<T> { readonly batch: (value: T) => void; readonly state: (state: 'open' | 'lost', error: unknown) => void }

/** A function, since the type checker believes that what it has read once stays so. */
const ended = (signal: AbortSignal): boolean => signal.aborted;

/** Follows a stream until the signal, over losses of the connection. With fetch rather than EventSource: refusals come with their words, in the reader's language. */
export async function follow<T>(path: string, { batch, state }: Followed<T>, signal: AbortSignal): Promise<void> {
  for (let pause = pauseMs; !signal.aborted; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      const response = await open(path, signal);
      state('open', null);
      pause = pauseMs;
      const parse = eventsOf();
      const reader = (response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        for (const data of parse(part.value)) batch(JSON.parse(data) as T);
      }
      state('lost', null);
    } catch (error) {
      if (!ended(signal)) state('lost', error);
    }
    await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
}
