import type { XdsCode } from './document-entry.ts';
import { builtInTables, type XdsTables } from './tables.ts';

/** classCode of a document type (ASS_X04); null when no class is published for it. */
export const classCodeOf = (typeCode: string, tables: XdsTables = builtInTables): XdsCode | null => tables.classes.get(typeCode) ?? null;
