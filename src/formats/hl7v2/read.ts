import type { Finding } from '../../domain/finding.ts';
import { finding } from '../../domain/finding.ts';
import { chooseCharset } from './charset.ts';
import { asBuffer, hasSegmentName, linesOf, type Line } from './lines.ts';
import type { Hl7Message, Segment } from './model.ts';
import { isSegmentName } from './segment-names.ts';
import { SegmentView } from './segment.ts';
import { isUsual, readSeparators, seek, startsMsh, usualMarks, usualSeparators, type Marks, type MshStart } from './separators.ts';
import { placeOf, type Context } from './text.ts';

/** Segments whose values are texts or data: a line without a segment name after one of them is the rest of its value. */
const carriesText = new Set(['OBX', 'NTE']);

/** One bad line is enough to answer; a file of nothing else must not make a million findings. */
const mostLineFindings = 20;

interface Piece { name: string; rank: number; start: number; end: number }

/** Does the line begin with a segment name followed by the field separator, or hold nothing but the name? */
const isSegment = (buffer: Buffer, line: Line, field: Marks['field']): boolean =>
  hasSegmentName(buffer, line) && (line.end === line.start + 3 || seek(buffer, field, line.start + 3, Math.min(line.end, line.start + 3 + field.length)) === line.start + 3);

function cutSegments(buffer: Buffer, lines: readonly Line[], field: Marks['field'], counts: Map<string, number>): { pieces: Piece[]; findings: Finding[] } {
  const pieces: Piece[] = [];
  const findings: Finding[] = [];
  const broken = new Map<Piece, number>();
  for (const line of lines) {
    const last = pieces.at(-1);
    const name = isSegment(buffer, line, field) ? buffer.toString('latin1', line.start, line.start + 3) : '';
    // In a text with line breaks, three capitals are a word (`RAS`, rien à signaler): taken for a segment they would vanish.
    if (name !== '' && (last === undefined || !carriesText.has(last.name) || isSegmentName(name))) {
      const rank = (counts.get(name) ?? 0) + 1;
      counts.set(name, rank);
      pieces.push({ name, rank, start: line.start, end: line.end });
      if (name === 'MSH' && rank > 1) findings.push(finding('hl7v2.second-msh', `MSH[${rank}]`));
    } else if (last !== undefined && carriesText.has(last.name)) {
      last.end = line.end;
      if (!broken.has(last)) broken.set(last, line.number);
    } else if (findings.length < mostLineFindings) {
      findings.push(finding('hl7v2.not-a-segment', `line ${line.number}`, String(line.number)));
    }
  }
  // Said once the segments are counted, as a place depends on how many there are of that name.
  for (const [piece, line] of [...broken].slice(0, mostLineFindings)) {
    const place = placeOf(counts, piece.name, piece.rank);
    findings.push(finding('hl7v2.broken-line', place, String(line), place));
  }
  return { pieces, findings };
}

function headerFindings(start: MshStart, msh: Segment): Finding[] {
  const findings: Finding[] = [];
  if (start.replaced.length > 0) findings.push(finding('hl7v2.separators-invalid', 'MSH-2'));
  else if (!isUsual(start.separators)) findings.push(finding('hl7v2.separators-unusual', 'MSH-2'));
  if (msh.text(9) === '') findings.push(finding('hl7v2.no-message-type', 'MSH-9'));
  if (msh.text(10) === '') findings.push(finding('hl7v2.no-control-id', 'MSH-10'));
  return findings;
}

/**
 * Reads one HL7 v2 message over its bytes; nothing is copied or decoded until it is asked for. Never throws: what is wrong
 * is in `findings`, with a place. Several messages in one body are to be cut with `splitMessages` first.
 */
export function readHl7(bytes: Uint8Array): Hl7Message {
  const buffer = asBuffer(bytes);
  const lines = [...linesOf(buffer)];
  const head = lines[0];
  const start = head !== undefined && startsMsh(buffer, head.start) ? readSeparators(buffer, head.start, head.end) : null;
  const marks = start?.marks ?? usualMarks;
  const separators = start?.separators ?? usualSeparators;
  const counts = new Map<string, number>();
  const { pieces, findings: lineFindings } = cutSegments(buffer, lines, marks.field, counts);

  // MSH-18 is plain ASCII in every set we know, so it can be read before the set is chosen.
  const ascii: Context = { buffer, marks, separators, used: 'us-ascii', counts };
  const header = pieces[0]?.name === 'MSH' ? new SegmentView(ascii, 'MSH', 1, 0, pieces[0].start, pieces[0].end) : null;
  const { charset, findings: charsetFindings } = chooseCharset(header?.text(18) ?? '', buffer);
  const context: Context = { ...ascii, used: charset.used };

  const segments: Segment[] = pieces.map((piece, i) => new SegmentView(context, piece.name, piece.rank, i, piece.start, piece.end));
  const named = new Map<string, Segment[]>();
  for (const segment of segments) {
    const same = named.get(segment.name);
    if (same === undefined) named.set(segment.name, [segment]);
    else same.push(segment);
  }
  const first = (name: string): Segment => named.get(name)?.[0] ?? new SegmentView(context, name, 1, -1, 0, 0);
  return {
    bytes, separators, charset, segments, first,
    // Without MSH the bytes are no HL7 at all: what their lines look like says nothing more.
    findings: start === null ? [finding('hl7v2.no-msh', 'MSH')] : [...headerFindings(start, first('MSH')), ...charsetFindings, ...lineFindings],
    has: (name) => named.has(name),
    all: (name) => named.get(name) ?? [],
  };
}
