import type { Incident } from './incident.ts';
import type { What } from './notice.ts';
import type { Told } from './words.ts';

/** What is sent of an incident. Counts, times, codes and names of the configuration: nothing of a patient. */
export interface Outgoing {
  /** The same at each try: a receiver recognises what it already has. */
  readonly key: string;
  readonly what: What;
  readonly at: number;
  readonly incident: Incident;
  readonly told: Told;
}

/** A way to tell people. */
export interface Channel {
  readonly name: string;
  /** Resolves once the other side has it. Rejects with an error whose `code` may be logged. */
  send(outgoing: Outgoing): Promise<void>;
  close(): Promise<void>;
}

/** A channel failed; `code` says how, and holds neither address nor secret. */
export class NotTold extends Error {
  override readonly name = 'NotTold';
  readonly code: string;
  constructor(code: string, options?: ErrorOptions) { super(code, options); this.code = code; }
}
