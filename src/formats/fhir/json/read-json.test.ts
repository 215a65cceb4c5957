import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { problemText } from '../problem.ts';
import { readJson } from './read-json.ts';
import { writeJson } from './write-json.ts';

const faults = (text: string | Uint8Array): string[] =>
  readJson(text).problems.map(({ code, line, column, path }) => `${code} ${line}:${column} ${path.join('.')}`.trim());

describe('readJson', () => {
  test('reads what JSON.stringify writes, and writes it back', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const read = readJson(text);
      expect(read.problems).toEqual([]);
      expect(read.resource).toEqual(JSON.parse(text));
      expect(writeJson(read.resource, read.decimals)).toBe(JSON.stringify(value));
    }));
  });

  test('never throws on any text, and refuses whatever JSON.parse refuses', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '/', '*', '1', '-', '.', 'e', 'null', 'NaN', ' ', '\n', '\u0001', '\uFEFF');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces).map(p => p.join(''))), text => {
      const { problems } = readJson(text);
      const errors = problems.some(problem => problem.severity === 'error');
      let accepted = true;
      try {
        JSON.parse(text.replace(/^\uFEFF/, ''));
      } catch {
        accepted = false;
      }
      // Stricter than JSON.parse, never laxer.
      expect(accepted || errors).toBe(true);
      for (const problem of problems) {
        expect(problem.line).toBeGreaterThan(0);
        expect(problemText(problem, 'fr')).not.toContain('{0}');
      }
    }), { numRuns: 1000 });
  });

  test('never throws on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      readJson(bytes);
    }));
  });

  test.each([
    ['{"a":1,"a":2}', 'duplicate-key 1:8 a'],
    ['{"a":{"b":1,\n "b":2}}', 'duplicate-key 2:2 a.b'],
    ['{"a":1 /* why */}', 'comment 1:8 a'],
    ['{"a":1, // why\n"b":2}', 'comment 1:9 a'],
    ['{"a":[01]}', 'number 1:7 a.0'],
    ['{"a":+1}', 'number 1:6 a'],
    ['{"a":NaN}', 'number 1:6 a'],
    ['{"a":-Infinity}', 'number 1:6 a'],
    ['{"a":1e999}', 'number-range 1:6 a'],
    ['{"a":[1,]}', 'trailing-comma 1:8 a.0'],
    ['{"a":1}}', 'trailing-content 1:8'],
    ['\uFEFF{}', 'bom 1:1'],
    ['', 'empty 1:1'],
    [' \n', 'empty 1:1'],
    ['{"a":"x', 'unexpected-end 1:8 a'],
    ['{"a":["x"}', 'unexpected 1:10 a.0'],
    ["{'a':1}", 'unexpected 1:2'],
    ['{"a" 1}', 'unexpected 1:6'],
    ['{"a":"x\ty"}', 'control-character 1:8 a'],
    ['{"a":"\\x"}', 'escape 1:7 a'],
    ['{"a":"\\u12g4"}', 'escape 1:7 a'],
    ['{"a":tru}', 'unexpected 1:6 a'],
  ])('%j → %s', (text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });

  test('goes on after what it can read past, so that one answer holds all the faults', () => {
    expect(faults('{"a":01, // x\n"a":NaN,}')).toEqual(['number 1:6 a', 'comment 1:10 a', 'duplicate-key 2:1 a', 'number 2:5 a', 'trailing-comma 2:8 a']);
  });

  test('names that are object machinery are names like others', () => {
    const { resource, problems } = readJson('{"__proto__":{"x":1},"constructor":2,"toString":3}');
    expect(problems).toEqual([]);
    expect(Object.keys(resource as object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test('a number keeps its text, wherever the object that holds it goes', () => {
    const { resource, decimals } = readJson('{"value":1.50,"low":[1.0,2,100000000000000000001],"exp":6.02E23,"zero":-0}');
    expect(writeJson(resource, decimals)).toBe('{"value":1.50,"low":[1.0,2,100000000000000000001],"exp":6.02E23,"zero":-0}');
    expect(writeJson({ entry: [resource] }, decimals)).toContain('"value":1.50');
    (resource as { value: number }).value = 1.6;
    expect(writeJson(resource, decimals)).toContain('"value":1.6,');
    const copy = { ...(resource as object), value: 1.5 };
    expect(writeJson(copy, decimals)).toContain('"value":1.5,');
    decimals.copy(resource as object, copy);
    expect(writeJson(copy, decimals)).toContain('"value":1.50,');
  });

  test('caps depth, length and problems', () => {
    const deep = '['.repeat(100_000);
    expect(faults(deep)).toEqual([expect.stringMatching(/^depth 1:201 /)]);
    expect(readJson('[1,2,3]', { maxLength: 5 }).problems[0]?.code).toBe('size');
    expect(readJson(`[${'01,'.repeat(1000)}1]`, { maxProblems: 7 }).problems).toHaveLength(7);
  });

  test('bytes that are not UTF-8 are an error at their place', () => {
    const bytes = Buffer.from('{"a":\n"\u00e9"}', 'latin1');
    expect(faults(bytes)).toEqual(['encoding 2:2']);
    expect(faults(Buffer.from('{"a":"é œ €"}'))).toEqual([]);
  });

  test('locates a place, its nearest ancestor when it is absent, and choice elements by their stem', () => {
    const text = '{\n  "resourceType": "Observation",\n  "name": [\n    {"given": ["A",\n      "B"]}\n  ],\n  "valueQuantity": {"value": 1}\n}';
    const { locate } = readJson(text);
    expect(locate(['name', 0, 'given', 1])).toEqual({ line: 5, column: 7 });
    expect(locate(['name', 0, 'family'])).toEqual({ line: 4, column: 5 });
    expect(locate(['value', 'value'])).toEqual({ line: 7, column: 30 });
    expect(locate(['absent'])).toEqual({ line: 1, column: 1 });
    expect(locate([])).toEqual({ line: 1, column: 1 });
  });

  test('takes time in proportion to the text', () => {
    const time = (text: string): number => {
      const start = performance.now();
      readJson(text);
      return performance.now() - start;
    };
    const shapes = [
      (n: number) => `[${'{"a":"b\\n","c":[1.0,2]},'.repeat(n)}1]`,
      (n: number) => `"${'\\u00e9'.repeat(n)}"`,
      (n: number) => `{${Array.from({ length: n }, (_, i) => `"k${i}":1`).join(',')}}`,
      (n: number) => ' '.repeat(n * 8),
      (n: number) => '/**/'.repeat(n),
      (n: number) => '1'.repeat(n * 8),
    ];
    for (const shape of shapes) {
      const [small, large] = [shape(20_000), shape(160_000)];
      time(small);
      const least = (text: string): number => Math.min(time(text), time(text), time(text));
      // Eight times the text: allow three times that for the noise of a shared machine; quadratic would be 64 times.
      expect(least(large)).toBeLessThan(24 * Math.max(least(small), 2));
    }
  });
});
