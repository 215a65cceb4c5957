import { describe, expect, test } from '@jest/globals';
import { dmpConfig } from './config.ts';

const secret = { env: 'UNSET' };
const settings = {
  baseUrl: 'https://dmp.test/services/', authentication: { pfx: { file: 'auth.p12' }, ca: secret }, signature: { pfx: { file: 'sign.p12' } }, homologation: secret, sourceId: '1.2.250.1.999.1.1',
  structure: { id: '1990000001', name: 'Laboratoire' }, vihf: { sector: 'SA25', responsible: '1990000001/x' },
};
const wrong = (changed: Record<string, unknown>, rules?: { production: boolean }): string => {
  try { dmpConfig({ ...settings, ...changed }, 'dmp', rules); return ''; } catch (error) { return (error as Error).message; }
};

describe('settings', () => {
  test('the least that is needed, completed', () => {
    expect(dmpConfig(settings, 'dmp')).toMatchObject({
      baseUrl: 'https://dmp.test/services', paths: { registry: '/registry' }, lot: { algorithm: 'sha1' }, existence: 'never', structure: { also: [] },
      vihf: { version: '3.0', mode: 'INDIRECTE', issuer: 'country-first', actor: 'sender', roles: [{ code: 'AUTOMATE' }] },
    });
  });

  test('the software is the product in its version, unless the settings say another', () => {
    expect(dmpConfig(settings, 'dmp', { version: '1.2.3' }).software).toMatchObject({ name: 'Passerelle', version: '1.2.3' });
    expect(dmpConfig({ ...settings, software: { version: '9' } }, 'dmp', { version: '1.2.3' }).software).toMatchObject({ version: '9' });
  });

  test.each([
    [{ baseUrl: 'http://dmp.test' }, 'baseUrl'], [{ sourceId: 'x' }, 'sourceId'], [{ structure: { id: '12', name: 'x' } }, 'structure.id'], [{ vihf: { sector: 'SA1', responsible: 'x' } }, 'vihf.sector'],
    [{ lot: { algorithm: 'md5' } }, 'lot.algorithm'], [{ answers: { XDSRegistryBusy: 'ignore' } }, 'answers.XDSRegistryBusy'], [{ homologation: 'in clear' }, 'homologation'], [{ unknown: 1 }, 'unknown'],
    [{ signature: {} }, 'signature needs pfx'], [{ authentication: { ca: secret } }, 'authentication needs pfx'], [{ signature: { pfx: { file: 'auth.p12' } } }, 'EX_GEN-1450'],
  ])('%j is refused by its path', (changed, path) => {
    expect(wrong(changed)).toContain(path);
    expect(wrong(changed)).not.toContain('in clear');
  });

  test('the production service is refused until the destination is one of production; test and training services are not it', () => {
    const production = { baseUrl: 'https://lps2.dmp.gouv.fr/si-dmp-server/v2/services' };
    expect(wrong(production)).toContain('production');
    expect(wrong(production, { production: false })).toContain('production');
    expect(wrong(production, { production: true })).toBe('');
    expect(wrong({ baseUrl: 'https://dev6.lps2.dmp.gouv.fr/si-dmp-server/v2/services' })).toBe('');
  });
});
