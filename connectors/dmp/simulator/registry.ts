
/** A version of a document's metadata in the record. A status change keeps it; a metadata change makes a new one. */
export interface Entry {
  readonly entryUuid: string;
  /** The logical id, the same in every version. */
  readonly lid: string;
  readonly version: number;
  readonly status: string;
  readonly uniqueId: string;
  readonly patientId: string;
  readonly hash: string;
  readonly size: number;
  readonly mimeType: string;
  /** Codes by metadata name, each `code^^scheme` as stored queries write them. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** UTC digits by metadata name. */
  readonly times: Readonly<Record<string, string>>;
  /** PS_IdNat and structures of its authors; deletion is the structures' alone. */
  readonly persons: readonly string[];
  readonly structures: readonly string[];
  readonly signature: boolean;
  /** The ExtrinsicObject as it is given back. */
  readonly xml: string;
}
export interface StoredLot { readonly entryUuid: string; readonly uniqueId: string; readonly patientId: string }
export interface StoredAssociation { readonly id: string; readonly type: string; readonly source: string; readonly target: string }
export type DmpStatus = 'open' | 'closed' | 'absent';

/** What one accepted request changed; kept in order, so that a restart finds the same record. */
export interface Change {
  readonly entries?: readonly Entry[];
  readonly lots?: readonly StoredLot[];
  readonly associations?: readonly StoredAssociation[];
  readonly documents?: readonly { readonly uniqueId: string; readonly bytes: Buffer }[];
  readonly dmp?: { readonly ins: string; readonly status: DmpStatus };
  readonly authorised?: { readonly ins: string; readonly structure: string; readonly on: boolean };
  readonly assertion?: { readonly id: string; readonly at: number };
  readonly message?: { readonly id: string; readonly at: number };
}

/** The record as the rules and transactions read it. */
export interface Registry {
  readonly entries: ReadonlyMap<string, Entry>;
  byUniqueId(uniqueId: string): readonly Entry[];
  lot(uniqueId: string): StoredLot | null;
  document(uniqueId: string): Buffer | null;
  associations(): readonly StoredAssociation[];
  /** Open unless it was told otherwise. */
  dmp(ins: string): DmpStatus;
  authorised(ins: string, structure: string): boolean;
  assertionSeen(id: string): boolean;
  messageSeen(id: string): boolean;
}
