import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import { lotOf, submissionSet } from '../xds/submission.fixture.ts';
import { submitObjectsRequest } from '../xds/ebrim/write.ts';
import { readXdm, type XdmRead } from './read.ts';
import { writeXdm, XdmMismatch } from './write.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cda = bytes('<ClinicalDocument xmlns="urn:hl7-org:v3"><title>é œ €</title></ClinicalDocument>');
const at = Date.UTC(2026, 10, 22, 23, 30);
const made = (files: readonly Uint8Array[], when = at) => writeXdm({ submission: lotOf(files), documents: files.map((one, i) => ({ id: `Document0${String(i + 1)}`, bytes: one, mimeType: 'text/xml' })), at: when });
const codes = ({ findings }: XdmRead): string[] => findings.map((one) => one.code);

/** A zip of these files, written by the library alone. */
async function zipOf(files: Readonly<Record<string, Uint8Array>>, mode?: number): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, mode === undefined ? {} : { mode });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
const renamed = (zip: Uint8Array, from: string, to: string): Buffer => Buffer.from(Buffer.from(zip).toString('latin1').replaceAll(from, to), 'latin1');

describe('writing', () => {
  test('read(write(x)) is x, for any documents', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 2000 }), { minLength: 1, maxLength: 4 }), async (files) => {
      const { subsets: [subset], findings } = await readXdm(await made(files));
      expect(findings.filter((one) => one.severity === 'error')).toEqual([]);
      const lot = lotOf(files);
      expect(subset?.submission).toEqual({ ...lot, documents: lot.documents.map((one, i) => ({ ...one, documentName: `DOC0000${String(i + 1)}.XML` })) });
      expect(subset?.documents.map((one) => Buffer.from(one.bytes ?? []))).toEqual(files.map((one) => Buffer.from(one)));
    }), { numRuns: 30 });
  });
  test('the same bytes at any moment of a day, and times that are the same in every time zone', async () => {
    const archive = Buffer.from(await made([cda]));
    expect(archive.equals(await made([cda], at - 20 * 3_600_000))).toBe(true);
    const times = [...archive.toString('latin1').matchAll(/PK\x01\x02/g)].map(({ index }) => [archive.readUInt16LE(index + 12), archive.readUInt16LE(index + 14)]);
    expect(times).toEqual(Array(4).fill([12 << 11, (46 << 9) | (11 << 5) | 22]));
  });
  test('names are those of ISO 9660 level 1, in their places', async () => {
    const zip = Buffer.from(await made([cda, bytes('x')])).toString('latin1');
    const names = [...zip.matchAll(/PK\x01\x02.{42}(.*?)(?=PK)/gs)].map((found) => found[1]);
    expect(names).toEqual(['INDEX.HTM', 'README.TXT', 'IHE_XDM/SUBSET01/METADATA.XML', 'IHE_XDM/SUBSET01/DOC00001.XML', 'IHE_XDM/SUBSET01/DOC00002.XML']);
  });
  test('documents and metadata that do not belong together are never sent', async () => {
    const other = { submission: lotOf([cda]), documents: [{ id: 'Document01', bytes: bytes('autre'), mimeType: 'text/xml' }], at };
    await expect(writeXdm(other)).rejects.toThrow(XdmMismatch);
    await expect(writeXdm({ ...other, documents: [] })).rejects.toThrow(XdmMismatch);
    await expect(writeXdm({ ...other, documents: [{ id: 'Document01', bytes: cda, mimeType: 'text/xml' }, { id: 'Document02', bytes: cda, mimeType: 'text/xml' }] })).rejects.toThrow(XdmMismatch);
  });
});

