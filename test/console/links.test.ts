import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { broken, indented, jsonLines, leaves, linksOf, placesAt, valuesAt, within } from '../../src/operate/console/app/pages/message-links.ts';

describe('places in a text', () => {
  it('a component is kept rather than the field that holds it', () => {
    const places = [{ place: 'PID-3', start: 0, end: 20 }, { place: 'PID-3(1)-1', start: 0, end: 5 }, { place: 'PID-3(1)-4', start: 8, end: 12 }, { place: 'empty', start: 6, end: 6 }];
    expect(leaves(places).map(({ place }) => place)).toEqual(['PID-3(1)-1', 'PID-3(1)-4']);
  });
  it('never overlap, stand in the text’s order, and leave out only what meets a smaller one', () => {
    const spans = fc.array(fc.tuple(fc.nat(200), fc.nat(30)).map(([start, length]: [number, number]) => ({ place: `${String(start)}-${String(length)}`, start, end: start + length })), { maxLength: 60 });
    fc.assert(fc.property(spans, (places) => {
      const kept = leaves(places);
      for (const [at, one] of kept.entries()) expect((kept[at + 1]?.start ?? Infinity)).toBeGreaterThanOrEqual(one.end);
      for (const one of places) if (one.end > one.start && !kept.includes(one)) expect(kept.some((other) => other.start < one.end && one.start < other.end && other.end - other.start <= one.end - one.start)).toBe(true);
    }));
  });
});

describe('a Bundle as lines', () => {
  it('is what JSON.stringify writes, whatever it holds', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => { expect(jsonLines(value).map(({ depth, text }) => '  '.repeat(depth) + text).join('\n')).toBe(JSON.stringify(value, null, 2)); }));
  });
  it('each at its FHIRPath', () => {
    expect(jsonLines({ entry: [{ resource: { id: 'a' } }] }).map(({ path, text }) => `${path} ${text}`)).toContain('Bundle.entry[0].resource.id "id": "a"');
  });
});

describe('links', () => {
  const links = linksOf([{ place: 'PID-5', path: 'Bundle.entry[0].resource.name[0]' }, { place: 'PID-7', path: 'Bundle.entry[0].resource.birthDate' }]);
  it('of a line are its own, or those of what holds it', () => {
    expect(placesAt('Bundle.entry[0].resource.birthDate', links)).toEqual(['PID-7']);
    expect(placesAt('Bundle.entry[0].resource.name[0].given[1]', links)).toEqual(['PID-5']);
    expect(placesAt('Bundle.entry[0].resource.name[1]', links)).toEqual([]);
    expect(placesAt('', links)).toEqual([]);
  });
  it('a path holds what is below it, not what begins alike', () => {
    expect(within('Bundle.entry[0].resource.name[0].family', 'Bundle.entry[0].resource.name[0]')).toBe(true);
    expect(within('Bundle.entry[10]', 'Bundle.entry[1]')).toBe(false);
  });
});

it('ends of segments break lines and keep every offset', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '\r', '\n', '|') }), (text) => { const shown = broken(text); expect(shown).toHaveLength(text.length); expect(shown).not.toContain('\r'); }));
  expect(broken('MSH\rPID\r\nOBX\n')).toBe('MSH\nPID \nOBX\n');
});

it('JSON that left is shown on lines of its own, its values to the letter; anything else as it is', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => { if (value !== null && typeof value === 'object') expect(indented(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2)); }));
  expect(indented('{"a":5.10,"b":[]}')).toBe('{\n  "a": 5.10,\n  "b": []\n}');
  expect(indented('MSH|^~\\&|{')).toBe('MSH|^~\\&|{');
});

it('what a field became is every text and number at its paths', () => {
  const bundle = { entry: [{ resource: { birthDate: '1979-03-28', name: [{ family: 'X', given: ['A', 'B'] }], active: true } }] };
  expect(valuesAt(bundle, ['Bundle.entry[0].resource.birthDate'])).toEqual(['1979-03-28']);
  expect(valuesAt(bundle, ['Bundle.entry[0].resource.name[0]'])).toEqual(['X', 'A', 'B']);
  expect([valuesAt(bundle, []), valuesAt(bundle, ['Bundle.entry[1]'])]).toEqual([[], []]);
});
