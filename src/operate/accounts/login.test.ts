import { expect, test } from '@jest/globals';
import type { Account } from '../api/contract/accounts.ts';
import type { Accounts } from './accounts.ts';
import { Login } from './login.ts';

function doors() {
  let now = 0;
  const account = { name: 'lea' } as Account;
  const accounts = { login: (_name: string, password: string) => Promise.resolve(password === 'right' ? account : null) } as unknown as Accounts;
  const login = new Login(accounts, () => now);
  const tries = (name: string, password: string, address: string) => login.login(name, password, address).then(() => 'in', (error: unknown) => (error as { code: string }).code);
  return { tries, later: (ms: number) => { now += ms; } };
}

test('a stranger at one place keeps nobody out of an account, however often it is refused', async () => {
  const { tries } = doors();
  for (let i = 0; i < 200; i++) await tries('lea', 'guess', 'stranger');
  expect(await tries('lea', 'right', 'ward')).toBe('in');
  // Nor does who was refused at one account lose the place of the address for another.
  expect(await tries('max', 'guess', 'stranger')).toBe('api.login-failed');
});

test('strangers at many places keep an owner out of no place known before, and still guess at a pace', async () => {
  const { tries, later } = doors();
  expect(await tries('lea', 'right', 'ward')).toBe('in');
  const said: string[] = [];
  for (let i = 0; i < 100; i++) said.push(await tries('lea', 'guess', `stranger ${i}`));
  expect(said.filter((one) => one === 'api.login-failed')).toHaveLength(50);
  expect(await tries('lea', 'right', 'elsewhere')).toBe('api.login-wait');
  expect(await tries('lea', 'right', 'ward')).toBe('in');
  // The known place guesses no faster than any other.
  for (let i = 0; i < 5; i++) expect(await tries('lea', 'guess', 'ward')).toBe('api.login-failed');
  expect(await tries('lea', 'right', 'ward')).toBe('api.login-wait');
  later(30_000);
  expect(await tries('lea', 'right', 'ward')).toBe('in');
});

test('who signs in takes no place', async () => {
  const { tries } = doors();
  for (let i = 0; i < 200; i++) expect(await tries('lea', 'right', `ward ${i % 100}`)).toBe('in');
});
