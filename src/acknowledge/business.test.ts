import { describe, expect, it } from '@jest/globals';
import { readBusinessAcknowledgement } from '../formats/hl7v2/answers.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { businessAcknowledgement, type Asker } from './business.ts';
import { outcomeAcknowledgements, refusedAtOnce, type AcknowledgementContent, type Row } from './deliveries.ts';

const at = Date.UTC(2026, 2, 1, 9, 15, 30);
const asker: Asker = { controlId: 'M1', from: ['LABO', '990000001', 'PFI', 'GRADES'], processing: 'P', charset: 'UNICODE UTF-8' };
const stamp = { controlId: 'Z1', at };
const head = (event: string) => `MSH|^~\\&|PFI|GRADES|LABO|990000001|20260301091530+0000||ZAM^${event}^ZAM_Z01|Z1|P|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2`;
const zam = (...answer: Parameters<typeof businessAcknowledgement> extends [unknown, infer A, unknown] ? [A] : never) =>
  Buffer.from(businessAcknowledgement(asker, answer[0], stamp));

describe('businessAcknowledgement', () => {
  it('Z01 positive', () => {
    expect(zam({ event: 'Z01', error: null }).toString().split('\r')).toEqual([head('Z01'), 'EVN||20260301091530+0000',
      'OBX|1|CWE|ACK_RECEPTION_DMP^Accusé de réception DMP^AckMetierZAM|M1|Y^^expandedYes-NoIndicator||||||F', '']);
  });
  it('Z01 with the DMP’s own error code', () => {
    const error = { remote: { code: 'DMPClosed', label: 'DMP fermé' }, fault: 'x.y', text: 'Le DMP est fermé.' };
    expect(zam({ event: 'Z01', error }).toString().split('\r').slice(2)).toEqual([
      'OBX|1|CWE|ACK_RECEPTION_DMP^Accusé de réception DMP^AckMetierZAM|M1|N^^expandedYes-NoIndicator||||||F',
      'ERR|||207^Application error^messageErrorCondition|E|DMPClosed^DMP fermé^DMP_ERROR_CODE||x.y|Le DMP est fermé.', '']);
  });
  it('Z02 names the mailbox', () => {
    const message = readHl7(zam({ event: 'Z02', error: null, address: 'a.b@test.mssante.test' }));
    expect(message.all('OBX').map((obx) => [obx.text(2), obx.text(3), obx.text(5, 4)])).toEqual([['CWE', 'ACK_RECEPTION_MSS', ''], ['XTN', 'DESTINATAIRE_MSS', 'a.b@test.mssante.test']]);
    expect(readBusinessAcknowledgement(message)).toEqual({ event: 'Z02', kind: 'reception', controlId: 'M1', positive: true, errors: [], addressPlace: 'OBX[2]-5-4' });
  });
  it('Z03 negative falls back on 906', () => {
    const read = readBusinessAcknowledgement(readHl7(zam({ event: 'Z03', error: { fault: 'x.y', text: 't' }, address: 'a@b.mssante.test' })));
    expect([read?.kind, read?.positive, read?.errors]).toEqual(['reading', false, [{ place: '', code: '207', severity: 'E', application: { code: '906', system: 'applicationErrorCondition' } }]]);
  });
  it('is written in the charset of the original', () => {
    const bytes = businessAcknowledgement({ ...asker, charset: '8859/15' }, { event: 'Z01', error: null }, stamp);
    expect(Buffer.from(bytes).toString('latin1')).toContain('Accusé de réception DMP');
    expect(readHl7(bytes).findings).toEqual([]);
  });
});

