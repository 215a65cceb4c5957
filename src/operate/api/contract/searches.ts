import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { MessageQuery } from './messages.ts';
import { Time } from './words.ts';

/** Filters only: what a person searches a patient by is never kept. */
export const SavedFilter = Type.Omit(MessageQuery, ['cursor', 'limit']);
export type SavedFilter = Static<typeof SavedFilter>;
export const SavedName = Type.String({ minLength: 1, maxLength: 60, pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} .-]*$' });
const SavedId = Type.String({ pattern: '^[0-9a-f]{32}$' });
export const SavedSearch = Type.Object({ id: SavedId, name: SavedName, filter: SavedFilter, savedAt: Time }, { additionalProperties: false });
export type SavedSearch = Static<typeof SavedSearch>;
/** The name is a person's own words: it is in no address, and not in the audit log. */
export const SavedSearchWritten = Type.Object({ name: SavedName, filter: SavedFilter }, { additionalProperties: false });
/** GET /api/saved-searches: the account's own. */
export const SavedSearches = Type.Object({ searches: Type.Array(SavedSearch) }, { additionalProperties: false });
export type SavedSearches = Static<typeof SavedSearches>;

const params = Type.Object({ id: SavedId }, { additionalProperties: false });
export const savedSearchList = route({
  method: 'GET', path: '/api/saved-searches', role: 'viewer', answer: SavedSearches,
  summary: { fr: 'Ses recherches enregistrées.', en: 'One’s saved searches.' },
});
export const savedSearchGet = route({
  method: 'GET', path: '/api/saved-searches/:id', role: 'viewer', params, answer: SavedSearch,
  summary: { fr: 'Une recherche enregistrée.', en: 'A saved search.' },
});
export const savedSearchPut = route({
  method: 'PUT', path: '/api/saved-searches', role: 'viewer', body: SavedSearchWritten, answer: SavedSearch,
  summary: { fr: 'Enregistre des filtres sous un nom, à la place de ceux du même nom ; jamais une valeur de patient.', en: 'Saves filters under a name, in the place of those of the same name; never a patient’s value.' },
});
export const savedSearchDelete = route({
  method: 'DELETE', path: '/api/saved-searches/:id', role: 'viewer', params, answer: 'nothing',
  summary: { fr: 'Supprime une recherche enregistrée.', en: 'Removes a saved search.' },
});
