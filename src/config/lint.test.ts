import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configFaults } from '../domain/faults/config.ts';
import { ConfigRefused, faultLine } from './fault.ts';
import { lintConfig, lintText, loadConfig } from './load.ts';

/** A sound configuration, line by line, so that a case changes just what it is about. */
const base = {
  head: ['version: 1', 'data: ./data', 'keys: { file: ./keys/ring }'],
  listeners: ['listeners:', '  - { name: mllp, kind: mllp, port: 2575 }'],
  sources: ['sources:', '  - { id: lab, organisation: Labo, listeners: [mllp], senders: [SIL*] }'],
  destinations: ['destinations:', '  - { id: region, system: regional, settings: { baseUrl: sandbox } }'],
  rules: ['rules:', '  - { name: all, when: { carries: results }, to: [region] }'],
  tests: [] as string[],
};
const text = (over: Partial<typeof base> = {}) => Object.values({ ...base, ...over }).flat().join('\n');
const lint = (over: Partial<typeof base>) => lintText(text(over), 'passerelle.yaml', '/etc/passerelle');
const listener = (more: string) => ['listeners:', `  - { name: mllp, kind: mllp, port: 2575, ${more} }`];
const source = (more: string) => ['sources:', `  - { id: lab, organisation: Labo, listeners: [mllp], ${more} }`];
const destination = (more: string) => ['destinations:', `  - { id: region, system: regional, ${more} }`];
const missing = `${tmpdir()}/passerelle-no-such-file`;

/** A mailbox listener on line 6, its source on line 9. */
const mailbox = (place: string, source = 'notices: [mss]') => ({
  listeners: [...base.listeners, `  - { name: bal, kind: mailbox${place} }`], sources: [...base.sources, `  - { id: bal, organisation: B, listeners: [bal], ${source} }`],
  destinations: [...base.destinations, '  - { id: mss, system: mssante }'],
});

const provider = (role: string, more = '') => ({ head: [...base.head, `access: { openid: { name: P, issuer: 'https://p.test', clientId: c, clientSecret: { env: PATH }, console: 'https://c.test', roles: [{ name: r, claim: groups, value: v, ${role} }]${more} } }`] });

