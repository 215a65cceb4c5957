import { randomUUID } from 'node:crypto';
import type { Clock, Ids } from '../domain/clock.ts';

/** Trace ids: UUID version 7 (RFC 9562 §5.7): the time first, so that the newest stand together in the journal's index. */
export const traceIds = (clock: Clock): Ids => () => {
  const time = clock().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};
