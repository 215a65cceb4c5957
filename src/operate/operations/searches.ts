import { randomBytes } from 'node:crypto';
import type { Database } from '../../journal/sqlite/database.ts';
import { savedSearchDelete, savedSearchGet, savedSearchList, savedSearchPut, type SavedFilter, type SavedSearch } from '../api/contract/searches.ts';
import { ApiFault } from '../api/fault.ts';
import { serve, type Served } from '../api/served.ts';
import { found } from '../reading/words.ts';

interface Row { readonly id: string; readonly name: string; readonly filter: string; readonly at: number }
const mostSaved = 100;
const savedOf = ({ id, name, filter, at }: Row): SavedSearch => ({ id, name, filter: JSON.parse(filter) as SavedFilter, savedAt: at });

/** An account's saved filters. */
export function searchRoutes(db: Database, clock: () => number): Served[] {
  const sql = {
    all: db.statement<Row>('SELECT id, name, filter, at FROM saved_search WHERE account = ? ORDER BY name'),
    one: db.statement<Row>('SELECT id, name, filter, at FROM saved_search WHERE account = ? AND id = ?'),
    named: db.statement<{ id: string }>('SELECT id FROM saved_search WHERE account = ? AND name = ?'),
    put: db.statement('INSERT INTO saved_search(id, account, name, filter, at) VALUES(?, ?, ?, ?, ?) ON CONFLICT(account, name) DO UPDATE SET filter = excluded.filter, at = excluded.at'),
    remove: db.statement('DELETE FROM saved_search WHERE account = ? AND id = ?'),
  };
  return [
    serve(savedSearchList, ({ caller: { account } }) => ({ searches: sql.all.all(account).map(savedOf) })),
    serve(savedSearchGet, ({ params: { id }, caller: { account } }) => savedOf(found(sql.one.get(account, id)))),
    serve(savedSearchPut, ({ body: { name, filter }, caller: { account } }) => {
      const known = sql.named.get(account, name)?.id;
      if (known === undefined && sql.all.all(account).length >= mostSaved) throw new ApiFault('api.too-large', [String(mostSaved)]);
      const [id, at] = [known ?? randomBytes(16).toString('hex'), clock()];
      sql.put.run(id, account, name, JSON.stringify(filter), at);
      return { id, name, filter, savedAt: at };
    }),
    serve(savedSearchDelete, ({ params: { id }, caller: { account } }) => { if (sql.remove.run(account, id) === 0) throw new ApiFault('api.not-found'); return undefined; }),
  ];
}
