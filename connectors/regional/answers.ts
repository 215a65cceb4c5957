import type { FaultCode } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { withoutAnswer } from '../../src/net/connection-error.ts';
import type { Quirks } from './config.ts';

/** What an answer is to us; `again` is tried once more at once (a token to renew, a condition to evaluate anew). */
export type Verdict = Receipt | { readonly kind: 'again'; readonly what: 'token' | 'condition'; readonly otherwise: Receipt };

/** What is known of an HTTP answer: its status, its parsed body, and how long it asks to wait. */
export interface Answer { readonly status: number; readonly body: unknown; readonly retryAfterMs: number | null }

type Outcome = 'rejected' | 'duplicate' | 'busy' | 'unauthorized' | 'forbidden' | 'conflict' | 'too-large';

/** OperationOutcome.issue.code → what it means for us (regional.md §4.2). It says more than the status: CI-SIS rejects with 500. */
const byIssue: ReadonlyMap<string, Outcome> = new Map(Object.entries({
  structure: 'rejected', required: 'rejected', value: 'rejected', invariant: 'rejected', 'code-invalid': 'rejected', 'business-rule': 'rejected',
  'not-supported': 'rejected', invalid: 'rejected', extension: 'rejected', 'not-found': 'rejected', deleted: 'rejected', 'too-costly': 'rejected',
  'multiple-matches': 'conflict', 'too-long': 'too-large', duplicate: 'duplicate', conflict: 'conflict',
  transient: 'busy', 'lock-error': 'busy', timeout: 'busy', throttled: 'busy', incomplete: 'busy', 'no-store': 'busy', exception: 'busy',
  login: 'unauthorized', expired: 'unauthorized', unknown: 'unauthorized', forbidden: 'forbidden', security: 'forbidden', suppressed: 'forbidden',
} as const satisfies Readonly<Record<string, Outcome>>));

interface Issue { readonly severity?: string; readonly code?: string; readonly expression?: readonly string[]; readonly location?: readonly string[] }
const issuesOf = (body: unknown): readonly Issue[] => {
  const { resourceType, issue } = (body ?? {}) as { resourceType?: unknown; issue?: unknown };
  return resourceType === 'OperationOutcome' && Array.isArray(issue) ? (issue as Issue[]).filter((one) => one.severity === 'error' || one.severity === 'fatal') : [];
};

/** The entry an issue names (`Bundle.entry[3].resource…`), as its place in the message; the transaction's first place otherwise. */
function placeOf(issue: Issue | undefined, places: readonly string[]): string {
  const [path = ''] = [...(issue?.expression ?? []), ...(issue?.location ?? [])];
  const entry = /entry\[(\d+)\]/.exec(path)?.[1];
  return (entry === undefined ? places[0] : places[Number(entry)]) ?? 'MSH';
}

const refused = (fault: FaultCode, raw: string, ...args: string[]): Receipt => ({ kind: 'refused', fault, raw, args });
const busy = (fault: FaultCode, raw: string, retryAfterMs: number | null): Receipt => ({ kind: 'busy', fault, raw, ...(retryAfterMs === null ? {} : { retryAfterMs }) });

function receiptOf(outcome: Outcome, code: string, place: string, raw: string, retryAfterMs: number | null): Verdict {
  switch (outcome) {
    case 'rejected': return refused('regional.rejected', raw, code, place);
    case 'too-large': return refused('regional.too-large', raw, code);
    case 'forbidden': return refused('regional.forbidden', raw, code);
    case 'duplicate': return { kind: 'delivered', duplicate: true };
    case 'busy': return busy('regional.busy', raw, retryAfterMs);
    case 'unauthorized': return { kind: 'again', what: 'token', otherwise: refused('regional.unauthorized', raw, code) };
    case 'conflict': return { kind: 'again', what: 'condition', otherwise: busy('regional.conflict', raw, retryAfterMs) };
  }
}

/** The address is another one, or a portal stands before it: they say nothing of the message. */
const redirections: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** By status alone, when no OperationOutcome says more (regional.md §5.6). */
function byStatus(status: number, quirks: Quirks): Outcome | 'server-error' | 'no-answer' | 'redirected' {
  if (redirections.has(status)) return 'redirected';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 413) return 'too-large';
  if (status === 408 || status === 425 || status === 429 || status === 503) return 'busy';
  // A proxy gave up waiting: the platform behind it may have stored everything.
  if (status === 502 || status === 504) return 'no-answer';
  if (status >= 500) return quirks.error500IsPermanent ? 'rejected' : 'server-error';
  return 'rejected';
}

