import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { spansOf } from '../formats/hl7v2/spans.ts';
import { linksOf } from './links.ts';

const fixture = (name: string) => new URL(`../../fixtures/hl7v2/${name}`, import.meta.url);
const json = (name: string) => JSON.parse(readFileSync(fixture(`${name}/expected.bundle.json`), 'utf8')) as { entry: { resource: { resourceType: string } }[] };
const valueAt = (bundle: unknown, path: string): unknown => path.replace(/^Bundle\./, '').replaceAll(/\[(\d+)\]/g, '.$1').split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], bundle);

describe('from places of a message to what they became', () => {
  test('each resource has the segment it came from, each value the one field that holds it', () => {
    const bundle = json('oru-r01/haematology');
    const { spans } = spansOf(readHl7(readFileSync(fixture('oru-r01/haematology/in.hl7'))));
    const links = linksOf(bundle, spans);
    expect(links.filter(({ path }) => path.endsWith('resource'))).toHaveLength(bundle.entry.length);
    const to = (place: string) => links.filter((one) => one.place === place).map(({ path }) => valueAt(bundle, path));
    expect([to('PID-7'), to('OBX[2]-5'), to('OBX[2]-3-1'), to('PID-5(1)-1')]).toEqual([['1979-03-28'], [7], ['6690-2'], ['ROUSSEAU']]);
    // What is linked is there, and is said by the place.
    for (const { path } of links) expect(valueAt(bundle, path)).toBeDefined();
  });

  test('a value that two fields hold is linked to neither; a Bundle without places has no link', () => {
    const bundle = { entry: [{ resource: { resourceType: 'Patient', meta: { source: 'urn:uuid:t#PID' }, name: [{ family: 'MARTIN' }] } }, { resource: { resourceType: 'Patient', name: [{ family: 'X' }] } }, {}] };
    const placed = [{ place: 'PID-5(1)-1', text: 'MARTIN' }, { place: 'PID-5(2)-1', text: 'MARTIN' }, { place: 'NK1-2', text: 'MARTIN' }];
    expect(linksOf(bundle, placed)).toEqual([{ place: 'PID', path: 'Bundle.entry[0].resource' }]);
    expect(linksOf(bundle, placed.slice(1))).toEqual([{ place: 'PID', path: 'Bundle.entry[0].resource' }, { place: 'PID-5(2)-1', path: 'Bundle.entry[0].resource.name[0].family' }]);
    expect(linksOf({}, [])).toEqual([]);
  });
});