describe('reading what is unsafe: nothing is opened, and it is said', () => {
  const good = () => made([cda]);
  const metadata = 'IHE_XDM/SUBSET01/METADATA.XML';
  test('never rejects, whatever the bytes', async () => {
    const archive = await good();
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (any) => { expect(codes(await readXdm(any))).toEqual(['xdm.unreadable']); }));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.nat(archive.length), async (changes, cut) => {
      const damaged = Uint8Array.from(archive);
      for (const [index, byte] of changes) damaged[index] = byte;
      for (const { subsets } of [await readXdm(damaged), await readXdm(damaged.subarray(0, cut))]) for (const { documents } of subsets) for (const one of documents) if (one.bytes !== null && one.entry.hash !== '') expect(Buffer.from(one.bytes).equals(cda)).toBe(true);
    }), { numRuns: 300 });
  });
  test('a path that leaves the archive, an absolute one', async () => {
    for (const name of ['../../../../../../../../x.XML', '/HE_XDM/SUBSET01/METADATA.XML', 'C:E_XDM/SUBSET01/METADATA.XML', 'IHE_XDM/../SUBSET/METADAT.XML']) {
      expect(name).toHaveLength(metadata.length);
      expect(codes(await readXdm(renamed(await good(), metadata, name)))).toEqual(['xdm.path']);
    }
  });
  test('a symbolic link, a password, one name twice', async () => {
    expect(codes(await readXdm(await zipOf({ [metadata]: cda }, 0o120777)))).toEqual(['xdm.link']);
    expect(codes(await readXdm(renamed(await good(), 'DOC00001.XML', 'METADATA.XML')))).toEqual(['xdm.duplicate']);
    expect(codes(await readXdm(renamed(await good(), 'DOC00001.XML', 'metadata.xml')))).toEqual(['xdm.duplicate']);
    const encrypted = Buffer.from(await good());
    for (let i = encrypted.indexOf('PK\x01\x02'); i >= 0; i = encrypted.indexOf('PK\x01\x02', i + 4)) encrypted[i + 8] = (encrypted[i + 8] ?? 0) | 1;
    expect(codes(await readXdm(encrypted))).toEqual(['xdm.encrypted']);
  });
  test('bombs: ratio, number of files, size', async () => {
    const limits = { maxBytes: 100_000, maxEntries: 3, maxUnpacked: 3_000_000, maxRatio: 200 };
    expect(codes(await readXdm(await zipOf({ [metadata]: new Uint8Array(2_000_000) }), limits))).toEqual(['xdm.bomb']);
    expect(codes(await readXdm(await zipOf({ a: cda, b: cda, c: cda, d: cda }), limits))).toEqual(['xdm.bomb']);
    expect(codes(await readXdm(new Uint8Array(100_001), limits))).toEqual(['xdm.bomb']);
    expect(codes(await readXdm(await zipOf({ a: new Uint8Array(900_000), b: new Uint8Array(900_000), c: new Uint8Array(900_000) }), { ...limits, maxUnpacked: 2_000_000 }))).toEqual(['xdm.bomb']);
  });
  test('an entry that holds more than it says', async () => {
    const lying = Buffer.from(await zipOf({ [metadata]: new Uint8Array(100_000) }));
    const central = lying.indexOf('PK\x01\x02');
    lying.writeUInt32LE(10, central + 24);
    expect(codes(await readXdm(lying))).toEqual(['xdm.unreadable']);
  });
  test('no metadata; metadata that cannot be read', async () => {
    expect(codes(await readXdm(await zipOf({ 'README.TXT': cda })))).toEqual(['xdm.no-metadata']);
    const read = await readXdm(await zipOf({ [metadata]: bytes('<a>') }));
    expect([read.subsets, codes(read), read.findings[0]?.location]).toEqual([[], ['xds.not-well-formed'], 'METADATA.XML']);
  });
});

describe('documents are given only when they are the ones described', () => {
  const lot = lotOf([cda]);
  const [document] = lot.documents;
  const archive = async (file: Uint8Array | null, change: (metadata: string) => string = (text) => text, folder = 'IHE_XDM/SUBSET01') => {
    const text = submitObjectsRequest({ ...lot, documents: document === undefined ? [] : [{ ...document, documentName: 'DOC00001.XML' }] });
    return readXdm(await zipOf({ [`${folder}/METADATA.XML`]: bytes(change(text)), ...(file === null ? {} : { [`${folder}/DOC00001.XML`]: file }) }));
  };
  const given = ({ subsets }: XdmRead): boolean => subsets[0]?.documents[0]?.bytes !== null;
  test.each([
    ['the file is missing', null, (text: string) => text, ['xdm.document-missing'], false],
    ['another file of the same size', cda.map((byte) => byte ^ 1), (text: string) => text, ['xdm.hash'], false],
    ['another size', bytes('x'), (text: string) => text, ['xdm.size', 'xdm.hash'], false],
    ['hash in capitals', cda, (text: string) => text.replace(/<Slot name="hash">.*?<\/Slot>/, (found) => found.replace(/[0-9a-f]{40}/, (hash) => hash.toUpperCase())), [], true],
    ['no hash', cda, (text: string) => text.replace(/<Slot name="hash">.*?<\/Slot>/, ''), ['xdm.unverifiable'], true],
    ['a URI in small letters', cda, (text: string) => text.replace('DOC00001.XML', 'doc00001.xml'), [], true],
  ])('%s', async (_, file, change, expected, whole) => {
    const read = await archive(file, change);
    expect(codes(read)).toEqual(expected);
    expect(given(read)).toBe(whole);
  });
  test('a zip inside is given closed, with a word', async () => {
    const inner = await zipOf({ a: cda });
    const read = await readXdm(await made([inner]));
    expect([codes(read), given(read)]).toEqual([['xdm.nested'], true]);
  });
  test('folders are found without regard to case, several subsets are each read', async () => {
    expect(codes(await archive(cda, (text) => text, 'ihe_xdm/subset01'))).toEqual([]);
    const text = bytes(submitObjectsRequest({ submissionSet, documents: [], associations: [] }));
    const read = await readXdm(await zipOf({ 'IHE_XDM/SUBSET01/METADATA.XML': text, 'IHE_XDM/SUBSET02/METADATA.XML': text }));
    expect(read.subsets.map((one) => one.name)).toEqual(['SUBSET01', 'SUBSET02']);
  });
});
