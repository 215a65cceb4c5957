import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chain, dsn, errorMail, malformedMdn, mdn, plain, recipient } from '../../../test/samples/notices.ts';
import { identifyMail, readNotice } from './read.ts';

describe('delivery status notifications', () => {
  test.each(['failed', 'delayed', 'delivered', 'relayed', 'expanded'])('%s is said by Action', (action) => {
    expect(readNotice(dsn({ action }))).toMatchObject({ kind: 'delivery', from: 'mailer-daemon@operateur.mssante.test', reports: [{ action, finalRecipient: recipient }] });
  });

  test('an expired mail failed, whatever the class of its status; the reply code is the remote server’s', () => {
    const { reports } = readNotice(dsn({ action: 'failed', status: '4.4.1', diagnostic: 'X-Postfix; connect to 127.0.0.1:20999: Connection refused' }));
    expect(reports).toMatchObject([{ action: 'failed', status: '4.4.1', smtpCode: '' }]);
    expect(readNotice(dsn({ action: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 <x@y> unknown' })).reports).toMatchObject([{ status: '5.1.1', smtpCode: '550' }]);
  });

  test('names the mail by its envelope first, then by the enclosed header; the subject last', () => {
    expect(readNotice(dsn({ action: 'failed', envelope: 'a+2B1' })).keys).toEqual([
      { by: 'envelope', value: 'a+1' }, { by: 'enclosed-message', value: 'token-1@labo.mssante.test' }, { by: 'subject', value: 'XDM/1.0/DDM+CR TEST PAUL' },
    ]);
  });

  test('in base64 or quoted-printable it reads the same', () => {
    const text = dsn({ action: 'failed' }).toString();
    const start = text.indexOf('Reporting-MTA'), end = text.indexOf('\r\n--b1/x\r\nContent-Type: text/rfc822');
    const inner = text.slice(start, end);
    const as = (encoding: string, body: string) => readNotice(Buffer.from(text.slice(0, start).replace('message/delivery-status\r\n', `message/delivery-status\r\nContent-Transfer-Encoding: ${encoding}\r\n`) + body + text.slice(end)));
    expect(as('base64', Buffer.from(inner).toString('base64')).reports).toEqual(readNotice(dsn({ action: 'failed' })).reports);
    expect(as('quoted-printable', inner.replaceAll('rfc822;', 'rfc822=3B').replace('Action:', 'Acti=\r\non:')).reports).toEqual(readNotice(dsn({ action: 'failed' })).reports);
  });

  test('a bounce in words alone failed, for nobody by name; one without an Action says nothing', () => {
    const bounce = plain(['Return-Path: <>', 'From: MAILER-DAEMON@mes.mssante.test', 'Subject: =?utf-8?q?Message_non_distribu=C3=A9?=', 'In-Reply-To: <token-1@labo.mssante.test>']);
    expect(readNotice(bounce)).toMatchObject({ kind: 'delivery', keys: [{ by: 'reply', value: 'token-1@labo.mssante.test' }, { by: 'subject' }], reports: [{ action: 'failed', finalRecipient: '' }] });
    expect(readNotice(dsn({ action: 'pondering' })).reports).toEqual([]);
  });
});

describe('message disposition notifications', () => {
  test.each([
    ['automatic-action/MDN-sent-automatically; processed', 'processed'], ['manual-action/MDN-sent-manually; displayed', 'read'], ['manual-action/MDN-sent-manually;displayed', 'read'],
    ['automatic-action/MDN-sent-automatically; deleted', 'deleted'], ['manual-action/MDN-sent-manually; dispatched', 'received'], ['automatic-action/MDN-sent-automatically; denied', 'received'],
    ['automatic-action/MDN-sent-automatically; processed/error', 'not-integrated'], ['automatic-action/MDN-sent-automatically; processed/warning', 'processed'], ['automatic-action/MDN-sent-automatically; failed', 'not-integrated'],
  ])('%s: %s', (disposition, action) => {
    expect(readNotice(mdn({ disposition }))).toMatchObject({ kind: 'disposition', reports: [{ action, finalRecipient: recipient }] });
  });

  test('both generations of the volet give the same error chain', () => {
    const errors = (table: string) => [{ code: '902', label: 'Identifiant de patient inconnu', table }, { code: 'E', label: 'Error', table: 'errorSeverity' }];
    const first = mdn({ disposition: `automatic-action/MDN-sent-automatically; processed/Error: ${chain('messageErrorCondition')}` });
    const second = mdn({ disposition: 'automatic-action/MDN-sent-automatically; processed/error', error: chain('applicationErrorCondition') });
    expect(readNotice(first).reports).toMatchObject([{ action: 'not-integrated', errors: errors('messageErrorCondition') }]);
    expect(readNotice(second).reports).toMatchObject([{ action: 'not-integrated', errors: errors('applicationErrorCondition') }]);
  });

  test('the malformed published example is read', () => {
    const notice = readNotice(malformedMdn());
    expect(notice).toMatchObject({ kind: 'disposition', messageId: '199509200019.12345', keys: [{ by: 'original-message', value: '199509192301.23456' }, { by: 'subject' }] });
    expect(notice.reports).toMatchObject([{ action: 'not-integrated', finalRecipient: recipient, originalRecipient: recipient, errors: [{ code: '902' }, { code: 'E' }] }]);
  });

  test('without Original-Message-ID the enclosed mail says which it is', () => {
    expect(readNotice(mdn({ silent: true })).keys[0]).toEqual({ by: 'enclosed-message', value: 'token-1@labo.mssante.test' });
  });
});

describe('what is no report', () => {
  test('the volet’s error mail, by either of its subjects', () => {
    const wanted = { kind: 'error-mail', keys: [{ by: 'enclosed-message', value: 'token-1@labo.mssante.test' }, { by: 'subject' }], reports: [{ action: 'not-integrated', finalRecipient: recipient, errors: [{ code: '902' }] }] };
    expect(readNotice(errorMail())).toMatchObject(wanted);
    expect(readNotice(errorMail({ subject: '[Erreur d’intégration !][902] XDM/1.0/DDM+CR' }))).toMatchObject(wanted);
    expect(readNotice(errorMail({ subject: '[KO Intégration système ! ] XDM/1.0/DDM+CR' }))).toMatchObject(wanted);
  });

  test.each([
    ['an answer of a patient', plain(['From: <279035121518989@patient.mssante.fr>', 'Subject: Re: XDM']), 'patient'],
    ['an absence message', plain([`From: ${recipient}`, 'Auto-Submitted: auto-replied', 'Subject: Absence']), 'auto-reply'],
    ['a list', plain([`From: ${recipient}`, 'Precedence: bulk', 'Subject: Info']), 'auto-reply'],
    ['a person', plain([`From: "Dr Martin" <${recipient}>`, 'Auto-Submitted: no', 'Subject: Re: [KO Intégration système !] XDM']), 'person'],
    ['nothing at all', Buffer.alloc(0), 'person'],
    ['an absence message with a null path, in words of a bounce', plain(['Return-Path: <>', `From: ${recipient}`, 'Auto-Submitted: auto-replied', 'Subject: Absence : courriels non distribués ce jour']), 'auto-reply'],
    ['a delay', plain(['Return-Path: <>', 'From: postmaster@mes.mssante.test', 'Subject: Delivery Status Notification (Delay)']), 'auto-reply'],
    ['a delay in French', plain(['Return-Path: <>', 'From: postmaster@mes.mssante.test', 'Subject: =?utf-8?q?Message_non_remis_=C3=A0_ce_jour_(retard)?=']), 'auto-reply'],
    ['a relay', plain(['Return-Path: <>', 'From: postmaster@mes.mssante.test', 'Subject: Delivery status notification (relayed)']), 'auto-reply'],
    ['a server that quotes our subject', plain(['Return-Path: <>', 'From: postmaster@mes.mssante.test', 'Subject: Re: XDM/1.0/DDM+Examen non remis']), 'auto-reply'],
  ])('%s', (_, bytes, kind) => {
    expect(readNotice(bytes)).toMatchObject({ kind, reports: [] });
    expect(identifyMail(bytes).kind).toBe(kind);
  });

  test('a report within an enclosed mail is not this mail’s own', () => {
    const forwarded = Buffer.concat([Buffer.from('From: a@b.mssante.test\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n'), mdn(), Buffer.from('\r\n--q--\r\n')]);
    expect(readNotice(forwarded)).toMatchObject({ kind: 'person', reports: [] });
  });
});

describe('any bytes', () => {
  const samples = [dsn({ action: 'failed' }), mdn(), malformedMdn(), errorMail()];
  const pieces = ['\r\n', '\n', '--RAA', '--b1/x', '—', 'Content-Type: multipart/report; boundary=RAA', 'Content-Type: message/disposition-notification', 'Content-Type: message/rfc822', 'Disposition: a; processed/Error: 9^|^', 'Action: failed', ': ', ' x', '=?utf-8?B?4oK=?=', '<', '>', '\x96', 'é'];

  test('never make it throw', () => {
    const both = (bytes: Uint8Array) => { readNotice(bytes); identifyMail(bytes); };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), both));
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (some) => { both(Buffer.from(some.join(''), 'latin1')); }));
    fc.assert(fc.property(fc.constantFrom(...samples), fc.nat(2000), fc.integer({ min: 0, max: 255 }), (sample, at, byte) => {
      const damaged = Uint8Array.from(sample);
      damaged[at % damaged.length] = byte;
      both(damaged);
      both(sample.subarray(0, at % sample.length));
    }));
  });

  test('with LF alone it reads the same', () => {
    for (const sample of samples) expect(readNotice(Buffer.from(sample.toString().replaceAll('\r\n', '\n')))).toEqual(readNotice(sample));
  });

  test('repeated headers, delimiters and words are read in one pass: a square of these would not end in time', () => {
    for (const piece of ['--RAA x\n', 'a: =?utf-8?Q?', '=?a?B?', ' folded\n', 'Action: failed\n\n', '--', '<', '—\n']) {
      const many = piece.repeat(200_000);
      readNotice(Buffer.from(`Subject: ${many}\nContent-Type: multipart/report; boundary=RAA\n\n--RAA\nContent-Type: message/delivery-status\n\n${many}`));
    }
  });
});
