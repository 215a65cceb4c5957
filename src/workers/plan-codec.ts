import type { PlannedDelivery } from '../domain/delivery.ts';
import type { Repeats } from '../domain/repeats.ts';
import type { Notice } from '../formats/notice/notice.ts';
import type { StageTimes } from '../domain/stage.ts';
import type { Staged } from '../intake/acceptance.ts';
import { utf8 } from '../emit/utf8.ts';
import { decodeEnvelope, envelopePieces } from '../journal/envelope-codec.ts';
import type { NewPlan } from '../journal/journal.ts';

/**
 * A plan as one buffer, so that a worker hands it over without the structured clone of an object tree: a JSON head, then the
 * bytes it refers to by number. Layout: u32 length of the head (little endian), the head, the blobs one after the other.
 */
interface Head {
  readonly findings: readonly string[];
  readonly repeats: Repeats | null;
  readonly notice: Notice | null;
  readonly times?: StageTimes;
  readonly lengths: readonly number[];
  readonly plan: Omit<NewPlan, 'ack' | 'bundle' | 'record' | 'documents' | 'deliveries'>;
  readonly ack: { readonly code: string; readonly blob: number } | null;
  readonly bundle: number | null;
  readonly record: number;
  readonly documents: readonly (readonly [string, number])[];
  readonly deliveries: readonly (Omit<PlannedDelivery, 'envelope'> & { /** A blob as the journal keeps it (envelope-codec.ts). */ readonly envelope: number | null })[];
}

const text = new TextDecoder();

export function encodePlan({ plan, findings, repeats, notice = null, times }: Staged): Uint8Array {
  const pieces: Uint8Array[] = [];
  const lengths: number[] = [];
  const keep = (...blob: readonly Uint8Array[]): number => {
    let length = 0;
    for (const piece of blob) { pieces.push(piece); length += piece.length; }
    return lengths.push(length) - 1;
  };
  const { ack, bundle, record, documents, deliveries, ...rest } = plan;
  const head: Omit<Head, 'lengths'> = {
    findings, repeats, notice, ...(times === undefined ? {} : { times }),
    plan: rest,
    ack: ack === null ? null : { code: ack.code, blob: keep(ack.bytes) },
    bundle: bundle === null ? null : keep(bundle),
    record: keep(record),
    documents: [...documents].map(([name, bytes]) => [name, keep(bytes)] as const),
    deliveries: deliveries.map((one) => ({ ...one, envelope: one.envelope === null ? null : keep(...envelopePieces(one.envelope)) })),
  };
  const headBytes = utf8([JSON.stringify({ lengths, ...head })]);
  // Memory of its own, as it is transferred to another thread; each byte is written below.
  const out = new Uint8Array(Buffer.allocUnsafeSlow(4 + headBytes.length + lengths.reduce((sum, length) => sum + length, 0)).buffer);
  new DataView(out.buffer).setUint32(0, headBytes.length, true);
  out.set(headBytes, 4);
  let at = 4 + headBytes.length;
  for (const piece of pieces) { out.set(piece, at); at += piece.length; }
  return out;
}

export function decodePlan(bytes: Uint8Array): Staged {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(text.decode(bytes.subarray(4, 4 + length))) as Head;
  const starts: number[] = [];
  let at = 4 + length;
  for (const size of head.lengths) { starts.push(at); at += size; }
  const blob = (n: number): Uint8Array => { const start = starts[n] ?? at; return bytes.subarray(start, start + (head.lengths[n] ?? 0)); };
  const plan: NewPlan = {
    ...head.plan,
    ack: head.ack === null ? null : { code: head.ack.code, bytes: blob(head.ack.blob) },
    bundle: head.bundle === null ? null : blob(head.bundle),
    record: blob(head.record),
    documents: new Map(head.documents.map(([name, n]) => [name, blob(n)])),
    deliveries: head.deliveries.map((one) => ({ ...one, envelope: one.envelope === null ? null : decodeEnvelope(blob(one.envelope)) })),
  };
  return { plan, findings: head.findings, repeats: head.repeats, notice: head.notice, ...(head.times === undefined ? {} : { times: head.times }) };
}
