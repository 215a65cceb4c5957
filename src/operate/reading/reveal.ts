import { randomBytes } from 'node:crypto';
import type { Journal } from '../../journal/journal.ts';
import { messageReveal } from '../api/contract/story.ts';
import { ApiFault } from '../api/fault.ts';
import { serve, type Served } from '../api/served.ts';
import type { Reader } from './reader.ts';
import { found } from './words.ts';

interface Grant { readonly session: string | null; readonly trace: string; readonly reason: string; readonly expiresAt: number }
const mostGrants = 10_000;

/** Leave to look at one message, given for a reason in one session, until either ends: it is of no use in another one. Forgotten when the gateway stops. */
export class Grants {
  readonly #open = new Map<string, Grant>();
  readonly #clock: () => number;
  readonly #ms: number;
  constructor(clock: () => number, ms: number) { this.#clock = clock; this.#ms = ms; }

  give(session: string | null, trace: string, reason: string): { readonly id: string; readonly expiresAt: number } {
    const now = this.#clock();
    for (const [id, { expiresAt }] of this.#open) if (expiresAt <= now || this.#open.size >= mostGrants) this.#open.delete(id); else break;
    const [id, expiresAt] = [randomBytes(24).toString('base64url'), now + this.#ms];
    this.#open.set(id, { session, trace, reason, expiresAt });
    return { id, expiresAt };
  }
  /** Null when it ended, or is another session's or another message's. */
  of(id: string, session: string | null, trace: string): Grant | null {
    const grant = this.#open.get(id);
    return grant?.session === session && grant.trace === trace && grant.expiresAt > this.#clock() ? grant : null;
  }
}

export interface RevealPorts { readonly reader: Pick<Reader, 'story' | 'content'>; readonly journal: Pick<Journal, 'note'>; readonly clock: () => number; readonly grants: Grants }

export const revealRoutes = ({ reader, journal, clock, grants }: RevealPorts): Served[] => [
  serve(messageReveal, async ({ params: { trace }, body: { reason, grant, parts }, caller, session, concerns }) => {
    const { message: { seq } } = found(await reader.story(trace, caller.scope));
    concerns({ objects: { parts: [...parts].sort().join(' ') } });
    const asked = grant === undefined ? null : grants.of(grant, session, trace);
    const why = asked?.reason ?? reason;
    if (why === undefined) throw new ApiFault(grant === undefined ? 'operate.reason-needed' : 'operate.grant-ended', [], { place: grant === undefined ? 'body/reason' : 'body/grant' });
    concerns({ reason: why });
    // Told before it is shown: a reveal that cannot be kept is not made (design.md §7).
    if (asked === null) await journal.note({ seq, delivery: null, at: clock(), stage: 'operate', kind: 'revealed', detail: JSON.stringify({ by: caller.account, why }) });
    const given = asked !== null && grant !== undefined ? { id: grant, expiresAt: asked.expiresAt } : grants.give(session, trace, why);
    return { grant: given, ...found(await reader.content(trace, caller.scope, parts)) };
  }),
];
