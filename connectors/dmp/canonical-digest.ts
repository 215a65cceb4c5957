import { createHash } from 'node:crypto';
import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import type { Digest } from './signer.ts';

/**
 * Digest (base64) of a whole XML document in canonical form with comments, what stands outside its root included: of a CDA
 * with an xml-stylesheet instruction, the root alone would give another digest. Throws on what is no XML. No network, no DTD.
 */
export function canonicalDigest(bytes: Uint8Array, digest: Digest): string {
  const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_HUGE });
  try {
    return createHash(digest).update(document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0, withComments: true })).digest('base64');
  } finally { document.dispose(); }
}