/** An answer that is no success. The issue's code decides first, then the status. */
export function failure({ status, body, retryAfterMs }: Answer, places: readonly string[], quirks: Quirks): Verdict {
  const issues = issuesOf(body);
  // One permanent reason is enough not to try again; `unknown` user aside, an unlisted code says nothing.
  const told = issues.find((one) => byIssue.get(one.code ?? '') === 'rejected') ?? issues.find((one) => byIssue.get(one.code ?? '') !== undefined);
  const code = told?.code ?? String(status);
  const raw = `HTTP ${status}${told?.code === undefined ? '' : ` ${told.code}`}`;
  // 412 is about the condition whatever the words; the same condition may hold a moment later, once.
  if (status === 412) return { kind: 'again', what: 'condition', otherwise: refused('regional.precondition', raw, code) };
  const outcome = (told?.code === undefined ? undefined : byIssue.get(told.code)) ?? byStatus(status, quirks);
  if (outcome === 'server-error') return busy('regional.server-error', raw, retryAfterMs);
  if (outcome === 'no-answer') return { kind: 'unknown', fault: 'regional.no-answer', raw };
  if (outcome === 'redirected') return refused('regional.redirected', raw, code);
  // A transaction is all or nothing: one thing that is there already says that the others were not taken.
  if (outcome === 'duplicate' && places.length > 1) return { kind: 'again', what: 'condition', otherwise: refused('regional.precondition', raw, code) };
  return receiptOf(outcome, code, placeOf(told, places), raw, retryAfterMs);
}

/** What one entry of a transaction-response says. */
interface EntryAnswer { readonly response?: { readonly status?: string; readonly location?: string; readonly outcome?: unknown } }

/**
 * A 200 to a transaction is read entry by entry: as many answers as entries, each a success. `remoteId` is the first
 * location, a logical id of the platform.
 */
export function transactionAnswer(body: unknown, entries: number, places: readonly string[], quirks: Quirks): Verdict {
  const { resourceType, type, entry } = (body ?? {}) as { resourceType?: unknown; type?: unknown; entry?: unknown };
  if (resourceType !== 'Bundle' || type !== 'transaction-response' || !Array.isArray(entry) || entry.length !== entries) {
    return { kind: 'unknown', fault: 'regional.not-understood', raw: 'no transaction-response' };
  }
  const answers = entry as EntryAnswer[];
  for (const [i, { response }] of answers.entries()) {
    const status = Number.parseInt(response?.status ?? '', 10);
    if (status >= 200 && status < 300) continue;
    if (!Number.isInteger(status)) return { kind: 'unknown', fault: 'regional.not-understood', raw: `no status for entry ${i}` };
    const verdict = failure({ status, body: response?.outcome, retryAfterMs: null }, [places[i] ?? 'MSH'], quirks);
    // Already there: this entry is done, the others say for themselves.
    if (verdict.kind !== 'delivered') return verdict;
  }
  const location: unknown = answers.find((one) => one.response?.location !== undefined)?.response?.location;
  return { kind: 'delivered', ...(typeof location === 'string' ? { remoteId: location } : {}), ...(answers.every((one) => one.response?.status?.startsWith('200') === true) ? { duplicate: true } : {}) };
}

/** A success to something created alone: its resource, an outcome, or nothing. A page of a portal is none of them. */
export function createdAnswer(answer: Answer & { readonly empty: boolean }, location: unknown, places: readonly string[], quirks: Quirks): Verdict {
  const { resourceType } = (answer.body ?? {}) as { resourceType?: unknown };
  if (!answer.empty && typeof resourceType !== 'string') return { kind: 'unknown', fault: 'regional.not-understood', raw: `HTTP ${answer.status} without a resource` };
  if (issuesOf(answer.body).length > 0) return failure(answer, places, quirks);
  return { kind: 'delivered', ...(typeof location === 'string' ? { remoteId: location } : {}), ...(answer.status === 200 ? { duplicate: true } : {}) };
}

/** A request that ended without an answer: what is certain not to have left, what is a setting, and what is in doubt. */
export function noAnswer(error: unknown): Receipt {
  const { code, outcome } = withoutAnswer(error);
  switch (outcome) {
    case 'tls': return refused('regional.tls', code, code);
    case 'not-sent': return busy('regional.unreachable', code, null);
    case 'in-doubt': return { kind: 'unknown', fault: 'regional.no-answer', raw: code };
  }
}
