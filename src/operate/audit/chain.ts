import { createHmac } from 'node:crypto';
import type { AuditProblem, AuditRow, Verified } from '../api/contract/audit.ts';

/** The `previous` of the first row. */
export const noHash = '0'.repeat(64);

/** HMAC-SHA-256 of a row and of the hash before it, in hexadecimal: only who has the key can write a row that stands. The parts are told apart by JSON, the objects by the order of their names. */
export function hashOf(secret: Uint8Array, { seq, at, who, role, organisation, address, act, objects, reason, outcome, fault, begun, previous }: Omit<AuditRow, 'hash'>): string {
  const sorted = Object.entries(objects).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha256', secret).update(JSON.stringify([seq, at, who, role, organisation, address, act, sorted, reason, outcome, fault, begun, previous])).digest('hex');
}

export interface Head { readonly seq: number; readonly hash: string }
const start: Head = { seq: 0, hash: noHash };

/**
 * Walks the chain from its first row. What is wrong with a row is said at its number: changed (its hash is not its content's), missing
 * ones before it, or not following the row before. An end before the anchored head is `truncated`; another row in the head's
 * place is `head-changed`, which shows a chain that was made anew; no head at all is `anchor-missing`.
 */
export class ChainWalk {
  readonly problems: AuditProblem[] = [];
  readonly #secret: Uint8Array;
  readonly #anchor: Head | null;
  readonly #begun = new Set<number>();
  #last: Head = start;
  #rows = 0;

  /** @param anchor null: none is asked */
  constructor(secret: Uint8Array, anchor: Head | 'missing' | null) {
    this.#secret = secret; this.#anchor = anchor === 'missing' ? null : anchor;
    if (anchor === 'missing') this.problems.push({ seq: 0, problem: 'anchor-missing' });
  }

  take(row: AuditRow): void {
    this.#rows++;
    const { seq } = row;
    if (seq !== this.#last.seq + 1) this.problems.push({ seq: this.#last.seq + 1, problem: 'missing' });
    else if (row.previous !== this.#last.hash) this.problems.push({ seq, problem: 'chain-broken' });
    if (hashOf(this.#secret, row) !== row.hash) this.problems.push({ seq, problem: 'row-changed' });
    if (this.#anchor?.seq === seq && this.#anchor.hash !== row.hash) this.problems.push({ seq, problem: 'head-changed' });
    if (row.outcome === 'begun') this.#begun.add(seq);
    if (row.begun !== null) this.#begun.delete(row.begun);
    this.#last = { seq, hash: row.hash };
  }

  /** @param underWay acts that began and go on now */
  end(underWay: ReadonlySet<number>): Verified {
    if (this.#anchor !== null && this.#last.seq < this.#anchor.seq) this.problems.push({ seq: this.#last.seq + 1, problem: 'truncated' });
    return { sound: this.problems.length === 0, rows: this.#rows, head: this.#last, problems: this.problems, unfinished: [...this.#begun].filter((seq) => !underWay.has(seq)) };
  }
}
