import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fakeIntake, fakeSource, hl7, type FakeIntake } from '../../../test/fake-intake.ts';
import type { Answer } from '../accept.ts';
import { folderListener, type DropFolder, type FolderListener } from './listener.ts';
import { readyFiles } from './ready.ts';

let path: string;
const open: FolderListener[] = [];
beforeEach(() => { path = mkdtempSync(join(tmpdir(), 'passerelle-drop-')); });
afterEach(async () => { await Promise.all(open.splice(0).map(one => one.close())); rmSync(path, { recursive: true, force: true }); });

const split = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').split(/(?=MSH\|)/).map(text => Buffer.from(text, 'latin1'));
const start = (fake: FakeIntake, over: Partial<DropFolder> = {}) => {
  const listener = folderListener({ name: 'drop', path, source: fakeSource(), ready: 'rename', maxBytes: 1 << 20, split, pollMs: 15, ...over }, fake.ports);
  open.push(listener);
  return listener;
};
const drop = (name: string, text: string) => { writeFileSync(join(path, `.${name}.writing`), text); renameSync(join(path, `.${name}.writing`), join(path, name)); };
const names = (folder: string) => existsSync(join(path, folder)) ? readdirSync(join(path, folder)).filter(name => !name.startsWith('.')).sort() : [];
const read = (name: string) => readFileSync(join(path, name), 'latin1');
const until = async (done: () => boolean) => { while (!done()) await wait(5); };
const ids = (fake: FakeIntake) => fake.received.map(one => Buffer.from(one.bytes).toString('latin1').split('|')[9]);
const answer = (code: Answer['code']): Promise<Answer> => Promise.resolve({ code, bytes: Buffer.from(`MSA|${code ?? ''}\r`), trace: '' });

