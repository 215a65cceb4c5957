import type { Presented } from './certificate.ts';

/** What the SMTP dialogue said before the mail itself (RFC 5321, RFC 3461). */
export interface SmtpEnvelope {
  readonly from: string;
  readonly recipients: readonly { readonly address: string; readonly notify: readonly string[]; readonly orcpt: string }[];
  readonly envid: string;
  /** RET: FULL, HDRS or nothing. */
  readonly ret: string;
  readonly body: string;
}

/** One header as written: its exact name, the text unfolded, the bytes as they came (latin1). */
export interface HeaderLine { readonly name: string; readonly value: string; readonly raw: string }
export interface Address { readonly name: string; readonly address: string }

/** A leaf of the MIME tree: its headers as written and its bytes decoded. */
export interface Part { readonly headers: readonly HeaderLine[]; readonly type: string; readonly filename: string; readonly attached: boolean; readonly content: Buffer }

/** Why something cannot be read, in two languages; null when it can. */
export type Unreadable = { readonly fr: string; readonly en: string } | null;

export interface InsId { readonly oid: string; readonly matricule: string }
export interface Cda {
  /** Name of the file in the archive. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly fault: Unreadable;
  /** root, or root^extension. */
  readonly id: string;
  readonly code: string;
  readonly display: string;
  readonly ins: readonly InsId[];
  /** Birth name and first given name of birth; '' when absent. */
  readonly family: string;
  readonly given: string;
  /** YYYYMMDD. */
  readonly birth: string;
  readonly sex: string;
  /** Days (YYYYMMDD) that may be called the day of the act: of the document and of each service event. */
  readonly days: readonly string[];
  /** The document it replaces. */
  readonly replaces: string;
  /** The PDF it carries, as body or as copy. */
  readonly pdf: Buffer | null;
}

export interface Entry {
  readonly id: string;
  readonly uri: string;
  readonly hash: string;
  readonly size: string;
  readonly mimeType: string;
  readonly uniqueId: string;
  readonly patientId: string;
  /** `PID-n|…` lines. */
  readonly patientInfo: readonly string[];
  readonly typeCode: string;
  readonly confidentiality: readonly string[];
  /** The volet's extra metadata: C replaces, D deletes, nothing adds. */
  readonly action: string;
  /** XDS names that are required and not there. */
  readonly missing: readonly string[];
}
export interface Metadata {
  readonly sets: readonly { readonly id: string; readonly patientId: string; readonly missing: readonly string[] }[];
  readonly documents: readonly Entry[];
  readonly associations: readonly { readonly type: string; readonly source: string; readonly target: string }[];
}
export interface Xdm {
  readonly fault: Unreadable;
  /** Names in the order of the archive, folders left out; a name may come twice. */
  readonly names: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
  readonly metadata: Metadata | null;
  readonly metadataFault: Unreadable;
  readonly cdas: readonly Cda[];
}

/** A mail received, read with the simulator's own eyes. */
export interface Mail {
  readonly connection: Presented;
  readonly envelope: SmtpEnvelope;
  readonly raw: Buffer;
  readonly headers: readonly HeaderLine[];
  readonly subject: string;
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly readingAskedBy: readonly Address[];
  readonly messageId: string;
  readonly text: string;
  readonly parts: readonly Part[];
  readonly zips: readonly Part[];
  readonly pdfs: readonly Part[];
  /** Of the only archive; null when there is none, or several. */
  readonly xdm: Xdm | null;
  /** Message-IDs that came before, with the digest of the mail and its recipients. */
  readonly earlier: ReadonlyMap<string, { readonly digest: string; readonly recipients: string; readonly documents: readonly string[] }>;
  readonly digest: string;
  readonly trusted: (domain: string) => boolean;
  readonly limitBytes: number;
  /** The product number expected; null when any will do. */
  readonly nil: string | null;
}

export const header = (mail: Mail, name: string): HeaderLine | undefined => mail.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
/** Mon espace santé; the second name is that of tests (RFC 6761). */
export const isPatient = (address: string): boolean => /^patient\.mssante\.(fr|test)$/.test(domainOf(address));
export const cdas = (mail: Mail): readonly Cda[] => mail.xdm?.cdas.filter((one) => one.fault === null) ?? [];
/** Accents and case put aside, apostrophes and hyphens read as spaces. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/[’'‐-―-]/g, ' ').replace(/\s+/g, ' ').trim().toUpperCase();
