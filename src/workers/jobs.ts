import type { Config } from '../config/model.ts';
import type { Work } from '../deliver/connector.ts';
import type { KeyRing } from '../journal/keys.ts';

/** What a stages worker is started with. */
export interface WorkerSettings {
  readonly config: Config; readonly version: string; readonly folder: string; readonly keys: KeyRing;
  /** Address of the module that lists the connectors (export `connectors`): functions do not cross to a thread. */
  readonly connectors: string;
}
/** The envelope of one delivery that was planned without one; `bundle` is the stored JSON. */
export interface PrepareJob { readonly destination: string; readonly work: Omit<Work, 'bundle'>; readonly bundle: Uint8Array | null; readonly answers: Readonly<Record<string, unknown>> | null }
