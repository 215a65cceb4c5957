import type { Step } from '../../src/domain/delivery.ts';
import type { Exchange } from './exchange.ts';

interface Sent { readonly resource?: Record<string, unknown>; readonly request?: { readonly method?: string; readonly url?: string; readonly ifNoneExist?: string } }

/** Written by the platform, or rewritten by it: not compared. */
const notCompared = new Set(['id', 'meta', 'reference', 'text', 'fullUrl', 'url', 'data']);

/** Is everything we sent there as we sent it? What the platform adds does not matter. */
export function holds(stored: unknown, sent: unknown): boolean {
  if (Array.isArray(sent)) return Array.isArray(stored) && sent.length <= stored.length && sent.every((one) => stored.some((other) => holds(other, one)));
  if (typeof sent !== 'object' || sent === null) return stored === sent;
  if (typeof stored !== 'object' || stored === null) return false;
  return Object.entries(sent).every(([key, value]) => notCompared.has(key) || holds((stored as Record<string, unknown>)[key], value));
}

/**
 * One question of a lookup: a search, and what tells that this very delivery is there. A created thing needs only to exist; an
 * updated one must have our content, as an earlier version of it may have been there before.
 */
interface Question { readonly query: string; readonly there: (found: readonly unknown[]) => boolean }

function questionOf({ resource, request }: Sent): Question | null {
  const [type = '', condition = ''] = (request?.url ?? '').split('?');
  switch (request?.method) {
    case 'POST': return request.ifNoneExist === undefined ? null : { query: `${type}?${request.ifNoneExist}`, there: (found) => found.length > 0 };
    case 'PUT': return condition === '' ? null : { query: `${type}?${condition}`, there: (found) => found.some((one) => holds(one, resource)) };
    case 'PATCH': return { query: `${type}?${condition}`, there: (found) => found.every((one) => (one as { status?: string }).status === patched(resource)) };
    default: return null;
  }
}

const patched = (parameters: Record<string, unknown> | undefined): string | undefined => {
  const { parameter } = (parameters ?? {}) as { parameter?: { part?: { name?: string; valueCode?: string }[] }[] };
  return parameter?.[0]?.part?.find((one) => one.name === 'value')?.valueCode;
};

/** Is the whole of this step at the partner? Throws when the partner cannot say. */
export async function stepIsThere(exchange: Exchange, step: Step, body: Uint8Array, signal: AbortSignal): Promise<boolean | null> {
  const sent = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')) as { entry?: Sent[] };
  const questions = step.name !== 'event'
    ? (sent.entry ?? []).flatMap((one) => questionOf(one) ?? [])
    : [{ query: `CommunicationRequest?${step.meta.ifNoneExist ?? ''}`, there: (found: readonly unknown[]) => found.length > 0 }];
  const answers = await exchange.search(questions.map((one) => one.query), step.name === 'event' ? 'events' : 'base', signal);
  if (answers.includes(null)) return null;
  return questions.length > 0 && questions.every((one, i) => one.there(answers[i] ?? []));
}
