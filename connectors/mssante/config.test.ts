import { expect, test } from '@jest/globals';
import { mssante } from './definition.ts';

const least = { host: 'smtp.operateur.mssante.test', from: { name: 'Labo', address: 'labo@x.mssante.test' }, nil: 'NIL1' };

test('the least settings, completed', () => {
  expect(mssante.config(least, 'mssante')).toMatchObject({
    port: 587, security: 'starttls', tls: null, auth: { type: 'none' }, dsn: true, noticeHours: 48, limits: { connections: 2, perSecond: 20, mailBytes: 26_214_400 },
  });
  const { sourceId } = mssante.config(least, 'mssante') as { sourceId: string };
  expect(sourceId).toMatch(/^2\.25\.\d+$/);
  expect(mssante.config(least, 'mssante')).toMatchObject({ sourceId });
});

test('without a NIL nothing starts, and the fault says so in words', () => {
  const { nil: _nil, ...without } = least;
  expect(() => mssante.config(without, 'mssante')).toThrow(/destination mssante n’a pas de « nil ».*X-MSS-NIL/);
  expect(() => mssante.config({ ...least, nil: '' }, 'mssante')).toThrow(/nil/);
});

test.each([
  [{ host: 'a b' }, /host/], [{ port: 0 }, /port/], [{ security: 'none' }, /security/], [{ from: { name: 'Labo' } }, /address/], [{ from: { name: 'L"', address: 'a@b.fr' } }, /from\.name/],
  [{ from: { name: 'Labo', address: 'a@b.fr\r\nBcc: x' } }, /from\.address/], [{ auth: { type: 'plain', user: 'x' } }, /password/], [{ auth: { type: 'plain', user: 'x', password: 'clear' } }, /auth\.password/],
  [{ auth: { type: 'xoauth2', user: 'x', token: {} } }, /auth\.token/], [{ tls: { cert: { file: 'x' } } }, /tls\.key/], [{ limits: { connections: 99 } }, /limits\.connections/], [{ unknown: 1 }, /unknown/], [{ nil: 'a b' }, /nil/],
  [{ auth: { type: 'xoauth2', user: 'x', token: { url: 'http://jetons.example.test/t', clientId: 'x', clientSecret: { env: 'S' } } } }, /auth\.token/], [{ recipients: { directory: { url: 'http://annuaire.example.test/v2', apiKey: { env: 'K' } } } }, /directory\.url/],
  [{ recipients: { directory: { url: 'http://localhost@annuaire.example.test/v2', apiKey: { env: 'K' } } } }, /directory\.url/], [{ recipients: { applications: { '990000001': 'a@x.fr, b@y.fr' } } }, /applications\.990000001/], [{ sourceId: 'x' }, /sourceId/],
])('refused by name: %j', (changed, names) => { expect(() => mssante.config({ ...least, ...changed }, 'mssante')).toThrow(names); });

test('a fault never shows a value', () => {
  expect(() => mssante.config({ ...least, auth: { type: 'plain', user: 'x', password: 'hunter2' } }, 'mssante')).not.toThrow(/hunter2/);
});

test('secrets go over TLS, or stay on this machine', () => {
  for (const url of ['https://gateway.api.esante.gouv.fr/fhir/v2', 'http://127.0.0.1:8080/fhir', 'http://localhost']) expect(() => mssante.config({ ...least, recipients: { directory: { url, apiKey: { env: 'K' } } } }, 'mssante')).not.toThrow();
});
