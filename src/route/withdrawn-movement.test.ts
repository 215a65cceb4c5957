import { expect, test } from '@jest/globals';
import { read } from '../normalize/read.ts';
import { withdrawnMovement } from './withdrawn-movement.ts';

test.each([['A11', 'ZBE|1|20261122||CANCEL|N|A01', ['A01']], ['A13', '', ['A03']], ['Z99', 'ZBE|1|20261122||CANCEL|N|A01', ['A01']], ['Z99', 'ZBE|1|20261122||UPDATE|N|A01', []], ['Z99', 'ZBE|1|20261122||CANCEL|N|A02', []], ['A12', '', []], ['A01', '', []]])('%s %s', (event, zbe, expected) => {
  const reading = read(Buffer.from(`MSH|^~\\&|A|HOSP|P|P|20261122||ADT^${event}|M1|P|2.5\r${zbe}\r`), { timeZone: 'Europe/Paris' });
  expect(withdrawnMovement(reading).map(({ code, args }) => [code, ...(args ?? [])])).toEqual(expected.map((one) => ['route.event-not-withdrawn', one]));
});
