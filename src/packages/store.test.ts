import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { archiveOf } from './archive.ts';
import { PackageFault } from './fault.ts';
import { openPackageStore, type PackageStore } from './store.ts';

const profile = (version: string): unknown => ({ resourceType: 'StructureDefinition', url: 'https://example.org/p', version, kind: 'resource', type: 'Patient', snapshot: { element: [{ path: 'Patient' }] } });

function fresh(): { store: PackageStore; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-store-'));
  return { store: openPackageStore(join(folder, 'packages'), join(folder, 'cache')), folder };
}

describe('a package store', () => {
  test('keeps several versions side by side, with their sha256', () => {
    const { store } = fresh();
    store.add(archiveOf('a', '1.0.0', [profile('1.0.0')]), 'a.tgz');
    store.add(archiveOf('a', '1.1.0', [profile('1.1.0')]), 'a.tgz');
    expect(store.list().map(one => `${one.id}#${one.version} ${one.definitions}`)).toEqual(['a#1.0.0 1', 'a#1.1.0 1']);
    expect(store.list()[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(store.open(['a#1.0.x']).map(pack => pack.version)).toEqual(['1.0.0']);
    expect(store.open(['a']).map(pack => pack.version)).toEqual(['1.1.0']);
  });

  test('adding the same archive twice changes nothing, another content under the same name is refused', () => {
    const { store } = fresh();
    const archive = archiveOf('a', '1.0.0', [profile('1.0.0')]);
    expect(store.add(archive, 'a.tgz')).toEqual(store.add(archive, 'a.tgz'));
    expect(() => store.add(archiveOf('a', '1.0.0', []), 'a.tgz')).toThrow(PackageFault);
    expect(store.list()).toHaveLength(1);
  });

  test('opens what a package depends on, before it, when it is in the store', () => {
    const { store } = fresh();
    store.add(archiveOf('b', '2.0.0', [], { a: '1.0.x', missing: '1.0.0' }), 'b.tgz');
    store.add(archiveOf('a', '1.0.3', []), 'a.tgz');
    expect(store.open(['b']).map(pack => pack.id)).toEqual(['a', 'b']);
  });

  test('removes one version, and asks which when there are several', () => {
    const { store } = fresh();
    store.add(archiveOf('a', '1.0.0', []), 'a.tgz');
    store.add(archiveOf('a', '1.1.0', []), 'a.tgz');
    expect(() => store.remove('a')).toThrow('several versions');
    store.remove('a#1.0.0');
    expect(store.list().map(one => one.version)).toEqual(['1.1.0']);
    expect(() => store.remove('nothing')).toThrow(PackageFault);
  });

  test.each(['../../evil', 'a/b', ''])('a name such as %j never becomes a file', name => {
    const { store, folder } = fresh();
    expect(() => store.add(archiveOf(name, '1.0.0', []), 'x.tgz')).toThrow(PackageFault);
    expect(() => readFileSync(join(folder, '..', 'evil#1.0.0.tgz'))).toThrow();
  });

  test('a damaged cache file is made again', () => {
    const { store, folder } = fresh();
    store.add(archiveOf('a', '1.0.0', [profile('1.0.0')]), 'a.tgz');
    expect(store.open()[0]?.entries).toHaveLength(1);
    const [cached] = readdirSync(join(folder, 'cache'));
    writeFileSync(join(folder, 'cache', cached ?? ''), '{"format":0}\n');
    expect(store.open()[0]?.entries[0]?.load()).toMatchObject({ version: '1.0.0' });
  });
});

