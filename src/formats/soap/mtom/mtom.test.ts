import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { receiving, type Received } from '../receive.ts';
import { defaultLimits, MultipartReader } from './read.ts';
import { writeMtom, xopInclude, type MtomPart } from './write.ts';

const boundary = 'uuid:0f8e';
const root = { contentId: 'root@passerelle', xml: Buffer.from('<e/>') };
const written = (parts: readonly MtomPart[]) => writeMtom({ boundary, action: 'urn:a', root, parts });
const part = (bytes: Uint8Array, n = 1): MtomPart => ({ contentId: `document${n}@passerelle`, contentType: 'text/xml', bytes });

/** The same bytes in chunks that end at these places. */
function inChunks(body: Buffer, ends: readonly number[]): Buffer[] {
  const cuts = [...new Set(ends.map((end) => end % (body.length + 1)))].sort((a, b) => a - b);
  return [...cuts, body.length].map((end, i) => body.subarray(cuts[i - 1] ?? 0, end));
}
function read(contentType: string, chunks: readonly Uint8Array[]): Received | undefined {
  const into = receiving(contentType);
  for (const chunk of chunks) into?.write(chunk);
  return into?.end();
}
// Bytes that look like delimiters, line ends and dashes, to be met inside contents.
const tricky = fc.array(fc.oneof(fc.constantFrom('\r\n', '--', `\r\n--${boundary.slice(0, 5)}`, '\r', '\n', '-'), fc.string({ maxLength: 8 })), { maxLength: 12 })
  .map((texts) => Buffer.from(texts.join(''))).filter((bytes) => !bytes.includes(`\r\n--${boundary}`));

describe('MTOM', () => {
  test('the header says what it must, and the length is in bytes', () => {
    const { contentType, length, chunks } = written([part(Buffer.from('é€'))]);
    expect(contentType).toBe('multipart/related; boundary="uuid:0f8e"; type="application/xop+xml"; start="<root@passerelle>"; start-info="application/soap+xml"; action="urn:a"');
    expect(Buffer.concat(chunks)).toHaveLength(length);
    const text = Buffer.concat(chunks).toString();
    expect(text.startsWith('--uuid:0f8e\r\nContent-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root@passerelle>\r\n\r\n<e/>\r\n--')).toBe(true);
    expect(text.endsWith('é€\r\n--uuid:0f8e--\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(xopInclude('document 1@passerelle')).toBe('<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:document%201@passerelle"/>');
  });

  test('the parts’ own bytes go out, not copies', () => {
    const bytes = Buffer.alloc(1000, 1);
    expect(written([part(bytes)]).chunks).toContain(bytes);
  });

  test('any chunking gives the same parts', () => {
    fc.assert(fc.property(fc.array(tricky, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 20 }), (contents, ends) => {
      const { contentType, chunks } = written(contents.map((bytes, i) => part(bytes, i)));
      const got = read(contentType, inChunks(Buffer.concat(chunks), ends));
      expect(got?.wrong).toBeNull();
      expect(Buffer.from(got?.root ?? []).toString()).toBe('<e/>');
      expect([...got?.parts ?? []].map(([id, { bytes }]) => [id, Buffer.from(bytes).toString('hex')])).toEqual(contents.map((bytes, i) => [`document${i}@passerelle`, bytes.toString('hex')]));
    }));
  });

  test('whatever is cut off, it is said', () => {
    const { contentType, chunks } = written([part(Buffer.from('contents'))]);
    const body = Buffer.concat(chunks);
    for (let end = 0; end < body.length - 2; end++) expect(read(contentType, [body.subarray(0, end)])?.wrong?.code).toBe('soap.mime-truncated');
    expect(read(contentType, [body.subarray(0, -2)])?.wrong).toBeNull();
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.array(fc.oneof(tricky, fc.constantFrom(`\r\n--${boundary}`, `--${boundary}\r\n`, `\r\n--${boundary}--`).map((text) => Buffer.from(text)))), (chunks) => {
      const reader = new MultipartReader(boundary);
      for (const chunk of chunks) reader.write(chunk);
      expect(Array.isArray(reader.end().parts)).toBe(true);
    }));
  });

  test('a preamble, padding, parts without headers or content, folded headers, base64', () => {
    const body = `preamble\r\n--${boundary}  \r\n\r\n<e/>\r\n--${boundary}\r\nContent-ID: <a>\r\nContent-Type: text/xml;\r\n charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n--${boundary}\r\nContent-ID: <b>\r\n\r\n--${boundary}--\r\nepilogue`;
    const got = read(`multipart/related; boundary="${boundary}"`, [Buffer.from(body)]);
    expect(Buffer.from(got?.root ?? []).toString()).toBe('<e/>');
    expect([...got?.parts ?? []].map(([id, one]) => [id, one.contentType, Buffer.from(one.bytes).toString()])).toEqual([['a', 'text/xml; charset=utf-8', 'hello'], ['b', '', '']]);
  });

  test.each([
    ['soap.mime-headers', `--${boundary}\r\nno colon\r\n\r\n\r\n--${boundary}--`],
    ['soap.mime-headers', `--${boundary}x\r\n\r\n\r\n--${boundary}--`],
    ['soap.mime-encoding', `--${boundary}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\r\n--${boundary}--`],
    ['soap.mime-truncated', `--${boundary}\nContent-ID: <a>\n\nx\n--${boundary}--\n`.replace('--', '\n--')],
    ['soap.limits', `--${boundary}\r\nX: ${'y'.repeat(20_000)}\r\n\r\n\r\n--${boundary}--`],
    ['soap.limits', `${`--${boundary}\r\n\r\n\r\n`.repeat(70)}--${boundary}--`],
  ])('%s', (code, body) => {
    const reader = new MultipartReader(boundary, defaultLimits);
    reader.write(Buffer.from(body));
    expect(reader.end().wrong?.code).toBe(code);
  });

  test('over its size it is let go, and the root must be there', () => {
    const reader = new MultipartReader(boundary, { ...defaultLimits, maxBytes: 10 });
    reader.write(Buffer.alloc(11));
    expect(reader.end().wrong?.code).toBe('soap.limits');
    const { chunks } = written([]);
    expect(read(`multipart/related; boundary="${boundary}"; start="<other>"`, chunks)?.wrong?.code).toBe('soap.mime-root');
  });
});
