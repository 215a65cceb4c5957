import { describe, expect, test } from '@jest/globals';
import { compareVersions, parseCanonical, versionMatches } from './canonical.ts';
import { Registry } from './registry.ts';
import { packageOf } from './source.ts';

const url = 'https://example.org/p';
const definition = (version: string): unknown => ({ resourceType: 'StructureDefinition', url, version });
const one = packageOf('fr', '1.0.0', [definition('1.0.0')]);
const two = packageOf('fr', '2.0.0', [definition('2.0.0')]);
const user = packageOf('user', '1.0.0', [], { fr: '1.0.x' });
const registry = new Registry([one, two, user]);
const version = (canonical: string, from?: typeof one): string | undefined => registry.find('StructureDefinition', canonical, from)?.entry.version;

describe('canonicals over several versions', () => {
  test('the version named, then the asker\'s own, then the one its package depends on, then the highest', () => {
    expect(version(`${url}|1.0.0`, two)).toBe('1.0.0');
    expect(version(`${url}|1.0`)).toBe('1.0.0');
    expect(version(url, one)).toBe('1.0.0');
    expect(version(url, user)).toBe('1.0.0');
    expect(version(url)).toBe('2.0.0');
    expect(version(`${url}|3.0.0`)).toBeUndefined();
    expect(version('https://example.org/none')).toBeUndefined();
  });

  test.each([['1.2.3', '1.2.3', true], ['1.2.x', '1.2.9', true], ['1.2', '1.20.0', false], ['1.2', '1.2.0', true], ['', '9', true]])('%j matches %s: %s', (wanted, own, expected) => {
    expect(versionMatches(wanted, own)).toBe(expected);
  });

  test('versions in order: labels before their release, dated copies before numbered ones', () => {
    const versions = ['2.0.0', '2018-08-12', '1.10.0', '2.0.0-ballot', '1.9.0'];
    expect(versions.sort(compareVersions)).toEqual(['2018-08-12', '1.9.0', '1.10.0', '2.0.0-ballot', '2.0.0']);
  });

  test('a canonical comes apart', () => {
    expect(parseCanonical('https://a.org/b|1.0#x')).toEqual({ url: 'https://a.org/b', version: '1.0' });
    expect(parseCanonical('#local')).toEqual({ url: '#local', version: undefined });
  });
});
