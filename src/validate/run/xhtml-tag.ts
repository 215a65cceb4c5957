/** A tag as it stands in the text. `attributes` alternates names and values, undecoded; `end` is after `>`. */
export interface Tag {
  readonly kind: 'open' | 'empty' | 'close' | 'comment';
  readonly name: string;
  readonly attributes: readonly string[];
  readonly end: number;
}

const none: readonly string[] = [];

/** The tag that begins at a `<`; undefined when it is not well formed. */
export function scanTag(text: string, start: number): Tag | undefined {
  const mark = text.charCodeAt(start + 1);
  if (mark === 47) return closing(text, start);
  if (mark === 33) {
    const end = text.startsWith('<!--', start) ? text.indexOf('-->', start + 4) : -1;
    return end < 0 ? undefined : { kind: 'comment', name: '', attributes: none, end: end + 3 };
  }
  const afterName = nameEnd(text, start + 1);
  if (afterName === start + 1) return undefined;
  const name = text.slice(start + 1, afterName);
  let attributes: string[] | undefined;
  let position = afterName;
  for (;;) {
    const next = skipSpace(text, position);
    const code = text.charCodeAt(next);
    if (code === 62) return { kind: 'open', name, attributes: attributes ?? none, end: next + 1 };
    if (code === 47) return text.charCodeAt(next + 1) === 62 ? { kind: 'empty', name, attributes: attributes ?? none, end: next + 2 } : undefined;
    const attributeEnd = nameEnd(text, next);
    if (next === position || attributeEnd === next) return undefined;
    const equals = skipSpace(text, attributeEnd);
    const open = skipSpace(text, equals + 1);
    const quote = text.charCodeAt(open);
    if (text.charCodeAt(equals) !== 61 || (quote !== 34 && quote !== 39)) return undefined;
    const close = text.indexOf(quote === 34 ? '"' : "'", open + 1);
    if (close < 0) return undefined;
    (attributes ??= []).push(text.slice(next, attributeEnd), text.slice(open + 1, close));
    position = close + 1;
  }
}

function closing(text: string, start: number): Tag | undefined {
  const afterName = nameEnd(text, start + 2);
  const end = skipSpace(text, afterName);
  return afterName === start + 2 || text.charCodeAt(end) !== 62 ? undefined : { kind: 'close', name: text.slice(start + 2, afterName), attributes: none, end: end + 1 };
}

/** Letters, digits, `:` `.` `-` `_`. */
function nameEnd(text: string, from: number): number {
  let i = from;
  for (;; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58) || code === 45 || code === 46 || code === 95)) return i;
  }
}

function skipSpace(text: string, from: number): number {
  let i = from;
  for (;; i++) {
    const code = text.charCodeAt(i);
    if (code !== 32 && code !== 10 && code !== 9 && code !== 13) return i;
  }
}
