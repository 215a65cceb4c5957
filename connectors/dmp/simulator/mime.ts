/** One part of a multipart body. `bytes` is a view on the received body, never a copy, never a string. */
export interface Part { readonly headers: Readonly<Record<string, string>>; readonly contentId: string; readonly bytes: Buffer }
export interface Mime {
  readonly parts: readonly Part[];
  /** The closing delimiter `--boundary--` was there. */
  readonly closed: boolean;
  /** A delimiter or a header line ended with a bare LF (RFC 2046 §5.1.1 wants CRLF). */
  readonly bareLf: boolean;
}

const maxParts = 1000, maxHeaderBytes = 16_384;

/** `type/subtype` in lower case, and the parameters; values unquoted. */
export function contentType(header: string): { readonly type: string; readonly parameters: Readonly<Record<string, string>> } {
  const [type = '', ...rest] = header.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const parameters: Record<string, string> = {};
  for (const piece of rest) {
    const at = piece.indexOf('=');
    if (at < 1) continue;
    const value = piece.slice(at + 1).trim();
    parameters[piece.slice(0, at).trim().toLowerCase()] = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  }
  return { type: type.trim().toLowerCase(), parameters };
}

const line = (body: Buffer, from: number): { end: number; next: number; bare: boolean } => {
  const lf = body.indexOf(0x0a, from);
  if (lf < 0) return { end: body.length, next: body.length, bare: false };
  const crlf = lf > from && body[lf - 1] === 0x0d;
  return { end: crlf ? lf - 1 : lf, next: lf + 1, bare: !crlf };
};

function headersOf(body: Buffer, from: number): { headers: Record<string, string>; next: number; bare: boolean } {
  const headers: Record<string, string> = {};
  let at = from, bare = false, last = '';
  while (at < body.length && at - from < maxHeaderBytes) {
    const found = line(body, at);
    bare ||= found.bare;
    const text = body.subarray(at, found.end).toString('latin1');
    at = found.next;
    if (text === '') break;
    const colon = text.indexOf(':');
    if (/^[ \t]/.test(text) && last !== '') headers[last] = `${headers[last] ?? ''} ${text.trim()}`;
    else if (colon > 0) { last = text.slice(0, colon).trim().toLowerCase(); headers[last] = text.slice(colon + 1).trim(); }
  }
  return { headers, next: at, bare };
}

/** Reads a multipart body by its boundary; never throws. A part without closing delimiter ends with the body. */
export function readMime(body: Buffer, boundary: string): Mime {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Part[] = [];
  let closed = false, bareLf = false;
  let at = body.indexOf(delimiter);
  while (at >= 0 && parts.length < maxParts) {
    const after = at + delimiter.length;
    if (body[after] === 0x2d && body[after + 1] === 0x2d) { closed = true; break; }
    const rest = line(body, after);
    bareLf ||= rest.bare;
    const { headers, next, bare } = headersOf(body, rest.next);
    bareLf ||= bare;
    let end = body.indexOf(delimiter, next);
    // A delimiter stands at the start of a line; the same characters inside a line are content.
    while (end > 0 && body[end - 1] !== 0x0a) end = body.indexOf(delimiter, end + 1);
    const stop = end < 0 ? body.length : body[end - 2] === 0x0d ? end - 2 : end - 1;
    if (end >= 0 && body[end - 2] !== 0x0d) bareLf = true;
    parts.push({ headers, contentId: (headers['content-id'] ?? '').replace(/^<|>$/g, ''), bytes: body.subarray(next, Math.max(next, stop)) });
    at = end;
  }
  return { parts, closed, bareLf };
}
