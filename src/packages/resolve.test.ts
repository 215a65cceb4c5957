import { describe, expect, test } from '@jest/globals';
import { fetchPackage } from './fetch-package.ts';
import { dependenciesOf, highest, parsePackageName, satisfies } from './resolve.ts';

describe('package versions', () => {
  test.each([
    ['1.2.3', '1.2.3', true], ['1.2.3', '1.2.x', true], ['1.2.3', '1.2', true], ['1.20.3', '1.2', false], ['1.2.3', undefined, true],
    ['1.3.0', '^1.2.3', true], ['2.0.0', '^1.2.3', false], ['1.2.9', '~1.2.3', true], ['1.3.0', '~1.2.3', false], ['1.2.2', '~1.2.3', false],
  ] as const)('%s satisfies %s: %s', (version, wanted, expected) => {
    expect(satisfies(version, wanted)).toBe(expected);
  });

  test('the highest is a number, not a text, and a ballot comes before its release', () => {
    const packages = ['1.9.0', '1.10.0-ballot', '1.10.0', '1.2.0'].map(version => ({ id: 'a', version }));
    expect(highest(packages, parsePackageName('a'))?.version).toBe('1.10.0');
    expect(highest(packages, parsePackageName('a#1.9.x'))?.version).toBe('1.9.0');
    expect(highest(packages, parsePackageName('b'))).toBeUndefined();
  });

  test('dependencies that go in a circle end', () => {
    const a = { id: 'a', version: '1.0.0', dependencies: { b: '1.0.0' } };
    const b = { id: 'b', version: '1.0.0', dependencies: { a: '1.0.0' } };
    expect(dependenciesOf([a], [a, b])).toEqual([b, a]);
  });
});

describe('fetching from a registry', () => {
  const listing = { versions: { '1.0.0': { dist: { tarball: 'https://registry.example.org/a.tgz' } }, '1.1.0': {} } };
  const answers: Record<string, () => Response> = {
    'https://registry.example.org/a': () => new Response(JSON.stringify(listing)),
    'https://registry.example.org/a.tgz': () => new Response('archive 1.0.0'),
    'https://registry.example.org/a/1.1.0': () => new Response('archive 1.1.0'),
  };
  const fetch = (url: string): Promise<Response> => Promise.resolve(answers[url]?.() ?? new Response('', { status: 404 }));

  test.each([['a#1.0.x', 'archive 1.0.0'], ['a', 'archive 1.1.0']])('%s', async (name, expected) => {
    expect((await fetchPackage(name, { registry: 'https://registry.example.org/', fetch })).toString()).toBe(expected);
  });

  test('what is not there is said, with what is', async () => {
    await expect(fetchPackage('a#9.0.0', { registry: 'https://registry.example.org', fetch })).rejects.toMatchObject({ advice: 'there are: 1.0.0, 1.1.0' });
    await expect(fetchPackage('b', { registry: 'https://registry.example.org', fetch })).rejects.toThrow('404');
    await expect(fetchPackage('a', { registry: 'https://registry.example.org', fetch, maxBytes: 3 })).rejects.toThrow('larger');
    await expect(fetchPackage('a', { registry: 'https://registry.example.org', fetch: () => Promise.reject(new Error('down')) })).rejects.toThrow('cannot be reached');
  });
});
