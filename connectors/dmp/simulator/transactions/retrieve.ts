import { registryResponse, type Answer, type RegistryError } from '../answer.ts';
import { xdsb, xop } from '../namespaces.ts';
import type { Received } from '../received.ts';
import { repositoryId } from '../rules/query.ts';
import { all, escape, one } from '../xml.ts';
import { visible } from './query.ts';

/** TD3.2: each document as a part of the answer; those that cannot be given are errors, and the answer is partial. */
export function retrieved(received: Received): { body: string; documents: NonNullable<Answer['documents']>; errors: RegistryError[] } {
  const documents: { contentId: string; type: string; bytes: Buffer }[] = [];
  const errors: RegistryError[] = [];
  const responses = all(received.body, 'DocumentRequest').map((request, i) => {
    const uniqueId = one(request, 'DocumentUniqueId')?.text.trim() ?? '';
    const entry = received.registry.byUniqueId(uniqueId).find((found) => visible(found, received));
    const bytes = received.registry.document(uniqueId);
    if (entry === undefined || bytes === null) { errors.push({ code: 'XDSDocumentUniqueIdError', context: `DocumentUniqueId ${uniqueId}`, location: 'DocumentRequest/DocumentUniqueId', severity: 'Error' }); return ''; }
    const contentId = `document${String(i + 1)}@simulateur.test`;
    documents.push({ contentId, type: entry.mimeType, bytes });
    return `<xdsb:DocumentResponse><xdsb:RepositoryUniqueId>${repositoryId}</xdsb:RepositoryUniqueId><xdsb:DocumentUniqueId>${escape(uniqueId)}</xdsb:DocumentUniqueId><xdsb:mimeType>${escape(entry.mimeType)}</xdsb:mimeType><xdsb:Document><xop:Include xmlns:xop="${xop}" href="cid:${contentId}"/></xdsb:Document></xdsb:DocumentResponse>`;
  });
  const status = errors.length === 0 ? 'Success' : documents.length === 0 ? 'Failure' : 'PartialSuccess';
  return { body: retrieveResponse(registryResponse(status, errors), responses.join('')), documents, errors };
}
export const retrieveAction = 'urn:ihe:iti:2007:RetrieveDocumentSetResponse';
export const retrieveResponse = (response: string, documents: string): string => `<xdsb:RetrieveDocumentSetResponse xmlns:xdsb="${xdsb}">${response}${documents}</xdsb:RetrieveDocumentSetResponse>`;