/** code, what is changed, path, line, what was meant */
const cases: [keyof typeof configFaults, string, Partial<typeof base>, string, number, string | null][] = [
  ['config.yaml', 'a quote that does not end', { head: [...base.head.slice(0, 2), 'keys: "'] }, '', 11, null],
  ['config.yaml', 'a key given twice', { head: [...base.head, 'language: fr', 'language: en'] }, '', 5, null],
  ['config.unknown-setting', 'a key misspelt', { listeners: listener('hots: 127.0.0.1') }, 'listeners[0].hots', 5, 'host'],
  ['config.unknown-setting', 'a key of nothing', { head: [...base.head, 'colour: red'] }, 'colour', 4, null],
  ['config.missing', 'a mail to nobody', { head: [...base.head, 'alerts: { mail: { host: smtp.test, from: a@b.test, to: [] } }'] }, 'alerts.mail.to', 4, null],
  ['config.missing', 'a login without password', { head: [...base.head, 'alerts: { mail: { host: smtp.test, user: u, from: a@b.test, to: [c@b.test] } }'] }, 'alerts.mail.password', 4, null],
  ['config.password-in-clear', 'a password in clear off loopback', { head: [...base.head, 'alerts: { mail: { host: smtp.test, security: none, user: u, password: { env: HOME }, from: a@b.test, to: [c@b.test] } }'] }, 'alerts.mail.security', 4, null],
  ['config.file-unreadable', 'a webhook’s secret that is not there', { head: [...base.head, `alerts: { webhooks: [{ name: w, url: 'https://w.test/', secret: { file: ${missing} } }] }`] }, 'alerts.webhooks[0].secret', 4, null],
  ['config.administrator-scope', 'an administrator with a scope', provider('role: administrator, organisationClaim: organisation'), 'access.openid.roles[0].role', 4, null],
  ['config.dangling', 'a provider’s rule on a source that is none', provider('role: viewer, sources: [lap]'), 'access.openid.roles[0].sources[0]', 4, 'lab'],
  ['config.dangling', 'a provider’s rule on an organisation that has no source', provider('role: viewer, organisation: Lab'), 'access.openid.roles[0].organisation[0]', 4, 'Labo'],
  ['config.variable-unset', 'a provider’s secret that is not set', { head: [...base.head, "access: { openid: { name: P, issuer: 'https://p.test', clientId: c, clientSecret: { env: PASSERELLE_UNSET }, console: 'https://c.test', roles: [] } }"] }, 'access.openid.clientSecret', 4, null],
  ['config.invalid-value', 'a provider in clear', { head: [...base.head, "access: { openid: { name: P, issuer: 'http://p.test', clientId: c, clientSecret: { env: PATH }, console: 'https://c.test', roles: [] } }"] }, 'access.openid.issuer', 4, null],
  ['config.missing', 'no key ring', { head: base.head.slice(0, 2) }, 'keys', 1, null],
  ['config.missing', 'a source without organisation', { sources: ['sources:', '  - { id: lab, listeners: [mllp] }'] }, 'sources[0].organisation', 7, null],
  ['config.missing', 'a folder listener without folder', { listeners: [...base.listeners, '  - { name: drop, kind: folder }'] }, 'listeners[1].folder', 6, null],
  ['config.missing', 'TLS without certificate', { listeners: listener('tls: { mutual: false }') }, 'listeners[0].tls.cert', 5, null],
  ['config.missing', 'mutual TLS without authorities', { listeners: listener('tls: { mutual: true }') }, 'listeners[0].tls.ca', 5, null],
  ['config.invalid-value', 'a port too high', { listeners: ['listeners:', '  - { name: mllp, kind: mllp, port: 70000 }'] }, 'listeners[0].port', 5, null],
  ['config.invalid-value', 'a choice misspelt', { destinations: ['destinations:', '  - { id: region, system: regionnal }'] }, 'destinations[0].system', 7 + 2, 'regional'],
  ['config.invalid-value', 'a text where a boolean is due', { destinations: destination('production: maybe') }, 'destinations[0].production', 9, null],
  ['config.invalid-value', 'a package without its version', { destinations: destination('validation: { packages: [hl7.fhir.fr.core] }') }, 'destinations[0].validation.packages[0]', 9, null],
  ['config.invalid-value', 'a map where a list is due', { rules: ['rules: { name: all }'] }, 'rules', 10, null],
  ['config.invalid-value', 'a list where a map is due', { rules: ['rules:', '  - [all]'] }, 'rules[0]', 11, null],
  ['config.invalid-value', 'a network that is none', { sources: source('networks: [192.0.2.0/33]') }, 'sources[0].networks[0]', 7, null],
  ['config.invalid-value', 'a time zone that is none', { sources: source('timeZone: Europe/Pariss') }, 'sources[0].timeZone', 7, null],
  ['config.invalid-value', 'a version of the future', { head: ['version: 2', ...base.head.slice(1)] }, 'version', 1, null],
  ['config.duplicate', 'two sources of one id', { sources: [...base.sources, '  - { id: lab, organisation: B, listeners: [mllp] }'] }, 'sources[1].id', 8, null],
  ['config.duplicate', 'two listeners on one port', { listeners: [...base.listeners, '  - { name: other, kind: http, port: 2575 }'] }, 'listeners[0].port', 5, null],
  ['config.dangling', 'a source on no listener', { sources: ['sources:', '  - { id: lab, organisation: Labo, listeners: [mlp] }'] }, 'sources[0].listeners[0]', 7, 'mllp'],
  ['config.dangling', 'a rule to no destination', { rules: ['rules:', '  - { name: all, to: [regoin] }'] }, 'rules[0].to[0]', 11, 'region'],
  ['config.dangling', 'answers to a destination that takes none', { sources: source('answersTo: region') }, 'sources[0].answersTo[0]', 7, null],
  ['config.dangling', 'a test of no source', { tests: ['tests:', '  - { name: t, given: { source: lap }, expect: [region] }'] }, 'tests[0].given.source[0]', 13, 'lab'],
  ['config.rule-to-dmp', 'a rule to a DMP', { destinations: [...base.destinations, '  - { id: dmp, system: dmp }'], rules: ['rules:', '  - { name: all, to: [region, dmp] }'] }, 'rules[0].to[1]', 12, null],
  ['config.dmp-structure-shared', 'two DMP for one structure', {
    destinations: [...base.destinations, "  - { id: a, system: dmp, settings: { structure: { id: '1990000001', name: A, also: ['1990000019'] } } }", "  - { id: b, system: dmp, settings: { structure: { id: '1990000019', name: B } } }"],
  }, 'destinations[2].settings.structure', 11, null],
  ['config.secret-in-clear', 'a token as text', { sources: source('token: hunter2') }, 'sources[0].token', 7, null],
  ['config.secret-in-clear', 'a password in a connector\'s settings', { destinations: destination('settings: { password: hunter2 }') }, 'destinations[0].settings.password', 9, null],
  ['config.wrong-secret', 'both a file and a variable', { sources: source('token: { file: a, env: B }') }, 'sources[0].token', 7, null],
  ['config.file-unreadable', 'a token file that is not there', { sources: source(`token: { file: ${missing} }`), listeners: ['listeners:', '  - { name: mllp, kind: http }'] }, 'sources[0].token', 7, null],
  ['config.variable-unset', 'a token variable that is not set', { sources: source('token: { env: PASSERELLE_UNSET }'), listeners: ['listeners:', '  - { name: mllp, kind: http }'] }, 'sources[0].token', 7, null],
  ['config.production-not-enabled', 'a production partner not enabled', { destinations: destination('production: true') }, 'destinations[0].enabled', 9, null],
  ['config.listener-without-tls', 'in clear off loopback', { listeners: listener('host: 0.0.0.0'), sources: source('networks: [192.0.2.0/24]') }, 'listeners[0].host', 5, null],
  ['config.clear-text', 'in clear off loopback, on purpose', { listeners: listener('host: 0.0.0.0, clearText: true'), sources: source('networks: [192.0.2.0/24]') }, 'listeners[0].host', 5, null],
  ['config.api-in-clear', 'the API in clear off loopback', { listeners: [...base.listeners, '  - { name: http, kind: http, port: 8080, host: 0.0.0.0, clearText: true, roles: [api] }'] }, 'listeners[1].roles', 6, null],
  ['config.proxied-intake', 'messages where the console is behind a proxy', { head: [...base.head, 'access: { trustedProxies: [127.0.0.1] }'], listeners: [...base.listeners, '  - { name: http, kind: http, port: 8080, roles: [intake, api] }'] }, 'listeners[1].roles', 7, null],
  ['config.source-name-only', 'a name alone off loopback', { listeners: listener('host: 192.0.2.1, clearText: true') }, 'sources[0]', 7, null],
  ['config.certificate-never-shown', 'a certificate nobody asks for', { sources: source('certificate: CN=lis') }, 'sources[0].certificate', 7, null],
  ['config.token-never-shown', 'a token over MLLP', { sources: source('token: { env: PATH }') }, 'sources[0].token', 7, null],
  ['config.missing', 'a mailbox listener without mailbox', mailbox(''), 'listeners[1].mailbox', 6, null],
  ['config.missing', 'a mailbox whose source brings no notices', mailbox(', mailbox: { source: bal, folder: ./bal }', 'notices: []'), 'sources.bal.notices', 9, null],
  ['config.mailbox-place', 'a mailbox that is neither a server nor a folder', mailbox(', mailbox: { source: bal }'), 'listeners[1].mailbox', 6, null],
  ['config.mailbox-place', 'a mailbox that is both', mailbox(', mailbox: { source: bal, folder: ./bal, imap: { host: a, user: u, token: { env: PATH } } }'), 'listeners[1].mailbox', 6, null],
  ['config.mailbox-login', 'a mailbox opened by nothing', mailbox(', mailbox: { source: bal, imap: { host: a, user: u } }'), 'listeners[1].mailbox.imap', 6, null],
  ['config.dangling', 'notices about no mail destination', mailbox(', mailbox: { source: bal, folder: ./bal }', 'notices: [region]'), 'sources[1].notices[0]', 9, null],
  ['config.notices-elsewhere', 'a mailbox source that may come by MLLP', { ...mailbox(', mailbox: { source: bal, folder: ./bal }'), sources: [...base.sources, '  - { id: bal, organisation: B, listeners: [bal, mllp], notices: [mss] }'] }, 'sources[1].notices', 9, null],
  ['config.keys-in-data', 'the key ring beside the journal', { head: ['version: 1', 'data: ./data', 'keys: { file: ./data/ring }'] }, 'keys', 3, null],
];

