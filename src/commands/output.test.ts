import { afterEach, expect, jest, test } from '@jest/globals';
import { createOutput, plain } from './output.ts';

afterEach(() => { jest.restoreAllMocks(); });

test('what is printed for people moves no cursor and runs nothing in their terminal', () => {
  const written: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => { written.push(String(text)); return true; });
  createOutput({}).line('lea\u001b[2J\u009b1A\u0007\r été\n  → fin');
  expect(written).toEqual(['lea\\x1b[2J\\x9b1A\\x07\\x0d été\n  → fin\n']);
  expect(plain('a\nb\tc')).toBe('a\\x0ab\\x09c');
});
