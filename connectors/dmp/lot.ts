import { createHash } from 'node:crypto';
import { submitObjectsRequest } from '../../src/formats/xds/ebrim/write.ts';
import { deletion } from '../../src/formats/xds/ebrim/update.ts';
import { signatureEntry } from '../../src/formats/xds/signature-entry.ts';
import { submissionOf } from '../../src/formats/xds/submission.ts';
import { xopInclude, type MtomPart } from '../../src/formats/soap/mtom/write.ts';
import { utcDigits } from '../../src/formats/xds/utc.ts';
import type { Frozen, Target } from './content.ts';
import type { Digests } from './digests.ts';
import { signLot } from './lot-signature.ts';
import type { Digest, Signer } from './signer.ts';

/** A request's body, and the binary parts that go beside it. */
export interface Body { readonly xml: string; readonly parts: readonly MtomPart[] }

const contentId = (id: string): string => `${id.toLowerCase()}@passerelle`;
const xml = /^(?:text\/xml|application\/xml|application\/xslt\+xml)$/;

/** ITI-41 with its signature (TD2.1). Null when a document's canonical form cannot be made. */
export async function provideAndRegister(frozen: Frozen, bytes: readonly Uint8Array[], targets: Readonly<Record<string, Target>>, sign: { readonly signer: Signer; readonly digests: Digests; readonly algorithm: Digest }): Promise<Body | null> {
  const { submissionSet, documents, signatureId, at } = frozen;
  const signed = [];
  for (const [i, { entry }] of documents.entries()) {
    const content = bytes[i] ?? new Uint8Array();
    const isXml = xml.test(entry.mimeType);
    const digest = isXml ? await sign.digests.of(content, sign.algorithm) : createHash(sign.algorithm).update(content).digest('base64');
    if (digest === null) return null;
    signed.push({ uniqueId: entry.uniqueId, digest, xml: isXml });
  }
  const signature = await signLot({ uniqueId: signatureId, lot: submissionSet.uniqueId, at, documents: signed }, sign.signer, sign.algorithm);
  const [first] = documents;
  const [author] = submissionSet.authors;
  if (first === undefined || author === undefined) throw new TypeError('a lot needs a document and an author');
  const { healthcareFacilityTypeCode, practiceSettingCode } = first.entry;
  const described = signatureEntry({
    uniqueId: signatureId, patientId: submissionSet.patientId, at: utcDigits(at), hash: createHash('sha1').update(signature).digest('hex'), size: signature.length, author, healthcareFacilityTypeCode, practiceSettingCode,
  });
  const replaces = frozen.action !== 'replace' ? [] : documents.filter(({ entry }) => entry.replaces !== '').map(({ id, entry }) => {
    const target = targets[entry.replaces];
    // Without its RPLC it would stand beside what it replaces.
    if (target === undefined) throw new TypeError('a replacement without its target');
    return { id, target: target.entryUuid };
  });
  const parts = [{ id: 'Signature01', contentType: 'text/xml', bytes: signature }, ...documents.map(({ id, entry }, i) => ({ id, contentType: entry.mimeType, bytes: bytes[i] ?? new Uint8Array() }))];
  return {
    xml: `<xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb="urn:ihe:iti:xds-b:2007">${submitObjectsRequest(submissionOf({ submissionSet, documents, signature: { id: 'Signature01', entry: described }, replaces }))}`
      + `${parts.map(({ id }) => `<xdsb:Document id="${id}">${xopInclude(contentId(id))}</xdsb:Document>`).join('')}</xdsb:ProvideAndRegisterDocumentSetRequest>`,
    parts: parts.map(({ id, contentType, bytes: content }) => ({ contentId: contentId(id), contentType, bytes: content })),
  };
}

/** ITI-57 that deletes each target, logically (TD3.3c). */
export function deleteRequest({ submissionSet }: Frozen, targets: readonly Target[]): string {
  const [first, ...others] = targets.map(({ entryUuid, status }) => deletion(submissionSet, entryUuid, status));
  if (first === undefined) throw new TypeError('nothing to delete');
  return submitObjectsRequest({ ...first, associations: [...first.associations, ...others.flatMap((one) => one.associations)] });
}
