import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP Password Storage Cheat Sheet: scrypt with N 2^15, r 8, p 3 (32 MiB). Kept with each password, so that it may change. */
export const usualCost = { N: 32_768, r: 8, p: 3 };
const keyBytes = 32;
export interface PasswordCost { readonly N: number; readonly r: number; readonly p: number }

/** One at a time: each takes 32 MiB and a quarter of a second of one of Node's few threads, which files need too. */
let turn: Promise<unknown> = Promise.resolve();
function derived(password: string, salt: Buffer, { N, r, p }: PasswordCost): Promise<Buffer> {
  const mine = turn.then(() => new Promise<Buffer>((done, failed) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => { if (error) failed(error); else done(key); });
  }));
  turn = mine.catch(() => undefined);
  return mine;
}

/** `scrypt$N$r$p$salt$key`, the last two in base64. */
export async function sealPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = randomBytes(16);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), (await derived(password, salt, cost)).toString('base64')].join('$');
}

/** What is compared when there is no such account, at the same cost: the time of a refusal tells nothing. */
const nobody = (cost: PasswordCost): string => ['scrypt', cost.N, cost.r, cost.p, Buffer.alloc(16).toString('base64'), Buffer.alloc(keyBytes).toString('base64')].join('$');

/** In constant time. `sealed` null: the account is not there, and the answer is no, at the same `cost`. */
export async function passwordFits(password: string, sealed: string | null, cost: PasswordCost): Promise<boolean> {
  const [, N = '', r = '', p = '', salt = '', key = ''] = (sealed ?? nobody(cost)).split('$');
  const found = await derived(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  const wanted = Buffer.from(key, 'base64');
  return wanted.length === found.length && timingSafeEqual(wanted, found) && sealed !== null;
}

/** Letters and digits that are not mistaken for each other when read out. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Five groups of four: 99 bits. */
export const oneTimePassword = (): string => Array.from({ length: 5 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-');
