import { describe, expect, it, test } from '@jest/globals';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { toldConsent } from './told-consent.ts';

const told = (zfa: string, sent = '20261120140000+0100') => {
  const { findings, ...rest } = toldConsent(readHl7(Buffer.from(`MSH|^~\\&|A|HOSP|P|P|${sent}||ADT^A31|M1|P|2.5\rZFA|ACTIF|||||||${zfa}\r`)));
  return { ...rest, codes: findings.map(({ code, location }) => `${code} ${location}`) };
};

describe('what ZFA tells', () => {
  it('is the two decisions and when they were collected', () => {
    expect(told('|IO|20261119|INC|20261118')).toEqual({ alimentation: 'IO', consultation: 'INC', at: '20261119', codes: [] });
    expect(told('|||IC|20261118')).toEqual({ alimentation: null, consultation: 'IC', at: '20261118', codes: [] });
  });
  it('does not date one decision by the other', () => { expect(told('|IO||IC|20200101')).toMatchObject({ alimentation: 'IO', at: null }); });
  test.each(['OI', 'io', 'O', 'opposé', '""', 'INO~IO'])('is not guessed: ZFA-9 = %s', (code) => { expect(told(`|${code}|20261119`).codes).toEqual(['normalize.consent-code ZFA-9']); });
  it('is not guessed: ZFA-11', () => { expect(told('|IO||X').codes).toEqual(['normalize.consent-code ZFA-11']); });
  test.each([['after the message', '20621120', ['normalize.consent-in-future ZFA-10']], ['that is no date', '22/11/2026', []], ['to the month', '202611', []]])('has no date of collection %s', (_, at, codes) => {
    expect(told(`|INO|${at}`)).toEqual({ alimentation: 'INO', consultation: null, at: null, codes });
  });
  it('keeps the day of the message, and any date where the message has none', () => {
    expect(told('|INO|20261120235900').at).toBe('20261120235900');
    expect(told('|INO|20621120', '').at).toBe('20621120');
  });
});
