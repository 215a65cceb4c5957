import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { archiveOf, tarOf } from './archive.ts';
import { PackageFault } from './fault.ts';
import { openPackage } from './open-package.ts';
import { readTar, TarError } from './tar.ts';

const valueSet = { resourceType: 'ValueSet', url: 'https://example.org/vs', version: '1.2.0', text: { div: 'long' }, compose: { include: [{ system: 'https://example.org/cs' }] } };

function file(name: string, content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'passerelle-open-')), name);
  writeFileSync(path, content);
  return path;
}

describe('opening packages', () => {
  test('an archive, a folder and a single file give the same definition, pruned', () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-open-'));
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0' }));
    writeFileSync(join(folder, 'package', 'ValueSet-x.json'), JSON.stringify(valueSet));
    const opened = [openPackage(file('a.tgz', archiveOf('a', '1.0.0', [valueSet]))), openPackage(folder), openPackage(file('x.json', JSON.stringify(valueSet)))];
    for (const pack of opened) {
      expect(pack.entries.map(({ url, version }) => `${url}|${version}`)).toEqual(['https://example.org/vs|1.2.0']);
      expect(pack.entries[0]?.load()).not.toHaveProperty('text');
      expect(pack.entries[0]?.load()).toHaveProperty('compose');
    }
  });

  test('a Bundle of definitions counts as several', () => {
    const bundle = { resourceType: 'Bundle', entry: [{ resource: valueSet }, { resource: { ...valueSet, url: 'https://example.org/other' } }, {}] };
    expect(openPackage(file('b.json', JSON.stringify(bundle))).entries).toHaveLength(2);
  });

  test('an XML definition is read by the reader given, and refused with an advice without one', () => {
    const path = file('v.xml', '<ValueSet xmlns="http://hl7.org/fhir"/>');
    expect(openPackage(path, { readXml: () => valueSet }).entries).toHaveLength(1);
    expect(() => openPackage(path)).toThrow(PackageFault);
  });

  test.each([['x.json', 'not json'], ['x.tgz', Buffer.from([0x1f, 0x8b, 1, 2, 3])], ['empty.json', '{}']])('%s that is none of these is a fault with a place', (name, content) => {
    const path = file(name, content);
    let fault: unknown;
    try {
      openPackage(path);
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ name: 'PackageFault', place: path });
  });

  test('reading a tar archive ends on any bytes, with files or a TarError', () => {
    const archive = tarOf([['a.json', Buffer.from('{}')], ['b.json', Buffer.from('[]')]]);
    fc.assert(fc.property(fc.nat(archive.length - 1), fc.nat(255), (position, byte) => {
      const damaged = Buffer.from(archive);
      damaged[position] = byte;
      try {
        readTar(damaged, () => undefined);
      } catch (error) {
        expect(error).toBeInstanceOf(TarError);
      }
    }));
  });

  test('names longer than a header come whole', () => {
    const long = `package/${'x'.repeat(120)}.json`;
    const pax = Buffer.from(`${String(long.length + 9 + 3)} path=${long}\n`);
    const archive = tarOf([['PaxHeader', pax], ['short', Buffer.from('{}')]]);
    archive.write('x', 156);
    const names: string[] = [];
    readTar(archive, entry => names.push(entry.name));
    expect(names).toEqual([long]);
  });
});
