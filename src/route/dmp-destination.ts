import { nationalStructure } from '../formats/xds/submission-set.ts';
import type { Participant } from '../normalize/volet/order.ts';
import type { RouteDestination } from './route.ts';

/**
 * The DMP destination of a message: one alone takes all; of several, the one whose certificates speak for the structure that
 * sends (PRT SB). `unserved`: none does, or
 * the message names no structure; a person then decides.
 */
export function dmpDestination(destinations: readonly RouteDestination[], sender: Pick<Participant, 'organization'> | null): { destination: RouteDestination; unserved: boolean } | null {
  const all = destinations.filter(({ system }) => system === 'dmp');
  const [first, ...others] = all;
  if (first === undefined) return null;
  if (others.length === 0) return { destination: first, unserved: false };
  const { id = '', type = '' } = sender?.organization ?? {};
  const structure = id === '' ? '' : nationalStructure(id, type);
  const its = all.find(({ structures }) => structures?.includes(structure) === true);
  return { destination: its ?? first, unserved: its === undefined };
}
