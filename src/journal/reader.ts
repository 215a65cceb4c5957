import type { BodyPart, DeliveryState, PlannedDelivery } from '../domain/delivery.ts';
import type { Disposition, SearchKey } from '../domain/message.ts';
import type { Attempt, DeliveryFull, DeliveryHead, JournalEvent, MessageFull, MessageHead } from './journal.ts';

/**
 * What a person looks at in a journal, read beside the gateway that writes: every question is bounded, by a page and by what
 * may be looked at to fill it, whatever is stored. Synchronous: it lives in a thread of its own.
 */
export interface JournalReader {
  page(filter: PageFilter, seen: Seen, limit: number): Page;
  /** Newest first, before `before`, by the blind index of a business key. */
  search(key: SearchKey, seen: Seen, before: number | null, limit: number): Listed[];
  /** Held deliveries, oldest first, after an id. */
  held(filter: HeldFilter, seen: Seen, after: number, limit: number): { readonly rows: readonly HeldListed[]; readonly next: number | null };
  /** How many are held, by destination and cause; at most `groupsMost` of a destination are counted. */
  heldGroups(seen: Seen): { readonly destination: string; readonly reason: string; readonly count: number }[];
  quarantined(seen: Seen, limit: number): Listed[];
  /** One message without its content. Null when unknown or not to be seen. */
  story(trace: string, seen: Seen): ReadStory | null;
  /** With its content. */
  content(trace: string, seen: Seen): MessageFull | null;
  delivery(id: number, seen: Seen): DeliveryFull | null;
  /** The bytes of a body, documents included. */
  body(seq: number, parts: readonly BodyPart[]): Uint8Array;
  brief(id: number, seen: Seen): HeldListed | null;
  /** Final deliveries that match, oldest first, of messages from a sequence number on. `next`: where to go on, null when all was looked at. */
  finals(filter: FinalFilter, seen: Seen, from: number, limit: number): { readonly found: readonly FinalListed[]; readonly next: number | null };
  /** The same of these ids. */
  finalsOf(ids: readonly number[], seen: Seen): FinalListed[];
  /** By message of these deliveries: all of its deliveries, and what people did with them. */
  kin(ids: readonly number[]): { readonly deliveries: readonly Pick<DeliveryHead, 'id' | 'state' | 'reason'>[]; readonly events: readonly JournalEvent[] }[];
  /** What was received and what was delivered since a moment, for counters that start anew. */
  since(at: number, most: number): Recent;
  /** Deliveries still to leave whose message was received before a moment; counted up to `most`. */
  late(destination: string, receivedBefore: number, most: number): number;
  /** Why what does not leave a destination does not, most frequent first. */
  causes(destination: string): { readonly state: DeliveryState; readonly reason: string; readonly count: number; readonly oldestAt: number }[];
  lastOf(source: string): number | null;
  /** Messages received from a moment to another, by source and quarter hour; `at`: when it begins. */
  traffic(from: number, to: number): { readonly source: string; readonly at: number; readonly messages: number }[];
  close(): void;
}

/** What an account may see; null: all of it. What is not to be seen does not exist. */
export interface Seen { readonly sources: readonly string[] | null; readonly destinations: readonly string[] | null }

export interface PageFilter {
  readonly source?: string; readonly type?: string; readonly disposition?: Exclude<Disposition, 'repeated'> | 'pipeline'; readonly state?: DeliveryState; readonly destination?: string;
  readonly from?: number; readonly to?: number;
  /** Below this sequence number. */
  readonly before?: number;
}
export interface Brief { readonly id: number; readonly destination: string; readonly system: string; readonly action: string; readonly state: DeliveryState; readonly reason: string }
export interface Listed extends MessageHead { readonly deliveries: readonly Brief[] }
/** `next`: where to go on, null when all was looked at; `lookedBackTo`: what was received since then was looked at. */
export interface Page { readonly rows: readonly Listed[]; readonly next: number | null; readonly lookedBackTo: number | null }

export interface HeldFilter { readonly destination?: string; readonly source?: string; readonly reason?: string }
export interface HeldListed extends DeliveryHead { readonly type: string; readonly receivedAt: number }

export interface StoryDelivery extends DeliveryHead {
  readonly planned: Omit<PlannedDelivery, 'envelope'> | null; readonly remoteId: string | null; readonly attemptsMade: readonly Omit<Attempt, 'raw'>[];
}
export interface ReadStory {
  readonly message: Listed; readonly record: unknown; readonly bundle: Uint8Array | null; readonly hasContent: boolean;
  readonly documents: readonly { readonly name: string; readonly size: number }[];
  readonly deliveries: readonly StoryDelivery[]; readonly events: readonly JournalEvent[];
}

export interface FinalFilter { readonly destination?: string; readonly source?: string; readonly type?: string; readonly state: 'delivered' | 'refused' | 'abandoned'; readonly from?: number; readonly to?: number }
export interface FinalListed {
  readonly id: number; readonly seq: number; readonly trace: string; readonly source: string; readonly destination: string; readonly recipient: string | null;
  readonly state: DeliveryState; readonly action: string; readonly receivedAt: number;
}

export interface Recent {
  readonly messages: readonly { readonly source: string; readonly at: number; readonly disposition: string }[];
  readonly attempts: readonly { readonly destination: string; readonly at: number; readonly outcome: string; readonly age: number; readonly state: DeliveryState }[];
}
