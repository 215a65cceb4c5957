import { Type, type Static } from '@sinclair/typebox';
import { MessageQuery } from './messages.ts';
import { Time } from './words.ts';

/** Filters only: what a person searches a patient by is never kept. */
export const SavedFilter = Type.Omit(MessageQuery, ['cursor', 'limit']);
export type SavedFilter = Static<typeof SavedFilter>;
export const SavedName = Type.String({ minLength: 1, maxLength: 60, pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} .-]*$' });
export const SavedSearch = Type.Object({ name: SavedName, filter: SavedFilter, savedAt: Time }, { additionalProperties: false });
export type SavedSearch = Static<typeof SavedSearch>;
/** GET /api/saved-searches: the account's own. PUT /api/saved-searches/:name takes a SavedFilter. */
export const SavedSearches = Type.Object({ searches: Type.Array(SavedSearch) }, { additionalProperties: false });
export type SavedSearches = Static<typeof SavedSearches>;
