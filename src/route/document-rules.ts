import type { Finding } from '../domain/finding.ts';
import type { CdaHeader } from '../formats/cda/header.ts';
import { builtInTables, type XdsTables } from '../formats/xds/tables.ts';

/** The CI-SIS packs added, as the gate before the DMP calls them (DMP EX_2.1-1090). Pure: its schemas are loaded before the first message. */
export type DocumentCheck = (bytes: Uint8Array, header: CdaHeader, place: string) => readonly Finding[];
/** What documents for the DMP are made and judged by. */
export interface DocumentRules {
  readonly tables: XdsTables;
  /** The DMP's parameter cumul-invisible_patient-masque_ps. */
  readonly maskedAndInvisible: boolean;
  /** Null when no pack was added. */
  readonly check: DocumentCheck | null;
}

/** Without a configuration. */
export const usualDocuments: DocumentRules = { tables: builtInTables, maskedAndInvisible: false, check: null };
