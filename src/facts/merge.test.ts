import { describe, expect, it, test } from '@jest/globals';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { patientIdentity } from '../normalize/patient-identity.ts';
import { readMerge } from './merge.ts';

const CHU = 'CHU&1.2.250.1.999.140&ISO';
const INS = (value: string) => `${value}^^^ASIP&1.2.250.1.213.1.4.10&ISO^INS`;
const merge = (pid3: string, mrg: string, event = 'A40') => {
  const message = readHl7(Buffer.from(`MSH|^~\\&|A|HOSP|P|P|20260101||ADT^${event}|M1|P|2.5\rPID|||${pid3}||NOM^P^^^^^L||19790328|F\r${mrg}`));
  const { merges, elsewhere, unclear } = readMerge(message, patientIdentity(message).identity);
  return [...merges.map(({ surviving, retired }) => `${retired.authority}|${retired.value}>${surviving.authority}|${surviving.value}`), ...elsewhere.map((one) => `elsewhere ${one}`), ...(unclear === null ? [] : [`${unclear.code} ${unclear.place}`])];
};

describe('what a merge says', () => {
  test.each<[string, string, string, string[]]>([
    ['two numbers of one authority', `3^^^${CHU}^PI`, `MRG|9^^^${CHU}^PI`, ['1.2.250.1.999.140|9>1.2.250.1.999.140|3']],
    ['an authority named without its OID', `3^^^${CHU}^PI`, 'MRG|9^^^CHU^PI', ['1.2.250.1.999.140|9>1.2.250.1.999.140|3']],
    ['a name that two authorities of PID-3 have', '3^^^H&000897406&N^PI~4^^^H&000897407&N^PI', 'MRG|9^^^H^PI', ['H|9>H&000897406|3', 'elsewhere MRG-1-4']],
    ['another authority: tied to the establishment’s number', `7^^^REG&1.2.3&ISO^RRI~3^^^${CHU}^PI`, 'MRG|9^^^CLIN&1.2.4&ISO^PI', ['1.2.4|9>1.2.250.1.999.140|3', 'elsewhere MRG-1-4']],
    ['no authority on either side', '3^^^^PI', 'MRG|9^^^^PI', ['|9>|3']],
    ['no authority in MRG-1', `3^^^${CHU}^PI`, 'MRG|9^^^^PI', ['normalize.merge-without-authority MRG-1-4']],
    ['one of two without authority', `3^^^${CHU}^PI`, `MRG|9^^^${CHU}^PI~8`, ['1.2.250.1.999.140|9>1.2.250.1.999.140|3', 'normalize.merge-without-authority MRG-1(2)-4']],
    ['the same number', `3^^^${CHU}^PI`, `MRG|3^^^${CHU}^PI`, ['normalize.merge-without-survivor MRG-1']],
    ['nothing but an INS in PID-3', INS('279035121518989'), `MRG|9^^^${CHU}^PI`, ['normalize.merge-without-survivor MRG-1']],
    ['an INS beside the number: it is nobody’s to retire', `3^^^${CHU}^PI`, `MRG|9^^^${CHU}^PI~${INS('279035121518989')}`, ['1.2.250.1.999.140|9>1.2.250.1.999.140|3']],
    ['an INS alone', `3^^^${CHU}^PI`, `MRG|${INS('279035121518989')}`, ['normalize.merge-without-identifier MRG-1']],
    ['a family’s number alone', `3^^^${CHU}^PI`, 'MRG|185076322000111^^^CPAM&1.2.9&ISO^NH', ['normalize.merge-without-identifier MRG-1']],
    ['several MRG', `3^^^${CHU}^PI`, `MRG|9^^^${CHU}^PI\rMRG|8^^^${CHU}^PI`, ['1.2.250.1.999.140|9>1.2.250.1.999.140|3', '1.2.250.1.999.140|8>1.2.250.1.999.140|3']],
    ['the retired number among PID-3 too', `9^^^${CHU}~3^^^${CHU}`, `MRG|9^^^${CHU}`, ['1.2.250.1.999.140|9>1.2.250.1.999.140|3']],
  ])('%s', (_, pid3, mrg, expected) => { expect(merge(pid3, mrg)).toEqual(expected); });
  it('is for A40 and A47 to say: a stray MRG merges nobody', () => { expect(merge(`3^^^${CHU}^PI`, `MRG|9^^^${CHU}^PI`, 'A31')).toEqual([]); });
  it('of an A47 may be a new INS, which PID-3 says', () => {
    expect(merge(`${INS('279035121518989')}~3^^^${CHU}^PI`, `MRG|${INS('277076322082910')}`, 'A47')).toEqual([]);
    expect(merge(`${INS('279035121518989')}~3^^^${CHU}^PI`, `MRG|${INS('279035121518989')}`, 'A47')).toEqual(['normalize.merge-without-identifier MRG-1']);
  });
});
