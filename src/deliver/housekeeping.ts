import { JournalFault, type DeliveryHead } from '../journal/journal.ts';
import { gateway, move, settle } from './close.ts';
import type { Engine } from './engine.ts';
import type { Queue } from './queue.ts';

const pageSize = 100;

/** Submitted deliveries whose notice never came: delivered, without notice (design.md §4). */
export async function closeOverdue(engine: Engine): Promise<void> {
  const { journal, clock, log } = engine.ports;
  let page: readonly DeliveryHead[];
  do {
    page = await journal.overdue(clock(), pageSize);
    for (const head of page) {
      const delivery = await journal.delivery(head.id);
      if (delivery?.state !== 'submitted') continue;
      try {
        await settle(engine, delivery, { kind: 'delivered', warnings: ['deliver.no-notice'] }, { next: { state: 'delivered' }, reason: 'deliver.no-notice' });
      } catch (error) {
        // Its notice came at this very moment, and closed it.
        if (error instanceof JournalFault && error.code === 'journal.final') continue;
        throw error;
      }
      log({ kind: 'move', trace: head.trace, seq: head.seq, delivery: head.id, destination: head.destination, to: 'delivered', reason: 'deliver.no-notice', by: gateway.by });
    }
  } while (page.length === pageSize);
}

/**
 * Refuses what passed its deadline at a destination that takes nothing (breaker open, stopped): nobody else looks at it, and
 * the sender must be told. The oldest are looked at first and the first page without any ends it.
 */
export async function closeExpired(engine: Engine, queue: Queue): Promise<void> {
  const { journal, clock } = engine.ports;
  for (let after = 0, some = true; some && queue.quiet;) {
    const page = await journal.waiting(queue.partner.rules.id, after, pageSize);
    some = false;
    for (const head of page) {
      after = head.id;
      if (head.deadline === null || head.deadline > clock()) continue;
      some = true;
      await queue.aside(head.id, async () => {
        const delivery = await journal.delivery(head.id);
        // In doubt and askable: only the partner knows, and it is asked as soon as it answers again.
        if (delivery?.state !== 'waiting' || (delivery.inDoubt && queue.partner.capabilities.lookup)) return;
        await move(engine, delivery, 'refused', { code: delivery.inDoubt ? 'deliver.deadline-in-doubt' : 'deliver.deadline' }, gateway);
        queue.kick(head);
      });
    }
  }
}
