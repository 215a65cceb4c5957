import { open } from './client.ts';

const pauseMs = 1000, longestPauseMs = 15_000;

/** Server-sent events (WHATWG HTML §9.2.6) out of a stream of text: each event's name and data. Only the fields this API writes. */
export function eventsOf(): (text: string) => { readonly event: string; readonly data: string }[] {
  let kept = '';
  return (text) => {
    const blocks = (kept + text).split(/\r?\n\r?\n/);
    kept = blocks.pop() ?? '';
    return blocks.map((block) => {
      let event = 'message', data = '';
      for (const line of block.split(/\r?\n/)) {
        if (line.startsWith('event:')) event = line.slice(6).trim();
        else if (line.startsWith('data:')) data += line.slice(5).trim();
      }
      return { event, data };
    }).filter(({ data }) => data !== '');
  };
}

export interface Followed<T> { readonly batch: (value: T) => void; readonly state: (state: 'open' | 'lost', error: unknown) => void }

/** A function, since the type checker believes that what it has read once stays so. */
const ended = (signal: AbortSignal): boolean => signal.aborted;

/** Follows a stream until the signal, over losses of the connection. With fetch rather than EventSource: refusals come with their words, in the reader's language. */
export async function follow<T>(path: string, event: string, { batch, state }: Followed<T>, signal: AbortSignal): Promise<void> {
  for (let pause = pauseMs; !signal.aborted; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      const response = await open(path, signal);
      state('open', null);
      pause = pauseMs;
      const parse = eventsOf();
      const reader = (response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        for (const one of parse(part.value)) if (one.event === event) batch(JSON.parse(one.data) as T);
      }
      state('lost', null);
    } catch (error) {
      if (!ended(signal)) state('lost', error);
    }
    await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
}
