import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { SettingFault } from '../../src/net/setting-fault.ts';
import { receiptOfFailure } from './answers.ts';

const replied = (response: string, command: string) => ({ code: command.startsWith('AUTH') ? 'EAUTH' : 'EENVELOPE', command, response, responseCode: Number(response.slice(0, 3)) });
const before = { ended: false };
const after = { ended: true };
const faultOf = (receipt: Receipt): string => ('fault' in receipt ? receipt.fault : '');
const classOf = (receipt: Receipt): string => ('fault' in receipt ? catalogue[receipt.fault].class : '');

describe('replies of the operator (mss.md §9.1)', () => {
  test.each([
    // Measured on Postfix: looks transient, and would be tried for ever.
    ['421 4.7.1 Service unavailable; no client certificate presented', 'CONN', 'configuration', 'mss.not-recognised'],
    ['421 4.7.1 Client certificate not trusted', 'EHLO', 'configuration', 'mss.not-recognised'],
    ['421 4.7.0 certificate', 'RCPT TO', 'configuration', 'mss.not-recognised'],
    ['454 4.7.0 Temporary authentication failure', 'AUTH PLAIN', 'configuration', 'mss.not-recognised'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'MAIL FROM', 'configuration', 'mss.not-recognised'],
    ['534 5.7.9 mechanism too weak', 'AUTH PLAIN', 'configuration', 'mss.not-recognised'],
    ['535 5.7.8 Authentication credentials invalid', 'AUTH XOAUTH2', 'configuration', 'mss.not-recognised'],
    ['504 Unrecognized authentication type', 'AUTH EXTERNAL', 'configuration', 'mss.not-recognised'],
    ['450 4.7.1 certificate wanted', 'MAIL FROM', 'configuration', 'mss.not-recognised'],
    // Every mail would get these: no mail fails by them.
    ['554 5.7.1 no service for you', 'CONN', 'configuration', 'mss.not-recognised'],
    ['550 access denied', 'EHLO', 'configuration', 'mss.not-recognised'],
    ['502 5.5.1 not implemented', 'STARTTLS', 'configuration', 'mss.not-recognised'],
    ['553 5.7.1 sender not owned by you', 'MAIL FROM', 'configuration', 'mss.not-recognised'],
    ['550 5.7.1 sender rejected', 'MAIL FROM', 'configuration', 'mss.not-recognised'],
    // Of this mail: its size.
    ['552 5.3.4 too big', 'MAIL FROM', 'permanent', 'mss.refused'],
    ['552 too big', 'MAIL FROM', 'permanent', 'mss.refused'],
    ['550 5.2.3 too long', 'MAIL FROM', 'permanent', 'mss.refused'],
    ['421 4.3.2 closing', 'CONN', 'transient', 'mss.unreachable'],
    ['421 closing', 'DATA', 'transient', 'mss.unreachable'],
    // Greylisting.
    ['450 4.7.1 try again in 300 seconds', 'RCPT TO', 'transient', 'mss.busy'],
    ['450 4.2.1 mailbox busy', 'RCPT TO', 'transient', 'mss.busy'],
    ['451 4.3.0 later', 'DATA', 'transient', 'mss.busy'],
    ['452 4.2.2 full', 'RCPT TO', 'transient', 'mss.busy'],
    ['550 5.1.1 unknown', 'RCPT TO', 'permanent', 'mss.recipient-refused'],
    ['554 5.7.1 Access denied', 'RCPT TO', 'permanent', 'mss.recipient-refused'],
    ['551 moved', 'RCPT TO', 'permanent', 'mss.recipient-refused'],
    ['552 5.3.4 too big', 'DATA', 'permanent', 'mss.refused'],
    ['554 5.6.0 content', 'DATA', 'permanent', 'mss.refused'],
  ])('%s to %s: %s', (response, command, kind, fault) => {
    const receipt = receiptOfFailure(replied(response, command), before);
    expect([classOf(receipt), faultOf(receipt)]).toEqual([kind, fault]);
    // A reply to the final dot is an answer: nothing is in doubt.
    expect(receiptOfFailure(replied(response, command), after)).toEqual(receipt);
  });

  test('a mailbox that is full or greylisted says nothing of the operator; 421 and 4.3.x do', () => {
    const aside = (response: string, command: string): unknown => { const receipt = receiptOfFailure(replied(response, command), before); return receipt.kind === 'busy' && receipt.aside === true; };
    for (const [response, command] of [['450 4.7.1 greylisted', 'RCPT TO'], ['452 4.2.2 full', 'RCPT TO'], ['450 busy', 'DATA'], ['451 4.2.0 later', 'DATA']] as const) expect([response, aside(response, command)]).toEqual([response, true]);
    for (const [response, command] of [['421 4.3.2 closing', 'RCPT TO'], ['451 4.3.0 later', 'DATA'], ['452 4.3.1 storage', 'RCPT TO'], ['451 later', 'MAIL FROM']] as const) expect([response, aside(response, command)]).toEqual([response, false]);
  });

  test('the operator\'s own text is never kept: it may quote the recipient, and a patient\'s address is the INS', () => {
    const receipt = receiptOfFailure(replied('550 5.1.1 <279035121518989@patient.mssante.fr>: MME DUPONT unknown', 'RCPT TO'), before);
    expect(receipt).toEqual({ kind: 'refused', fault: 'mss.recipient-refused', args: ['550', '5.1.1'], raw: '550 5.1.1 RCPT TO' });
  });
});

describe('failures without a reply', () => {
  const socket = (originalCode: string, command = 'CONN') => ({ code: 'ESOCKET', originalCode, command });
  test.each([
    ['no one there', socket('ECONNREFUSED'), 'busy', 'mss.unreachable'],
    ['wrong authority', socket('SELF_SIGNED_CERT_IN_CHAIN'), 'refused', 'mss.tls'],
    ['wrong name', socket('ERR_TLS_CERT_ALTNAME_INVALID'), 'refused', 'mss.tls'],
    ['expired', socket('CERT_HAS_EXPIRED'), 'refused', 'mss.tls'],
    ['client certificate wanted, told after the handshake', socket('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'refused', 'mss.tls'],
    ['no STARTTLS', { code: 'ETLS', command: 'STARTTLS' }, 'refused', 'mss.tls'],
    ['no such mechanism', { code: 'EAUTH' }, 'refused', 'mss.not-recognised'],
    ['secrets unreadable', new SettingFault('config.file-unreadable', ['client.p12', 'ENOENT']), 'refused', 'mss.credentials'],
    ['larger than SIZE', { code: 'EMESSAGE', command: 'MAIL FROM' }, 'refused', 'mss.refused'],
    ['lost in the dialogue', { code: 'ECONNECTION', command: 'RCPT TO' }, 'busy', 'mss.interrupted'],
    ['a pool that was closed', new Error('Connection pool was closed'), 'busy', 'mss.unreachable'],
    ['nothing known', null, 'busy', 'mss.unreachable'],
  ])('%s', (_name, error, kind, fault) => {
    const receipt = receiptOfFailure(error, before);
    expect([receipt.kind, faultOf(receipt)]).toEqual([kind, fault]);
  });
  test('after the final dot nobody knows', () => {
    for (const error of [socket('ECONNRESET'), { code: 'ETIMEDOUT', command: 'CONN' }, { code: 'ECONNECTION' }, { code: 'ABORT_ERR' }]) expect(receiptOfFailure(error, after)).toMatchObject({ kind: 'unknown', fault: 'mss.no-answer' });
  });
});
