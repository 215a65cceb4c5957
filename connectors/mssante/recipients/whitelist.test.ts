import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { whitelistXml, type WhitelistFault } from '../simulator/directory-files.ts';
import { domainKey, readWhitelist, whitelistRefusal } from './whitelist.ts';

const domains = Array.from({ length: 10 }, (_, n) => `structure-${String(n)}.mssante.test`);
const date = '2026-11-20T04:00:00Z';
const list = (faults: readonly WhitelistFault[] = [], names = domains, at = date) => readWhitelist(Buffer.from(whitelistXml({ domains: names, date: at }, faults)));

describe('the trust space’s list', () => {
  test('is read, its last tag missing or not; a domain has the certificates of all its operators', () => {
    for (const faults of [[], ['truncated']] as const) {
      const read = list(['repeated', 'mixed-case', 'international', ...faults]);
      expect(read).toMatchObject({ generatedAt: Date.parse(date), entries: 12 });
      expect([...read?.domains.keys() ?? []]).toEqual([...domains, 'xn--hpital-vrecy-cbb4h.mssante.test'.replace(/^.*$/, domainKey('hôpital-évrecy.mssante.test'))]);
      expect(read?.domains.get(domains[0] ?? '')?.size).toBe(2);
      expect(domainKey(' Hôpital-ÉVRECY.mssante.test ')).toBe(domainKey('hôpital-évrecy.mssante.test'));
    }
  });

  test.each(['empty', 'not-xml', 'dtd', 'other-namespace'] as const)('%s is no list', (fault) => { expect(list([fault])).toBeNull(); });

  test('cut anywhere before its last tag it is no list, and no bytes make it throw', () => {
    const whole = whitelistXml({ domains: domains.slice(0, 3), date });
    const last = whole.indexOf('</ListeDomaines>') + '</ListeDomaines>'.length;
    for (let at = 0; at < last; at += 7) expect(readWhitelist(Buffer.from(whole.slice(0, at)))).toBeNull();
    expect(readWhitelist(Buffer.from(whole.slice(0, last)))).not.toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { readWhitelist(bytes); }));
  });

  test('does not take the place of a good one when it is older, or a fifth of it is gone', () => {
    const good = list();
    expect([whitelistRefusal(list(), good), whitelistRefusal(list([], domains.slice(1)), good), whitelistRefusal(list([], domains, '2026-11-21T04:00:00Z'), null)]).toEqual([null, null, null]);
    expect(whitelistRefusal(null, good)).toBe('recipients.whitelist-unreadable');
    expect(whitelistRefusal(list(['older']), good)).toBe('recipients.whitelist-older');
    expect(whitelistRefusal(list(['shrunk']), good)).toBe('recipients.whitelist-shrunk');
    expect(whitelistRefusal(list([], domains.slice(0, 8)), good)).toBeNull();
    expect(whitelistRefusal(list([], domains.slice(0, 7)), good)).toBe('recipients.whitelist-shrunk');
  });
});

whenShared('the list’s published form', () => {
  test('is read', () => {
    const read = readWhitelist(readFileSync(shared('examples/mss/listeblanche-format.sample.xml') ?? ''));
    expect([read?.entries, [...read?.domains.keys() ?? []], read?.domains.get('chu-test.mssante.test')?.size]).toEqual([3, ['chu-test.mssante.test', 'uc-test.mssante.test'], 2]);
  });
});
