import type { Envelope } from '../domain/delivery.ts';
import type { DeliveryHead, Journal } from '../journal/journal.ts';
import type { Answers, Sending } from './connector.ts';

/** What a connector is given for one attempt. Bodies of our own bytes need no reading from the journal. */
export function sendingOf(journal: Pick<Journal, 'body'>, head: DeliveryHead, envelope: Envelope, answers: Answers | null, attempt: number, possibleDuplicate: boolean): Sending {
  return {
    key: `${head.trace}/${String(head.id)}`, attempt, possibleDuplicate, envelope, ...(answers === null ? {} : { answers }),
    body: async (step) => {
      const parts = envelope.steps[step]?.body ?? [];
      const [only] = parts;
      if (parts.length === 1 && only instanceof Uint8Array) return only;
      return journal.body(head.seq, parts);
    },
  };
}
