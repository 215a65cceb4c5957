import type { MessageRow } from '../api/contract/messages.ts';
import { messageList, messageSearch } from '../api/contract/messages.ts';
import { serve, type Served } from '../api/served.ts';
import type { Listed } from '../../journal/reader.ts';
import { cursorAt, cursorOf } from './words.ts';
import type { Reader } from './reader.ts';

/** A message of a list; what is repeated has no row of its own. */
export const rowOf = (one: Listed): MessageRow => one as unknown as MessageRow;
const usual = 50;

/** Lists of messages: by filters, and by what a message can be found by. */
export function listRoutes(reader: Pick<Reader, 'page' | 'search'>): Served[] {
  return [
    serve(messageList, async ({ query: { cursor, limit = usual, ...filter }, caller }) => {
      const before = cursorAt(cursor);
      const { rows, next, lookedBackTo } = await reader.page({ ...filter, ...(before === null ? {} : { before }) }, caller.scope, limit);
      return { messages: rows.map(rowOf), next: cursorOf(next), lookedBackTo };
    }),
    serve(messageSearch, async ({ body: { kind, value, cursor }, caller, concerns }) => {
      concerns({ objects: { key: kind } });
      const rows = await reader.search({ kind, value: value.trim() }, caller.scope, cursorAt(cursor), usual);
      return { messages: rows.map(rowOf), next: rows.length < usual ? null : cursorOf(rows.at(-1)?.seq ?? null), lookedBackTo: null };
    }),
  ];
}