describe('readBusinessAcknowledgement', () => {
  it('is null for anything else, and says when the answer is neither Y nor N', () => {
    expect(readBusinessAcknowledgement(readHl7(Buffer.from('MSH|^~\\&|A|B|C|D|||ACK^R01|1')))).toBeNull();
    expect(readBusinessAcknowledgement(readHl7(Buffer.from('MSH|^~\\&|A|B|C|D|||ZAM^Z09|1')))).toBeNull();
    expect(readBusinessAcknowledgement(readHl7(Buffer.from('MSH|^~\\&|A|B|C|D|||ZAM^Z01|1\rOBX|1|CWE|ACK_RECEPTION_DMP|M1|')))?.positive).toBeNull();
  });
});

describe('business acknowledgements of a delivery', () => {
  const row = (content: Record<string, unknown>, system: Row['system'] = 'dmp', recipient: string | null = null): Row => ({
    destination: 'dmp', system, action: 'submit', state: 'planned', reason: { code: 'route.flag', args: ['DESTDMP'] }, recipient, headers: {}, series: [],
    gate: { identities: ['INS|x|y'], birthDate: null, sex: null, qualified: true, messageQualified: true, dmpConsentOf: null, test: true, after: [] }, content, deadline: null,
  });
  const answer = { ...asker, destination: 'labo', reception: true, reading: false };
  const read = (one: { content: Readonly<Record<string, unknown>> }) =>
    readBusinessAcknowledgement(readHl7(Buffer.from((one.content as unknown as AcknowledgementContent).message, 'base64')));

  it('tells the sender of a delivery, of a refusal, and of nothing in between', () => {
    const delivery = { id: 7, trace: 'trace', planned: row({ answer }) };
    const [good] = outcomeAcknowledgements(delivery, { kind: 'delivered' }, at);
    expect([good?.destination, good?.system, good?.state, good?.gate.identities, read(good!)?.positive, read(good!)?.controlId]).toEqual(['labo', 'hl7v2', 'planned', [], true, 'M1']);
    const [bad] = outcomeAcknowledgements(delivery, { kind: 'refused', fault: 'facts.ins-differs', args: ['PID-3', 'OBX-5'] }, at);
    expect([read(bad!)?.positive, read(bad!)?.errors[0]?.application?.code]).toEqual([false, '904']);
    const [remote] = outcomeAcknowledgements(delivery, { kind: 'refused', fault: 'facts.ins-differs', remote: { code: 'DMPClosed', label: 'DMP fermé' } }, at);
    expect(read(remote!)?.errors[0]?.application).toEqual({ code: 'DMPClosed', system: 'DMP_ERROR_CODE' });
    expect(outcomeAcknowledgements(delivery, { kind: 'submitted', correlation: 'c', deadline: 0 }, at)).toEqual([]);
    expect(outcomeAcknowledgements(delivery, { kind: 'held', fault: 'facts.ins-differs' }, at)).toEqual([]);
    expect(outcomeAcknowledgements(delivery, { kind: 'unknown', fault: 'facts.ins-differs' }, at)).toEqual([]);
    expect(outcomeAcknowledgements(delivery, { kind: 'delivered' }, at)).toEqual([good]);
  });
  it('names the mailbox of a mail', () => {
    const [one] = outcomeAcknowledgements({ id: 8, trace: 't', planned: row({ answer }, 'mssante', 'a@b.mssante.test') }, { kind: 'delivered' }, at);
    expect([read(one!)?.event, read(one!)?.addressPlace]).toEqual(['Z02', 'OBX[2]-5-4']);
  });
  it('says nothing to who asked nothing', () => {
    for (const planned of [row({}), row({ answer: null }), row({ answer: { ...answer, reception: false } }), row({ answer }, 'regional')]) {
      expect(outcomeAcknowledgements({ id: 7, trace: 't', planned }, { kind: 'delivered' }, at)).toEqual([]);
    }
  });
  it('says at once what the plan itself refuses', () => {
    const [one] = refusedAtOnce({ ...row({ answer }), state: 'refused', reason: { code: 'facts.ins-absent-from-document', args: ['OBX-5'] } }, { trace: 't', receivedAt: at });
    expect([read(one!)?.positive, read(one!)?.errors[0]?.application?.code]).toEqual([false, '903']);
  });
});
