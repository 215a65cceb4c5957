import type { XdsCode } from './document-entry.ts';
import { classes } from './tables/class-codes.ts';

const scheme = '1.2.250.1.213.1.1.4.1';
const byType: ReadonlyMap<string, XdsCode> = new Map(classes.flatMap(({ code, display, types }) => types.trim().split(/\s+/u).map(type => [type, { code, scheme, display }] as const)));

/** classCode of a document type (ASS_X04); null when no class is published for it. */
export const classCodeOf = (typeCode: string): XdsCode | null => byType.get(typeCode) ?? null;
