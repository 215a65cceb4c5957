import { createHash } from 'node:crypto';
import type { DeliveryFull, Journal } from '../journal/journal.ts';
import type { Work } from './connector.ts';

/** What a connector's `prepare` is given, read from the journal: the message's Bundle and the hashes of its documents. */
export async function workOf(journal: Pick<Journal, 'message'>, delivery: DeliveryFull): Promise<Work> {
  const message = await journal.message({ seq: delivery.seq });
  if (message === null) throw new Error(`no message ${String(delivery.seq)} for delivery ${String(delivery.id)}`);
  const documents = new Map<string, { size: number; sha1: string }>();
  for (const [name, bytes] of message.documents) documents.set(name, { size: bytes.length, sha1: createHash('sha1').update(bytes).digest('hex') });
  return {
    trace: delivery.trace, destination: delivery.destination, action: delivery.planned.action, content: delivery.planned.content, gate: delivery.planned.gate,
    bundle: message.bundle === null ? null : JSON.parse(Buffer.from(message.bundle).toString('utf8')) as unknown, documents,
    ...(message.bytes === null ? {} : { message: message.bytes }),
  };
}
