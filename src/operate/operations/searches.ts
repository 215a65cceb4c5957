import type { Database } from '../../journal/sqlite/database.ts';
import { savedSearchDelete, savedSearchGet, savedSearchList, savedSearchPut, type SavedFilter, type SavedSearch } from '../api/contract/searches.ts';
import { ApiFault } from '../api/fault.ts';
import { serve, type Served } from '../api/served.ts';
import { found } from '../reading/words.ts';

interface Row { readonly name: string; readonly filter: string; readonly at: number }
const mostSaved = 100;
const savedOf = ({ name, filter, at }: Row): SavedSearch => ({ name, filter: JSON.parse(filter) as SavedFilter, savedAt: at });

/** An account's saved filters. */
export function searchRoutes(db: Database, clock: () => number): Served[] {
  const sql = {
    all: db.statement<Row>('SELECT name, filter, at FROM saved_search WHERE account = ? ORDER BY name'),
    one: db.statement<Row>('SELECT name, filter, at FROM saved_search WHERE account = ? AND name = ?'),
    put: db.statement('INSERT INTO saved_search(account, name, filter, at) VALUES(?, ?, ?, ?) ON CONFLICT(account, name) DO UPDATE SET filter = excluded.filter, at = excluded.at'),
    remove: db.statement('DELETE FROM saved_search WHERE account = ? AND name = ?'),
  };
  return [
    serve(savedSearchList, ({ caller: { account } }) => ({ searches: sql.all.all(account).map(savedOf) })),
    serve(savedSearchGet, ({ params: { name }, caller: { account } }) => savedOf(found(sql.one.get(account, name)))),
    serve(savedSearchPut, ({ params: { name }, body, caller: { account } }) => {
      if (sql.one.get(account, name) === undefined && sql.all.all(account).length >= mostSaved) throw new ApiFault('api.too-large', [String(mostSaved)]);
      const at = clock();
      sql.put.run(account, name, JSON.stringify(body), at);
      return { name, filter: body, savedAt: at };
    }),
    serve(savedSearchDelete, ({ params: { name }, caller: { account } }) => { if (sql.remove.run(account, name) === 0) throw new ApiFault('api.not-found'); return undefined; }),
  ];
}
