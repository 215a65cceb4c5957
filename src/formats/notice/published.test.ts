import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { shared, whenShared } from '../../../test/when-shared.ts';
import { readNotice } from './read.ts';

whenShared('notices captured from a real Postfix and written after the volet', () => {
  const read = (name: string) => readNotice(readFileSync(shared(`examples/mss/${name}`) ?? ''));
  test.each([
    ['dsn/dsn-delayed-4.4.1.eml', 'delayed', '4.4.1', 'down-1'], ['dsn/dsn-failed-4.4.1-expired.eml', 'failed', '4.4.1', 'down-1'],
    ['dsn/dsn-failed-5.1.1-unknown-user.eml', 'failed', '5.1.1', 'ghost-1'], ['dsn/dsn-success-relayed-2.0.0.eml', 'relayed', '2.0.0', 'ok-1'],
  ])('%s', (name, action, status, envelope) => {
    expect(read(name)).toMatchObject({ kind: 'delivery', keys: [{ by: 'envelope', value: envelope }, { by: 'enclosed-message', value: `${envelope}@labo-b.mssante.test` }, {}], reports: [{ action, status }] });
  });
  const original = '20240219230100.23456@chb.mssante.test';
  test.each([
    ['mdn/mdn-displayed-manual-outlook-like.eml', 'read', 'original-message'], ['mdn/mdn-ok-processed.eml', 'processed', 'original-message'], ['mdn/mdn-no-original-message-id.eml', 'processed', 'enclosed-message'],
    ['mdn/mdn-error-v1.1.2-legacy.eml', 'not-integrated', 'original-message'], ['mdn/mdn-error-v1.1.3-rfc8098.eml', 'not-integrated', 'original-message'],
  ])('%s', (name, action, by) => {
    const notice = read(name);
    expect(notice).toMatchObject({ kind: 'disposition', reports: [{ action, finalRecipient: 'servicey_auto@chb.mssante.test' }] });
    expect(notice.keys[0]).toEqual({ by, value: original });
  });
  test('mdn/standard-error-email.eml', () => {
    expect(read('mdn/standard-error-email.eml')).toMatchObject({ kind: 'error-mail', keys: [{ value: original }, {}], reports: [{ action: 'not-integrated', errors: [{ code: '902' }] }] });
  });
});
