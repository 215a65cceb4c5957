import type { JournalReader, ReadStory, Seen } from '../../journal/reader.ts';
import type { PassedOver } from './spent.ts';
import type { Link, Masked, PlaceSpan, RevealPart, Shown } from '../api/contract/story.ts';

/** A story with what its message has of its patient, by place: the values stay where they are read. */
export interface MaskedStory extends Omit<ReadStory, 'bundle'> { readonly patient: readonly Masked[] }
/** Content as it is shown. Parts that were not asked for, or that there are none of, are absent. */
export interface Content {
  readonly raw?: { readonly shown: Shown; readonly places: PlaceSpan[] };
  readonly bundle?: { readonly json: unknown; readonly links: Link[] };
  readonly acknowledgement?: Shown;
  readonly sent?: { readonly delivery: number; readonly destination: string; readonly step: string; readonly meta: Record<string, string>; readonly body: Shown }[];
  readonly answers?: { readonly delivery: number; readonly destination: string; readonly n: number; readonly text: string }[];
  readonly documents?: { readonly name: string; readonly content: Shown }[];
}

/** What the thread that reads is asked. */
export interface Reads extends Pick<JournalReader, 'page' | 'search' | 'held' | 'heldGroups' | 'quarantined' | 'brief' | 'finals' | 'finalsOf' | 'since' | 'late' | 'causes' | 'lastOf' | 'traffic'> {
  /** Those of these deliveries whose document was withdrawn or replaced since: made again, they would be held. */
  withdrawn(ids: readonly number[]): number[];
  /** Those that are not made again, and why. */
  spent(ids: readonly number[]): { readonly id: number; readonly why: PassedOver }[];
  story(trace: string, seen: Seen): MaskedStory | null;
  content(trace: string, seen: Seen, parts: readonly RevealPart[]): Content | null;
}
/** The same from the main thread, which never reads the journal for a screen. Rejects when the thread died, or took too long, over it. */
export type Reader = { readonly [M in keyof Reads]: (...asked: Parameters<Reads[M]>) => Promise<ReturnType<Reads[M]>> };
export const readMethods = ['page', 'search', 'held', 'heldGroups', 'quarantined', 'brief', 'finals', 'finalsOf', 'since', 'late', 'causes', 'lastOf', 'traffic', 'withdrawn', 'spent', 'story', 'content'] as const satisfies readonly (keyof Reads)[];
/** A question as it crosses to the thread; its answer is JSON. */
export interface ReadJob { readonly method: (typeof readMethods)[number]; readonly asked: readonly unknown[] }

const text = new TextDecoder();
/** @param ask gives a question to the thread */
export function readerOver(ask: (job: ReadJob) => Promise<Uint8Array>): Reader {
  return Object.fromEntries(readMethods.map((method) => [method, async (...asked: readonly unknown[]) => JSON.parse(text.decode(await ask({ method, asked }))) as unknown])) as unknown as Reader;
}
