import type { Config } from '../config/model.ts';
import type { Work } from '../deliver/connector.ts';
import type { KeyRing } from '../journal/keys.ts';
import type { PipelineInput } from '../pipeline.ts';

/** What a stages worker is started with. */
export interface WorkerSettings {
  readonly config: Config; readonly version: string; readonly folder: string; readonly keys: KeyRing;
  /** Address of the module that lists the connectors (export `connectors`): functions do not cross to a thread. */
  readonly connectors: string;
  /** Each stage is measured. */
  readonly traced: boolean;
}
/** One message's plan; `source` is its id in the configuration, which the worker has. `factsBefore`: its own sequence number, when it is planned late (src/facts/as-of.ts). */
export interface PlanJob extends Omit<PipelineInput, 'source'> { readonly source: string; readonly factsBefore?: number }
/** The envelope of one delivery that was planned without one; `bundle` is the stored JSON. */
export interface PrepareJob { readonly destination: string; readonly work: Omit<Work, 'bundle'>; readonly bundle: Uint8Array | null; readonly answers: Readonly<Record<string, unknown>> | null }
/** What a vendors' worker is started with, and asked. */
export interface VendorSettings { readonly config: Config; readonly version: string }
export type VendorJob = { readonly ask: 'validate'; readonly text: string; readonly profiles: readonly string[] } | { readonly ask: 'convert'; readonly bytes: Uint8Array }
  /** Every message of a file, as the commands say it. */
  | { readonly ask: 'check-file' | 'convert-file'; readonly bytes: Uint8Array; readonly language: 'fr' | 'en' };