describe('config lint', () => {
  test('finds nothing in a sound configuration, nor in the sample', () => {
    expect(lint({}).faults).toEqual([]);
    expect(lintConfig(null).faults).toEqual([]);
  });

  test('nor in the sample with what it has as comments: alerts, access, operators, agreed times', () => {
    const sample = fileURLToPath(new URL('../../passerelle.yaml', import.meta.url));
    const lines = readFileSync(sample, 'utf8').split('\n');
    const settings: string[] = [];
    let inBlock = false;
    const whole = lines.map((line) => {
      const block = /^# (alerts|access|operators):$/.exec(line)?.[1];
      inBlock = block !== undefined || (inBlock && line.startsWith('#   '));
      const [, space = '', setting] = /^( +)# ((?:slo|backlogMinutes|quietAfterMinutes): .*)$/.exec(line) ?? [];
      settings.push(...(block === undefined ? [] : [block]), ...(setting === undefined ? [] : [setting.split(':')[0] ?? '']));
      return inBlock ? line.slice(2) : setting === undefined ? line : `${space}${setting}`;
    }).join('\n');
    expect(settings.sort()).toEqual(['access', 'alerts', 'backlogMinutes', 'operators', 'quietAfterMinutes', 'slo']);
    const before = { ...process.env };
    Object.assign(process.env, { PASSERELLE_SMTP: 'x', PASSERELLE_WEBHOOK: 'x'.repeat(32), PASSERELLE_OPENID: 'x' });
    try {
      const { faults, config } = lintText(whole, sample, dirname(sample));
      expect([faults, config?.alerts.webhooks.length, config?.access.openid?.roles.length, config?.destinations[0]?.slo]).toEqual([[], 1, 1, { withinSeconds: 300, percent: 99 }]);
    } finally { for (const name of ['PASSERELLE_SMTP', 'PASSERELLE_WEBHOOK', 'PASSERELLE_OPENID']) if (before[name] === undefined) Reflect.deleteProperty(process.env, name); else process.env[name] = before[name]; }
  });

  test.each(cases)('%s: %s', (code, _, over, path, line, near) => {
    const { faults, config } = lint(over);
    expect(faults.map(({ code, location, line, near }) => ({ code, location, line, near }))).toContainEqual({ code, location: path, line, near });
    expect(config === null).toBe(faults.some(fault => fault.severity === 'error'));
    for (const fault of faults) expect(`${faultLine(fault, 'fr')}${faultLine(fault, 'en')}`).not.toMatch(/hunter2|\{\d\}/);
  });

  test('says all faults at once, in the order of the file', () => {
    const { faults } = lint({
      head: ['version: 1', 'dta: ./data', 'keys: clear'], listeners: ['listeners:', '  - { name: mllp, kind: mlp }', '  - { name: out, kind: mllp, host: 0.0.0.0 }'],
      sources: ['sources:', '  - { id: lab, organisation: Labo, listeners: [out, mllp, mlp] }', '  - nothing', '  - { id: other, organisation: Labo, listeners: [no] }'], rules: ['rules:', '  - { name: all, to: [regoin] }'],
    });
    expect(faults.map(fault => `${fault.line} ${fault.code} ${fault.location}`)).toEqual([
      '2 config.unknown-setting dta', '3 config.secret-in-clear keys', '5 config.invalid-value listeners[0].kind', '6 config.listener-without-tls listeners[1].host',
      '8 config.source-name-only sources[0]', '8 config.dangling sources[0].listeners[2]', '9 config.invalid-value sources[1]', '10 config.dangling sources[2].listeners[0]', '14 config.dangling rules[0].to[0]',
    ]);
  });

  test('a file that is not there is one fault, and loading says every error', () => {
    expect(lintConfig(missing).faults.map(fault => fault.code)).toEqual(['config.file-unreadable']);
    expect(() => loadConfig(missing)).toThrow(ConfigRefused);
  });

  test('finds the place of a secret under any key', () => {
    expect(lint({ destinations: destination('settings: { "a]": { "b.": { password: hunter2 } } }') }).faults.map(fault => fault.code)).toEqual(['config.secret-in-clear']);
  });

  test('takes the faults that others find, at the line of the setting', () => {
    const linted = lint({});
    linted.fault('config.connector-settings', 'destinations.region.settings', null, ['region', 'baseUrl: https expected']);
    expect(linted.faults.map(({ code, line, text }) => [code, line, text.includes('baseUrl')])).toEqual([['config.connector-settings', 9, true]]);
  });

  test('every fault raised while reading a configuration is in the table', () => {
    const elsewhere = ['config.tls-unusable', 'config.certificate-expires', 'config.certificate-expired', 'config.rule-test-failed', 'config.connector-settings', 'config.address-unusable', 'config.package-missing'];
    expect([...new Set(cases.map(([code]) => code)), ...elsewhere].sort()).toEqual(Object.keys(configFaults).sort());
  });

  test('never throws, whatever the text', () => {
    const words = fc.constantFrom('listeners:', '  - ', 'name: ', '{', '}', '[', ']', '*a', '&a ', '- ', '\n', 'version: 1\n', '"', ': ', 'sources:', 'tls:', '!!binary x', '<<: ', '? ', '| ', 'é', '\t', '---\n');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(words, { maxLength: 30 }).map(parts => parts.join(''))), wild => {
      expect(lintText(wild, 'x', '/').config).toBeNull();
    }));
  });
});
