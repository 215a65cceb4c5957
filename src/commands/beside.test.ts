import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { accountsFile } from '../operate/accounts/database.ts';
import { keptFiles } from '../operate/kept/files.ts';
import { openKept } from '../operate/kept/open.ts';
import { backupBeside, checkBeside, restoreBeside } from './beside.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-beside-')); for (const name of ['data', 'back']) mkdirSync(join(folder, name)); });
afterEach(() => { rmSync(folder, { recursive: true }); });

test('what is copied is put back without anybody’s session; a copy of a newer version is refused before anything is', async () => {
  for (const kept of keptFiles) openKept(join(folder, 'data'), kept).close();
  const db = openKept(join(folder, 'data'), accountsFile);
  db.exec("INSERT INTO session(id, account, started_at, seen_at) VALUES(x'00', 'lea', 1, 1)");
  db.close();
  const to = join(folder, 'copy');
  expect((await backupBeside(join(folder, 'data'), to)).map((file) => basename(file))).toEqual(['copy.audit', 'copy.accounts', 'copy.operations', 'copy.incidents']);
  checkBeside(to);
  expect(restoreBeside(to, join(folder, 'back'))).toHaveLength(4);
  const back = openKept(join(folder, 'back'), accountsFile);
  expect(back.statement('SELECT 1 FROM session').all()).toEqual([]);
  back.close();
  const copy = new DatabaseSync(`${to}.incidents`);
  copy.exec('PRAGMA user_version = 9');
  copy.close();
  expect(() => { checkBeside(to); }).toThrow(expect.objectContaining({ code: 'operate.file-newer' }));
  expect(existsSync(`${to}.incidents-wal`)).toBe(false);
});
