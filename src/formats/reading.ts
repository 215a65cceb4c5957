import type { Finding } from '../domain/finding.ts';
import type { Identified } from '../domain/message.ts';
import type { CdaHeader } from './cda/header.ts';
import type { Hl7Message } from './hl7v2/model.ts';
import type { Notice } from './notice/notice.ts';

/** A document carried by a message, decoded. */
export interface ReadDocument {
  /** `document-1`, `document-2`… in the order received: its name in the Bundle, the deliveries and the envelopes. */
  readonly name: string;
  /** Where it stood: `OBX[1]-5`. */
  readonly place: string;
  /** The decoded bytes, exactly as they will be sent. Hash and size are over them. */
  readonly bytes: Uint8Array;
  readonly sha1: string;
  readonly size: number;
  /** Null when the bytes are not a CDA; the findings say why. */
  readonly header: CdaHeader | null;
  readonly findings: readonly Finding[];
}

/** What the read stage gives to the stages after it: one of the read models, and the documents it carried. */
export type Reading =
  | { readonly format: 'hl7v2'; readonly identified: Identified; readonly message: Hl7Message; readonly documents: readonly ReadDocument[]; readonly findings: readonly Finding[] }
  | { readonly format: 'cda'; readonly identified: Identified; readonly documents: readonly [ReadDocument]; readonly findings: readonly Finding[] }
  | { readonly format: 'mail'; readonly identified: Identified; readonly notice: Notice; readonly documents: readonly []; readonly findings: readonly Finding[] }
  | { readonly format: 'unknown'; readonly identified: Identified; readonly documents: readonly []; readonly findings: readonly Finding[] };
