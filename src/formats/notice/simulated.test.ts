import { expect, test } from '@jest/globals';
import { noticeKinds, writeNotice, type NoticeKind } from '../../../connectors/mssante/simulator/notice.ts';
import type { Received } from '../../../connectors/mssante/simulator/store.ts';
import { readNotice } from './read.ts';

// What the simulated operator and its receivers send back, written by other hands than those that read it here.

const raw = Buffer.from('From: labo@labo.mssante.test\r\nTo: 279035121518989@patient.mssante.fr\r\nSubject: XDM/1.0/DDM+CR TEST PAUL\r\nMessage-ID: <token-1@labo.mssante.test>\r\n\r\ncorps\r\n');
const received = (ret: string): Received => ({ raw, messageId: '<token-1@labo.mssante.test>', readingAskedBy: 'labo@labo.mssante.test', subject: 'XDM/1.0/DDM+CR TEST PAUL',
  envelope: { from: 'labo@labo.mssante.test', envid: 'token-1', ret, recipients: [{ address: '279035121518989@patient.mssante.fr', notify: ['SUCCESS'] }] } } as unknown as Received);

const expected: Readonly<Record<NoticeKind, string>> = {
  'dsn-failed': 'delivery failed 5.1.1', 'dsn-delayed': 'delivery delayed 4.4.1', 'dsn-relayed': 'delivery relayed 2.0.0', 'dsn-expired': 'delivery failed 4.4.1',
  'patient-closed': 'delivery failed 5.2.1', 'patient-unknown': 'delivery failed 5.1.1', 'patient-too-large': 'delivery failed 5.3.4',
  'mdn-processed': 'disposition processed ', 'mdn-displayed': 'disposition read ', 'mdn-error-1.1.3': 'disposition not-integrated  902', 'mdn-error-1.1.2': 'disposition not-integrated  902', 'mdn-malformed': 'disposition not-integrated  902',
  'standard-error': 'error-mail not-integrated  902', 'auto-reply': 'auto-reply', 'patient-answer': 'patient',
};

test.each(noticeKinds.flatMap((kind) => ['HDRS', 'FULL'].map((ret) => [kind, ret] as const)))('%s (RET=%s)', (kind, ret) => {
  const { kind: is, reports: [report], keys } = readNotice(writeNotice(kind, received(ret), Date.now()).raw);
  expect([is, ...(report === undefined ? [] : [report.action, report.status, ...report.errors.slice(0, 1).map(({ code }) => code)])].join(' ')).toBe(expected[kind]);
  if (report !== undefined) {
    expect(report.finalRecipient).toBe('279035121518989@patient.mssante.fr');
    expect(['token-1', 'token-1@labo.mssante.test']).toContain(keys[0]?.value);
  }
});
