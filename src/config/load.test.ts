import { describe, expect, test } from '@jest/globals';
import { isAbsolute } from 'node:path';
import type { Config } from './model.ts';
import { configurationPage } from './document.ts';
import { explained, explainText } from './explain.ts';
import { lintText, loadConfig } from './load.ts';
import { nearest } from './nearest.ts';
import { fillSandbox, sandboxed } from './sandbox.ts';
import { settings } from './settings/all.ts';
import { testRules } from './test-rules.ts';

const load = (text: string): Config => {
  const { config, faults } = lintText(text, 'passerelle.yaml', '/etc/passerelle');
  if (!config) throw new Error(faults.map(fault => `${fault.line} ${fault.code} ${fault.location}`).join());
  return config;
};

describe('loading a configuration', () => {
  test('fills defaults and makes files absolute from its own folder', () => {
    const config = load(`version: 1
keys: { file: ring }
listeners:
  - { name: drop, kind: folder, folder: { path: in, source: lab } }
sources:
  - { id: lab, organisation: Labo, listeners: drop, establishment: 010000024 }
destinations:
  - { id: region, system: regional, settings: { baseUrl: 'https://region.test', tls: { key: { file: k.pem } }, tokenUrl: 'https://token.test', list: [1, { env: A }] } }
rules: []`);
    expect(config).toMatchObject({ version: 1, language: 'fr', data: '/etc/passerelle/data', keys: { file: '/etc/passerelle/ring' }, intake: { inFlight: 256 }, retention: { payloadDays: 90 } });
    expect(config.workers).toBeGreaterThanOrEqual(1);
    expect(config.listeners[0]).toMatchObject({ host: '127.0.0.1', tls: null, folder: { path: '/etc/passerelle/in', ready: 'rename', source: 'lab' }, maxBytes: 33_554_432 });
    // A FINESS keeps its zero though YAML sees a number, and one text does for a list of one.
    expect(config.sources[0]).toMatchObject({ listeners: ['drop'], establishment: '010000024', token: null, answersTo: null });
    expect(config.destinations[0]).toMatchObject({ backoff: { firstMs: 1000 }, settings: { tls: { key: { file: '/etc/passerelle/k.pem' } }, list: [1, { env: 'A' }] } });
  });

  test('follows anchors', () => {
    const config = load(`version: 1
keys: &ring { file: ring }
sources:
  - { id: a, organisation: &o Labo, listeners: [in] }
  - { id: b, organisation: *o, listeners: [in] }
listeners: [{ name: in, kind: http }]`);
    expect(config.sources.map(source => source.organisation)).toEqual(['Labo', 'Labo']);
  });

  test('the sample is loopback only, with simulators for partners and its folders under the current directory', () => {
    const config = loadConfig(null);
    expect(config.listeners.map(({ name, host, port }) => ({ name, host, port }))).toEqual([{ name: 'mllp', host: '127.0.0.1', port: 2575 }, { name: 'http', host: '127.0.0.1', port: 8080 }, expect.objectContaining({ name: 'bal', host: '127.0.0.1' })]);
    expect(config.listeners[2]?.mailbox?.folder).toBe(`${process.cwd()}/data/bal`);
    expect(sandboxed(config).map(one => `${one.destination} ${one.system}`)).toEqual(['region regional', 'dmp dmp', 'mssante mssante', 'lab-answers hl7v2']);
    expect(config.data).toBe(`${process.cwd()}/data`);
    expect('file' in config.keys && isAbsolute(config.keys.file)).toBe(true);
  });

  test('simulators\' addresses take the place of the text sandbox, and of nothing else', () => {
    const filled = fillSandbox(loadConfig(null), (destination, setting) => `${destination}/${setting}`);
    expect(filled.destinations.find(one => one.id === 'region')?.settings).toMatchObject({ baseUrl: 'region/baseUrl', flows: expect.arrayContaining(['events']) });
    expect(sandboxed(filled)).toEqual([]);
  });
});

describe('tests of the rules', () => {
  const config = load(`version: 1
keys: { env: PATH }
listeners: []
destinations: [{ id: a, system: regional }, { id: b, system: dmp }]
rules: [{ name: r, to: [a] }]
tests:
  - { name: right, given: { type: X }, expect: [a] }
  - { name: wrong, given: { type: X }, expect: [b, a] }`);

  test('are played by the matcher given, and say what they got', () => {
    const results = testRules(config, (rules, given) => given.type === 'X' ? rules.flatMap(rule => rule.to) : []);
    expect(results.map(({ name, fault }) => [name, fault?.code ?? null])).toEqual([['right', null], ['wrong', 'config.rule-test-failed']]);
    expect(results[1]?.fault?.text).toContain('a au lieu de a, b');
  });
});

describe('explaining the configuration', () => {
  test('every setting has both languages, and an example that lint accepts', () => {
    for (const one of explained()) {
      expect([one.path, one.about.fr.length > 5, one.about.en.length > 5]).toEqual([one.path, true, true]);
      expect(configurationPage()).toContain(`\`${one.path}\``);
    }
    const kinds = explained().filter(one => one.type !== null);
    expect(kinds.length).toBeGreaterThan(60);
    for (const one of kinds) {
      // The example alone, where it stands: whatever else is missing, its own path is not at fault.
      const { faults } = lintText(one.path.split(/\.|(?=\[\])/).reduceRight<string>((inner, part) => part === '[]' ? `[${inner}]` : `{ ${part}: ${inner} }`, one.example ?? ''), 'x', '/');
      expect(faults.filter(fault => fault.location.replaceAll(/\[\d+\]/g, '[]').startsWith(one.path) && fault.code !== 'config.missing')).toEqual([]);
    }
  });

  test('shows a part only, in the language asked for', () => {
    expect(explainText('fr', 'retention.payloadDays')).toContain('Par défaut : 90');
    expect(explainText('en', 'retention.payloadDays')).toMatch(/^retention\.payloadDays\n/);
  });

  test('the declaration covers exactly what a loaded configuration holds', () => {
    expect(Object.keys(loadConfig(null)).sort()).toEqual(Object.keys(settings.fields).sort());
  });
});

test.each([['hots', 'host'], ['regoin', 'region'], ['mlp', 'mllp'], ['zzz', null], ['', null]])('nearest to %s is %s', (word, meant) => {
  expect(nearest(word, ['host', 'region', 'mllp', 'port'])).toBe(meant);
});
