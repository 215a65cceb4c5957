import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openKept } from '../kept/open.ts';
import { openOperations, operationsFile } from './store.ts';

test('searches saved before they had an id get one each, and stay what they were', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-operations-'));
  try {
    const before = openKept(folder, { ...operationsFile, steps: operationsFile.steps.slice(0, 1) });
    before.exec(`INSERT INTO saved_search(account, name, filter, at) VALUES('olga', 'Retenus', '{"state":"held"}', 1), ('olga', 'Refus', '{}', 2)`);
    before.close();
    const now = openOperations(folder);
    const rows = now.statement<{ id: string; name: string; filter: string }>('SELECT id, name, filter FROM saved_search ORDER BY at').all();
    now.close();
    expect(rows.map(({ name, filter }) => [name, filter])).toEqual([['Retenus', '{"state":"held"}'], ['Refus', '{}']]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
    for (const { id } of rows) expect(id).toMatch(/^[0-9a-f]{32}$/);
  } finally { rmSync(folder, { recursive: true }); }
});
