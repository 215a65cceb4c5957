import { readFile, stat } from 'node:fs/promises';
import type { FaultCode } from '../../domain/catalogue.ts';
import { catalogue } from '../../domain/catalogue.ts';
import type { Source } from '../../domain/message.ts';
import { hand, type IntakePorts, type Taken } from '../take.ts';
import type { Claims } from './claims.ts';
import type { Dropped } from './ready.ts';

export interface FolderIntake {
  readonly name: string;
  readonly source: Source;
  readonly maxBytes: number;
  /** Cuts a file into its messages, views or copies. */
  readonly split: (bytes: Uint8Array) => readonly Uint8Array[];
}

/** Messages of one file handed in together: they share a group commit, and are planned in the order given. */
const together = 16;
const headBytes = 1024;

/**
 * Takes one claimed file. `later`: nothing of it was refused for good, it stays claimed and is to be tried again
 * (messages already taken are then known by their control id). `lastTry`: what could be tried again is refused instead.
 */
export async function pickUp(file: Dropped, claims: Claims, folder: FolderIntake, ports: IntakePorts, lastTry: boolean): Promise<'settled' | 'later' | 'refused'> {
  const reject = async (fault: FaultCode, head: Uint8Array, detail?: string) => {
    ports.report({ fault, listener: folder.name, peer: '', size: file.size, ...(detail === undefined ? {} : { detail }) });
    await claims.settle(file.name, 'rejected', ports.refuse(head, fault, detail));
    return 'settled' as const;
  };
  const path = claims.working(file.name);
  if (file.size > folder.maxBytes) return reject('intake.frame-too-large', new Uint8Array(0));
  let bytes: Buffer;
  try { bytes = await readFile(path); } catch (error) { return reject('intake.file-unreadable', new Uint8Array(0), (error as NodeJS.ErrnoException).code); }
  if (bytes.length === 0) return reject('intake.file-unreadable', bytes, 'EMPTY');
  // Someone still writes into the file we renamed: it was not whole.
  const after = await stat(path);
  if (after.size !== bytes.length || after.mtimeMs !== file.mtimeMs) return 'later';

  const messages = folder.split(bytes).map(own);
  const taken: Taken[] = [];
  for (let at = 0; at < messages.length; at += together) {
    taken.push(...await Promise.all(messages.slice(at, at + together).map(message =>
      hand(ports, folder, { listener: folder.name, address: '' }, { bytes: message, source: folder.source, via: 'folder', stream: folder.name }))));
  }
  const waits = taken.some(({ refused }) => refused !== undefined && catalogue[refused].class === 'transient');
  if (waits) return 'later';
  const again = taken.some(({ answer, refused }, i) => refused !== undefined || (answer.code === 'AR' && ports.identify(messages[i] ?? bytes).controlId !== ''));
  if (again && !lastTry) return 'refused';
  const answers = taken.map(({ answer, refused }, i) => refused === undefined ? answer.bytes : ports.refuse((messages[i] ?? bytes).subarray(0, headBytes), refused));
  const good = taken.every(({ answer }) => answer !== undefined && (answer.code === null || answer.code === 'AA' || answer.code === 'CA'));
  await claims.settle(file.name, good ? 'done' : 'rejected', Buffer.concat(answers.flatMap(answer => answer ? [answer] : [])));
  return 'settled';
}

/** A buffer of its own for each message: it may be transferred to a worker. */
const own = (message: Uint8Array): Uint8Array => message.buffer.byteLength === message.byteLength ? message : Uint8Array.from(message);
