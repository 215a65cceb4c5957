import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { isMailboxAddress } from '../../../src/domain/mailbox-address.ts';
import { LineIndex } from './line-index.ts';
import type { DirectoryMailbox, Known, Wanted } from './mailbox.ts';

/** Columns that are used, by their published names (mss.md §5.2); their places are read from the header. */
const used = { type: 'Type de BAL', address: 'Adresse BAL', rpps: 'Identifiant PP', structure: 'Identification Structure', service: 'Service de rattachement', digitization: 'Dématérialisation' } as const;
type Column = keyof typeof used;
const names = Object.keys(used) as Column[];

/** Why the file is not used: a column that is missing, or a word for what it is. */
export class FlatFileUnusable extends Error {
  override readonly name = 'FlatFileUnusable';
  readonly detail: string;
  constructor(detail: string) { super(detail); this.detail = detail; }
}

const newline = 0x0a, bar = 0x7c, carriageReturn = 0x0d;
/** A line of the file is some hundred bytes long; one beyond this is none. */
const longest = 16_384;
const mostLines = 500;
/** One line in a hundred may be short; more, and the file is not what it says. */
const shortAllowed = 0.01;

function placesOf(header: string): Readonly<Record<Column, number>> {
  const columns = header.replace(/^\ufeff/, '').normalize('NFC').split('|').map((one) => one.trim());
  const places = Object.fromEntries(names.map((name) => [name, columns.indexOf(used[name])])) as Record<Column, number>;
  const missing = names.find((name) => places[name] < 0);
  if (missing !== undefined) throw new FlatFileUnusable(used[missing]);
  return places;
}

/** Where a line's columns start; the line's end comes last. Null when there are fewer than `count`. */
function startsOf(line: Buffer, starts: Uint32Array, count: number): boolean {
  let found = 1;
  starts[0] = 0;
  for (let i = 0; i < line.length && found < starts.length; i++) if (line[i] === bar) { starts[found] = i + 1; found += 1; }
  if (found >= starts.length) return true;
  starts[found] = line.length + 1;
  return found >= count;
}

const types: ReadonlySet<string> = new Set(['PER', 'ORG', 'APP', 'CAB']);

/**
 * The directory's flat file, kept on disk: in memory is only where the lines of each person and structure stand, a few bytes
 * a line. Read once through, in pieces (89 MB and half a million lines under 150 MB of memory).
 */
export class FlatFile {
  readonly lines: number;
  readonly #file: FileHandle;
  readonly #places: Readonly<Record<Column, number>>;
  readonly #persons: LineIndex;
  readonly #structures: LineIndex;

  private constructor(file: FileHandle, places: Readonly<Record<Column, number>>, persons: LineIndex, structures: LineIndex, lines: number) {
    this.#file = file;
    this.#places = places;
    this.#persons = persons;
    this.#structures = structures;
    this.lines = lines;
  }

  /** @throws FlatFileUnusable, or the system's error */
  static async open(path: string): Promise<FlatFile> {
    const persons = new LineIndex(), structures = new LineIndex();
    const header: { places: Readonly<Record<Column, number>> | null } = { places: null };
    let starts = new Uint32Array(0);
    let lines = 0, short = 0, least = 0;
    const take = (line: Buffer, offset: number): void => {
      const text = line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
      if (header.places === null) {
        const found = placesOf(text.toString('utf8'));
        header.places = found;
        least = Math.max(...names.map((name) => found[name])) + 1;
        starts = new Uint32Array(least + 1);
        return;
      }
      if (text.length === 0) return;
      lines += 1;
      if (!startsOf(text, starts, least)) { short += 1; return; }
      const column = (at: number): Buffer => text.subarray(starts[at], (starts[at + 1] ?? 1) - 1);
      persons.add(column(header.places.rpps), offset);
      structures.add(column(header.places.structure), offset);
    };
    await eachLine(path, take);
    const { places } = header;
    if (places === null || lines === 0) throw new FlatFileUnusable('0');
    if (short > Math.max(1, lines * shortAllowed)) throw new FlatFileUnusable(`${String(short)}/${String(lines)}`);
    persons.close();
    structures.close();
    return new FlatFile(await open(path, 'r'), places, persons, structures, lines);
  }

  /** The mailboxes of a person, or of a structure when no person is named. The file tells nobody who left. */
  async known({ rpps, structure }: Wanted): Promise<Known> {
    const offsets = rpps === '' ? this.#structures.find(structure) : this.#persons.find(rpps);
    const mailboxes: DirectoryMailbox[] = [];
    for (const offset of offsets.slice(0, mostLines)) {
      const box = await this.#lineAt(offset);
      if (box !== null && (rpps === '' ? box.structure === structure : box.rpps === rpps)) mailboxes.push(box);
    }
    return { mailboxes, gone: false };
  }

  async close(): Promise<void> { await this.#file.close(); }

  async #lineAt(offset: number): Promise<DirectoryMailbox | null> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(longest), 0, longest, offset);
    const end = buffer.subarray(0, bytesRead).indexOf(newline);
    const columns = buffer.toString('utf8', 0, end < 0 ? bytesRead : end).split('|').map((one) => one.trim());
    const of = (name: Column): string => columns[this.#places[name]] ?? '';
    const type = of('type'), address = of('address'), told = of('digitization');
    if (!types.has(type) || !isMailboxAddress(address)) return null;
    return {
      address, type: type as DirectoryMailbox['type'], rank: null, digitization: told === 'O' ? true : told === 'N' ? false : null, service: of('service'), description: '',
      rpps: type === 'ORG' ? '' : of('rpps'), structure: of('structure').toUpperCase(),
    };
  }
}

/** Each line with the offset it starts at, whatever ends it; the last one too. A piece is kept only while a line goes on in the next. */
async function eachLine(path: string, take: (line: Buffer, offset: number) => void): Promise<void> {
  let carried: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    const bytes = carried.length === 0 ? piece : Buffer.concat([carried, piece]);
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      take(bytes.subarray(from, end), offset + from);
      from = end + 1;
    }
    offset += from;
    carried = bytes.subarray(from);
    if (carried.length > longest) throw new FlatFileUnusable('line');
  }
  if (carried.length > 0) take(carried, offset);
}
