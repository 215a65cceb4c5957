import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { journalFault } from './fault.ts';

export type KeyKind = 'sealing' | 'index';
/** Versions (1, 2…) to 32-byte keys; the highest one is used for what is new, all of them to read. */
export interface Keys { readonly current: number; readonly byVersion: Readonly<Record<number, Uint8Array>> }
/** `sealing` encrypts payloads (AES-256-GCM); `index` makes blind indexes and content addresses (HMAC-SHA256). Clonable to a worker. */
export interface KeyRing { readonly sealing: Keys; readonly index: Keys }

/** A secret of this installation for one purpose. Made of the oldest index key: a rotation keeps it for as long as that key is kept. */
export function installationSecret({ index: { byVersion } }: KeyRing, purpose: string): Uint8Array {
  const oldest = byVersion[Math.min(...Object.keys(byVersion).map(Number))] ?? new Uint8Array(0);
  return createHmac('sha256', oldest).update(`passerelle ${purpose}`).digest();
}

const line = (kind: KeyKind, version: number) => `${kind} ${version} ${randomBytes(32).toString('base64')}\n`;

/** The text of a new key ring: one line per key, `<kind> <version> <base64 of 32 bytes>`; `#` starts a comment. */
export const newKeyRing = (): string =>
  `# Passerelle key ring. Without it the journal cannot be read: keep a safe copy, never beside the data.\n${line('sealing', 1)}${line('index', 1)}`;

/** Adds a version of one kind (rotation). Earlier versions stay: what they sealed is still read with them. */
export const rotate = (text: string, kind: KeyKind): string => `${text.trimEnd()}\n${line(kind, parseKeyRing(text)[kind].current + 1)}`;

/** Reads a key ring's text; throws JournalFault `journal.bad-keys` naming the line, never the key. */
export function parseKeyRing(text: string): KeyRing {
  const found: Record<KeyKind, Record<number, Uint8Array>> = { sealing: {}, index: {} };
  text.split(/\r?\n/).forEach((raw, at) => {
    const bare = raw.replace(/#.*/, '').trim();
    if (bare === '') return;
    const [kind = '', version = '', key = ''] = bare.split(/\s+/);
    const bytes = Buffer.from(key, 'base64');
    if ((kind !== 'sealing' && kind !== 'index') || !/^[1-9]\d{0,3}$/.test(version) || bytes.length !== 32) throw journalFault('journal.bad-keys', `line ${at + 1}`);
    if (found[kind][Number(version)] !== undefined) throw journalFault('journal.bad-keys', `line ${at + 1}: ${kind} ${version} twice`);
    found[kind][Number(version)] = bytes;
  });
  const keys = (kind: KeyKind): Keys => {
    const versions = Object.keys(found[kind]).map(Number);
    if (versions.length === 0) throw journalFault('journal.bad-keys', `no ${kind} key`);
    return { current: Math.max(...versions), byVersion: found[kind] };
  };
  return { sealing: keys('sealing'), index: keys('index') };
}

/**
 * The key ring of a file, made at first start (mode 0600). Refuses a file inside the data folder, and refuses to make new
 * keys for a folder that already holds a journal.
 */
export function openKeyFile(file: string, folder: string): KeyRing {
  const inside = relative(resolve(folder), resolve(file));
  if (!inside.startsWith('..')) throw journalFault('journal.keys-in-data');
  if (existsSync(file)) return parseKeyRing(readFileSync(file, 'utf8'));
  if (existsSync(resolve(folder, 'journal.sqlite'))) throw journalFault('journal.keys-missing');
  const text = newKeyRing();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeDurably(file, text);
  return parseKeyRing(text);
}

/** Both the file and its name must survive a power cut before anything is sealed with these keys. */
function writeDurably(file: string, text: string): void {
  const made = openSync(file, 'wx', 0o600);
  try { writeSync(made, text); fsyncSync(made); } finally { closeSync(made); }
  const folder = openSync(dirname(file), 'r');
  try { fsyncSync(folder); } finally { closeSync(folder); }
}