describe('the drop folder', () => {
  test('takes a file once, moves it to done, and writes the acknowledgement beside it', async () => {
    const fake = fakeIntake();
    start(fake);
    await until(() => existsSync(join(path, '.work')));
    drop('a.hl7', hl7('1'));
    await until(() => names('done').includes('a.hl7'));
    await wait(60);
    expect(names('done')).toEqual(['a.hl7', 'a.hl7.ack']);
    expect(read('done/a.hl7')).toBe(hl7('1'));
    expect(read('done/a.hl7.ack')).toContain('MSA|AA|1');
    expect(fake.received).toMatchObject([{ via: 'folder', stream: 'drop', source: { id: 'lis' } }]);
    expect([names('.work'), names('.').filter(name => name !== 'done' && name !== 'rejected')]).toEqual([[], []]);
  });

  test('takes several messages of a file in order, each in a buffer of its own', async () => {
    const fake = fakeIntake();
    drop('batch.hl7', Array.from({ length: 40 }, (_, i) => hl7(`m${i}`)).join(''));
    start(fake);
    await until(() => names('done').length === 2);
    expect(ids(fake)).toEqual(Array.from({ length: 40 }, (_, i) => `m${i}`));
    expect(fake.received.every(one => one.bytes.buffer.byteLength === one.bytes.byteLength)).toBe(true);
    expect(read('done/batch.hl7.ack').match(/MSA\|AA/g)).toHaveLength(40);
  });

  test('puts a file with a refusal in rejected, every answer beside it', async () => {
    const fake = fakeIntake({ accept: one => answer(Buffer.from(one.bytes).includes('|bad|') ? 'AE' : 'AA') });
    drop('mixed.hl7', hl7('good') + hl7('bad'));
    start(fake);
    await until(() => names('rejected').length === 2);
    expect(read('rejected/mixed.hl7.ack')).toBe('MSA|AA\rMSA|AE\r');
    expect(names('done')).toEqual([]);
  });

  test('keeps both of two files of one name', async () => {
    const fake = fakeIntake();
    start(fake);
    await until(() => existsSync(join(path, '.work')));
    for (const id of ['1', '2']) { drop('a.hl7', hl7(id)); await until(() => fake.received.length === Number(id) && names('.work').length === 0 && !existsSync(join(path, 'a.hl7'))); }
    await until(() => names('done').length === 4);
    expect(names('done')).toEqual(['a.hl7', 'a.hl7.2', 'a.hl7.2.ack', 'a.hl7.ack']);
  });

  test('takes again at start what a crash left in .work, before anything new', async () => {
    mkdirSync(join(path, '.work'));
    writeFileSync(join(path, '.work', 'old.hl7'), hl7('old'));
    drop('new.hl7', hl7('new'));
    const fake = fakeIntake();
    start(fake);
    await until(() => names('done').length === 4);
    expect(ids(fake)).toEqual(['old', 'new']);
  });

  test('leaves alone what is still being written, links, and folders', async () => {
    const fake = fakeIntake();
    for (const name of ['a.hl7.tmp', 'b.part', 'c.filepart', '.hidden', 'd~']) writeFileSync(join(path, name), hl7(name));
    mkdirSync(join(path, 'folder'));
    symlinkSync('/etc/hostname', join(path, 'link.hl7'));
    drop('last.hl7', hl7('last'));
    start(fake);
    await until(() => names('done').length === 2);
    expect(ids(fake)).toEqual(['last']);
  });

  test('with a flag, takes a file only once its flag is there, and takes the flag away', async () => {
    const fake = fakeIntake();
    start(fake, { ready: 'flag' });
    writeFileSync(join(path, 'a.hl7'), hl7('1').slice(0, 20));
    await wait(60);
    expect(fake.received).toEqual([]);
    writeFileSync(join(path, 'a.hl7'), hl7('1'));
    writeFileSync(join(path, 'a.hl7.ok'), '');
    await until(() => names('done').length === 2);
    expect([ids(fake), existsSync(join(path, 'a.hl7.ok'))]).toEqual([['1'], false]);
    writeFileSync(join(path, 'b.hl7'), hl7('2'));
    writeFileSync(join(path, 'b.ok'), '');
    await until(() => names('done').length === 4);
    expect(existsSync(join(path, 'b.ok'))).toBe(false);
  });

  test('a crash between taking the flag and the file is made good at start', async () => {
    mkdirSync(join(path, '.work'));
    writeFileSync(join(path, '.work', 'a.hl7.ok'), '');
    writeFileSync(join(path, 'a.hl7'), hl7('1'));
    const fake = fakeIntake();
    start(fake, { ready: 'flag' });
    await until(() => names('done').length === 2);
    expect([ids(fake), names('.work')]).toEqual([['1'], []]);
  });

  test('with stable, takes a file that no longer changes', async () => {
    const fake = fakeIntake();
    writeFileSync(join(path, 'a.hl7'), hl7('1'));
    start(fake, { ready: 'stable' });
    await until(() => names('done').length === 2);
    expect(ids(fake)).toEqual(['1']);
  });

  test('with stable, a file is ready when it is as it was at the last look, oldest first', () => {
    const file = (name: string, size: number, mtimeMs = 1) => ({ name, size, mtimeMs });
    const before = new Map([file('same', 5), file('grows', 5), file('rewritten', 5), file('older', 5, 0)].map(one => [one.name, one]));
    const now = [file('same', 5), file('grows', 6), file('rewritten', 5, 2), file('new', 5), file('older', 5, 0)];
    expect(readyFiles(now, 'stable', before).map(one => one.name)).toEqual(['older', 'same']);
  });

  test('rejects an empty and an over-size file with the reason', async () => {
    const fake = fakeIntake();
    drop('empty.hl7', '');
    drop('large.hl7', 'x'.repeat(5000));
    start(fake, { maxBytes: 4000 });
    await until(() => names('rejected').length === 4);
    expect(read('rejected/empty.hl7.ack')).toContain('intake.file-unreadable');
    expect(read('rejected/large.hl7.ack')).toContain('intake.frame-too-large');
    expect(fake.events.map(event => `${event.fault} ${event.detail ?? ''}`.trim()).sort()).toEqual(['intake.file-unreadable EMPTY', 'intake.frame-too-large']);
  });

  test('waits for a gateway that is full, without rejecting anything', async () => {
    let full = true;
    const fake = fakeIntake({ closed: () => full ? 'intake.disk-low' : null });
    drop('a.hl7', hl7('1'));
    start(fake, { pollMs: 5 });
    await until(() => fake.events.length >= 12);
    expect([names('done'), names('rejected'), readdirSync(join(path, '.work'))]).toEqual([[], [], ['a.hl7']]);
    full = false;
    await until(() => names('done').length === 2);
  });

  test('tries an AR again a few times, then rejects it and goes on', async () => {
    let asked = 0;
    const fake = fakeIntake({ accept: one => answer(Buffer.from(one.bytes).includes('|never|') ? (asked++, 'AR') : 'AA') });
    drop('1.hl7', hl7('never'));
    await wait(10);
    drop('2.hl7', hl7('next'));
    start(fake, { pollMs: 5 });
    await until(() => names('done').length === 2);
    expect([asked, names('rejected'), names('done')]).toEqual([5, ['1.hl7', '1.hl7.ack'], ['2.hl7', '2.hl7.ack']]);
  });

  test('does not try again what has no control id to be known by', async () => {
    const fake = fakeIntake({ accept: () => answer('AR') });
    drop('no-msh.txt', 'hello');
    start(fake);
    await until(() => names('rejected').length === 2);
    expect(fake.received).toHaveLength(1);
  });

  test('says once that its folder is unusable, and takes up again when it is not', async () => {
    rmSync(path, { recursive: true });
    writeFileSync(path, 'a file in the way');
    const fake = fakeIntake();
    start(fake, { pollMs: 5 });
    await wait(60);
    expect(fake.events.map(event => event.fault)).toEqual(['intake.folder-unusable']);
    rmSync(path);
    mkdirSync(path);
    drop('a.hl7', hl7('1'));
    await until(() => names('done').length === 2);
  });

  test('on close it finishes the file at hand', async () => {
    let release: (answer: Answer) => void = () => undefined;
    const fake = fakeIntake({ accept: () => new Promise(resolve => { release = resolve; }) });
    drop('a.hl7', hl7('1'));
    const listener = start(fake);
    await until(() => fake.received.length === 1);
    const closed = listener.close();
    release({ code: 'AA', bytes: Buffer.from('MSA|AA|1'), trace: '' });
    await closed;
    expect(names('done')).toEqual(['a.hl7', 'a.hl7.ack']);
  });
});
