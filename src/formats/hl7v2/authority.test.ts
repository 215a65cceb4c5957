import { expect, test } from '@jest/globals';
import { authorityOf } from './authority.ts';
import { readHl7 } from './read.ts';

const authority = (cx4: string): string => {
  const cx = readHl7(Buffer.from(`MSH|^~\\&|A|B|C|D|20260101||ADT^A28|1|P|2.5\rPID|||1^^^${cx4}^PI\r`)).first('PID').field(3).repetition(1);
  return authorityOf((c, s) => cx.text(c, s), 4);
};

test.each([
  ['an OID, whatever its name', 'CHU&1.2.250.1.999.140&ISO', '1.2.250.1.999.140'],
  ['an OID written alone', '1.2.250.1.999.140', '1.2.250.1.999.140'],
  ['an OID in the name’s place', '1.2.250.1.213.1.4.8&INS&ISO', '1.2.250.1.213.1.4.8'],
  ['a name and its FINESS', 'HOPITAL&000897406&N', 'HOPITAL&000897406'],
  ['another hospital of the same name', 'HOPITAL&000897407&N', 'HOPITAL&000897407'],
  ['a name alone', 'HOPITAL', 'HOPITAL'],
  ['a universal id alone', '&000897406&N', '000897406'],
  ['none', '', ''],
])('the authority of %s', (_, cx4, expected) => { expect(authority(cx4)).toBe(expected); });
