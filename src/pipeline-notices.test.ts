import { describe, expect, it } from '@jest/globals';
import { createPlanner } from './planner.ts';

const planner = createPlanner({ destinations: [], rules: [] }, { profiles: [], check: null }, new Map(), 'test');
const source = { id: 'editeur', timeZone: 'Europe/Paris', strictness: 'tolerant' as const, answersTo: 'editeur-reponses', establishment: null, unknownConsent: 'follow' as const };
const zam = (about: string, said: string, err = ''): Buffer => Buffer.from([
  'MSH|^~\\&|EDITEUR|CABINET|PASSERELLE|REGION|20261122083000+0100||ZAM^Z02^ZAM_Z01|Z1|P|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2', 'EVN||20261122083000+0100',
  `OBX|1|CWE|ACK_RECEPTION_MSS^Accusé^AckMetierZAM|${about}|${said}^^expandedYes-NoIndicator||||||F`, ...(err === '' ? [] : [err]),
].join('\r'));
const outcome = (bytes: Buffer, answersTo: string | null = source.answersTo) =>
  planner.plan({ bytes, source: { ...source, answersTo }, trace: 't', receivedAt: 0 }, () => ({ upTo: 0, known: [] })).outcome;

describe('a business acknowledgement received (ZAM)', () => {
  it('closes the delivery it names, at its sender’s own destination only, and is acknowledged', () => {
    const { disposition, ack, settlements } = outcome(zam('MSG-7', 'Y'));
    expect([disposition, ack]).toEqual(['consumed', 'AA']);
    expect(settlements).toEqual([{ correlation: 'MSG-7', destinations: ['editeur-reponses'], outcome: 'delivered', reason: { code: 'route.notice-positive', args: ['Z02'] } }]);
  });
  it('refuses it with the receiver’s code when it is negative', () => {
    const { settlements, findings } = outcome(zam('MSG-7', 'N', 'ERR|||207|E|550^refus^SMTPERRORCODE'));
    expect(settlements).toMatchObject([{ outcome: 'refused', reason: { code: 'route.notice-negative', args: ['Z02', '550'] } }]);
    expect(findings.map(({ code, location }) => [code, location])).toEqual([['route.notice-negative', 'OBX[1]-5']]);
  });
  it.each([['of a source that is sent nothing', 'MSG-7', 'Y', null], ['that names no message', '', 'Y', 'editeur-reponses'], ['that says neither yes nor no', 'MSG-7', 'X', 'editeur-reponses']])('%s closes nothing, and is kept', (_, about, said, answersTo) => {
    const { disposition, ack, settlements } = outcome(zam(about, said), answersTo);
    expect([disposition, ack, settlements]).toEqual(['consumed', 'AA', []]);
  });
});
