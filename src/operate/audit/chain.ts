import { createHash } from 'node:crypto';
import type { AuditProblem, AuditRow } from '../api/contract/audit.ts';

/** The `previous` of the first row. */
export const noHash = '0'.repeat(64);

/** SHA-256 of a row and of the hash before it, in hexadecimal. The parts are told apart by JSON, the objects by the order of their names. */
export function hashOf({ seq, at, who, role, organisation, address, act, objects, reason, outcome, fault, previous }: Omit<AuditRow, 'hash'>): string {
  const sorted = Object.entries(objects).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([seq, at, who, role, organisation, address, act, sorted, reason, outcome, fault, previous])).digest('hex');
}

export interface Head { readonly seq: number; readonly hash: string }
const start: Head = { seq: 0, hash: noHash };

/**
 * Walks the chain from its first row. What is wrong with a row is said at its number: changed (its hash is not its content's), missing
 * ones before it, or not following the row before. An end before the anchored head is `truncated`; another row in the head's
 * place is `head-changed`, which shows a chain that was made anew.
 */
export class ChainWalk {
  readonly problems: AuditProblem[] = [];
  readonly #anchor: Head | null;
  #last: Head = start;
  #rows = 0;

  constructor(anchor: Head | null) { this.#anchor = anchor; }

  take(row: AuditRow): void {
    this.#rows++;
    const { seq } = row;
    if (seq !== this.#last.seq + 1) this.problems.push({ seq: this.#last.seq + 1, problem: 'missing' });
    else if (row.previous !== this.#last.hash) this.problems.push({ seq, problem: 'chain-broken' });
    if (hashOf(row) !== row.hash) this.problems.push({ seq, problem: 'row-changed' });
    if (this.#anchor?.seq === seq && this.#anchor.hash !== row.hash) this.problems.push({ seq, problem: 'head-changed' });
    this.#last = { seq, hash: row.hash };
  }

  end(): { readonly sound: boolean; readonly rows: number; readonly head: Head; readonly problems: AuditProblem[] } {
    if (this.#anchor !== null && this.#last.seq < this.#anchor.seq) this.problems.push({ seq: this.#last.seq + 1, problem: 'truncated' });
    return { sound: this.problems.length === 0, rows: this.#rows, head: this.#last, problems: this.problems };
  }
}
