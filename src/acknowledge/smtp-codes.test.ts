import { expect, test } from '@jest/globals';
import { smtpCodeIn, smtpCodeOf } from './smtp-codes.ts';

test.each([
  ['550', '5.1.1', '550'], ['', '5.1.1', '550'], ['', '4.4.1', '441'], ['', '5.2.2', '552'], ['555', '5.3.4', '523'], ['', '', '554'], ['999', '5.9.9', '554'],
])('a failed DSN quoting %s with status %s is told as %s', (smtpCode, status, code) => {
  const told = smtpCodeOf({ smtpCode, status });
  expect(told.code).toBe(code);
  expect(told.label).not.toBe('');
});

test('a reply of the dialogue gives its own code, when the table has it', () => {
  expect(smtpCodeIn('550 5.1.1 <a@b> unknown')?.code).toBe('550');
  expect(smtpCodeIn('556 5.1.2 no such domain')?.code).toBe('512');
  expect(smtpCodeIn('550')?.code).toBe('550');
  expect(smtpCodeIn('certificate has expired')).toBeNull();
  expect(smtpCodeIn('5501 x')).toBeNull();
});
