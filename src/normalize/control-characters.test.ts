import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { controlCharacters } from '../formats/hl7v2/control-characters.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { decide, understand } from '../pipeline.ts';

const volet = readFileSync(new URL('../../fixtures/hl7v2/volet/oru-initial/in.hl7', import.meta.url), 'utf8');
const source = { id: 'lab', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: 'answers', establishment: null, unknownConsent: 'follow' as const };
function outcome(text: string): { ack: string | null; told: string[] } {
  const { ack, findings } = decide(understand({ bytes: Buffer.from(text), source, trace: 'a', receivedAt: Date.UTC(2026, 10, 22) }), { upTo: 1, known: [] }, { destinations: [], rules: [] }, { profiles: [], check: null });
  return { ack, told: findings.filter(({ code }) => code.endsWith('.control-character')).map(({ code, severity, location }) => `${severity} ${code} ${location}`) };
}
const odd = ['\u0001', '\uffff', '\\X01\\', '\\XEFBFBF\\'];

describe('characters that no XML can carry', () => {
  test.each(odd)('%j in who sends or receives: AE, with the place', (char) => {
    expect(outcome(volet.replace('899700218896^BERTHELOT^', `899700218896^BERT${char}HELOT^`))).toEqual({ ack: 'AE', told: ['error hl7v2.control-character PRT[1]-5-2'] });
    expect(outcome(volet.replace('secretariat@', `secretariat${char}@`))).toEqual({ ack: 'AE', told: ['error hl7v2.control-character PRT[4]-15-4'] });
  });
  test.each(odd)('%j elsewhere: told', (char) => {
    expect(outcome(volet.replace('MARTIN^DOMINIQUE^', `MAR${char}TIN^DOMINIQUE^`))).toEqual({ ack: 'AA', told: ['warning hl7v2.control-character PID-5(1)-1'] });
  });
  test('in a large message too, whose document is passed over', () => {
    const large = volet.replace('^Base64^', `^Base64^${' '.repeat(70_000)}`);
    expect(outcome(large)).toEqual({ ack: 'AA', told: [] });
    expect(outcome(large.replace('899700218896^BERTHELOT^', '899700218896^BERT\u0001HELOT^'))).toMatchObject({ ack: 'AE' });
  });
  test('with an escape character of its own', () => {
    const own = 'MSH|^~$&|A|B|C|D|2026||ORU^R01|1|P|2.5\rPID|1||1^^^X||DU$X01$PONT\r';
    expect(controlCharacters(readHl7(Buffer.from(own)))).toEqual(['PID-5-1']);
    expect(controlCharacters(readHl7(Buffer.from(own.replaceAll('$X01$', '$X0D$\\X01\\'))))).toEqual([]);
  });
  test('a text cut by a tab or a line break is none', () => {
    expect(outcome(volet.replace('^BERTHELOT^', '^BERT\\.br\\\\X09\\HELOT^'))).toMatchObject({ told: [] });
  });
});
