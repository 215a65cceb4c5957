/** OIDs of the authorities that give a matricule INS (ANS, référentiel INS). */
export const insOids = {
  nir: '1.2.250.1.213.1.4.8', nia: '1.2.250.1.213.1.4.9', nirTest: '1.2.250.1.213.1.4.10', nirDemo: '1.2.250.1.213.1.4.11',
} as const;
export type InsOid = (typeof insOids)[keyof typeof insOids];
export const isOid = (text: string): boolean => /^[0-2](?:\.\d+)+$/.test(text);
export const isInsOid = (oid: string): oid is InsOid => (Object.values(insOids) as string[]).includes(oid);
/** Test and demonstration identities must never reach a production target (invariant 9). */
export const isTestInsOid = (oid: string): boolean => oid === insOids.nirTest || oid === insOids.nirDemo;

/** One patient identifier as received. `type` is table 0203 (`INS`, `PI`, `AN`, `VN`, `NH`…). */
export interface PatientIdentifier {
  readonly type: string;
  readonly value: string;
  /** The assigning authority, as authorityOf of formats/hl7v2 names it: its OID when there is one. Empty when the message gives none. */
  readonly authority: string;
  readonly place: string;
}

/** Statuses of table 0445 (PAM France) that cannot stand beside VALI: with one of them the identity is not qualified. */
const notQualified: ReadonlySet<string> = new Set(['VIDE', 'PROV', 'ANOM', 'DOUT', 'FICT', 'USUR', 'INVA', 'DESA', 'DOUB', 'DOUA', 'COLV']);
export const statusAgainstVali = (statuses: readonly string[]): string | undefined => statuses.find((status) => notQualified.has(status));
/** VALI, and nothing against it; the INS must be there besides. */
export const isValidated = (statuses: readonly string[]): boolean => statuses.includes('VALI') && statusAgainstVali(statuses) === undefined;
/** Nothing worse than not validated yet: the identity may become qualified, where a doubtful or fictive one may not. */
export const awaitsValidation = (statuses: readonly string[]): boolean => statuses.every((status) => status === 'PROV' || status === 'VIDE');

/**
 * Types of table 0203 that number an insured person: children have their parent's. Nothing that compares persons, ties their
 * numbers or finds their consents may go by one.
 */
const familyTypes: ReadonlySet<string> = new Set(['NH', 'SS']);
export const isOnesOwn = ({ type }: Pick<PatientIdentifier, 'type'>): boolean => !familyTypes.has(type);

/** The patient of one message, as the message (or its CDA) says it. */
export interface PatientIdentity {
  /** 15 characters, and the OID of its authority; null when absent or unusable. */
  readonly ins: { readonly matricule: string; readonly oid: InsOid; readonly place: string } | null;
  /** Every identifier but the INS, in the order received. */
  readonly identifiers: readonly PatientIdentifier[];
  /** Identity reliability codes (table 0445: VALI, PROV, VIDE…), empty when not given. */
  readonly statuses: readonly string[];
  /** INS present and status VALI. */
  readonly qualified: boolean;
  /** yyyy-mm-dd, or what precision there is. */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | 'other' | 'unknown' | null;
  readonly birthFamily: string | null;
  readonly birthGiven: string | null;
}

/**
 * The text that names an identifier for facts, lanes and search: never logged, only ever hashed with a key. A number that no
 * authority stands for is its source's own: the same number of two hospitals is not one person's.
 */
export function identityKey({ type, authority, value }: { type: string; authority: string; value: string }, source: string): string {
  const [kind, by] = type === 'INS' ? ['INS', authority] : authority === '' ? ['OWN', source] : ['ID', authority];
  return `${kind}|${by.replaceAll('|', '¦')}|${value}`;
}
/** Kind and authority of such a text: what two numbers must share to be comparable. A value may hold a `|`, an authority not. */
export const authorityOfKey = (key: string): string => key.slice(0, key.indexOf('|', key.indexOf('|') + 1));
