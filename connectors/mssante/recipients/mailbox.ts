/** A mailbox as the Annuaire Santé publishes it (mss.md §2.1). */
export interface DirectoryMailbox {
  readonly address: string;
  /** PER of a person, ORG of a structure or service, APP of software, CAB of a practice. */
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB';
  /** 1 is the preferred one; null when not said. */
  readonly rank: number | null;
  /** False: its owner does not want paper-free results; null when not said. */
  readonly digitization: boolean | null;
  readonly service: string;
  readonly description: string;
  /** Whose it is: RPPS (11 digits), FINESS or other number of the structure; '' when not of one. */
  readonly rpps: string;
  readonly structure: string;
}

/** A recipient that a message names without an address. Empty texts when absent. */
export interface Wanted { /** A person is named, with or without a number. */ readonly person?: boolean; /** Software is named, not the structure's people. */ readonly application?: boolean; readonly rpps: string; readonly structure: string; readonly name: string }

/** What a directory knows of it. `gone`: it is there and is no longer active. */
export interface Known { readonly mailboxes: readonly DirectoryMailbox[]; readonly gone: boolean }

/** 8 before an RPPS, 1 before a FINESS: the national forms (glossary). Other numbers stay as they are. */
export const plainRpps = (id: string): string => (/^8\d{11}$/.test(id) ? id.slice(1) : /^\d{11}$/.test(id) ? id : '');
export const plainStructure = (id: string): string => (/^1\d[0-9AB]\d{7}$/i.test(id) ? id.slice(1) : id).toUpperCase();
