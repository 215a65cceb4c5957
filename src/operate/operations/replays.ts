import type { Language } from '../../domain/finding.ts';
import type { FinalListed, Seen } from '../../journal/reader.ts';
import { replayCancel, replayList, replayMake, replayPause, replayShow, replayStart, type NewReplay, type Replay, type ReplayPreview } from '../api/contract/replays.ts';
import { ApiFault } from '../api/fault.ts';
import { holds, serve, type Caller, type Served } from '../api/served.ts';
import type { Reader } from '../reading/reader.ts';
import type { PassedOver } from '../reading/spent.ts';
import { causeOf, cursorAt, cursorOf, found } from '../reading/words.ts';
import type { ReplayRunner } from './replay-runner.ts';
import { itemState, type ReplayStore, type StoredPlan } from './replay-store.ts';

export interface ReplayPorts {
  readonly store: ReplayStore;
  readonly runner: Pick<ReplayRunner, 'run'>;
  readonly reader: Pick<Reader, 'finals' | 'finalsOf' | 'withdrawn' | 'spent'>;
  /** Above so many deliveries, somebody else starts the plan; null: never. */
  readonly secondPersonAbove: number | null;
  readonly clock: () => number;
}

const itemsShown = 200;
const plansShown = 100;
/** Looking for what a selection means ends after so long. */
const selectMs = 30_000;

/** By recipient: a destination, and each mailbox of it under an opaque name. */
export function previewOf(items: readonly FinalListed[], withdrawn: ReadonlySet<number>, spent: ReadonlyMap<number, PassedOver>): ReplayPreview[] {
  const groups = new Map<string, FinalListed[]>();
  for (const one of items) {
    const key = JSON.stringify([one.destination, one.recipient]);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [one]); else same.push(one);
  }
  return [...groups.values()].map((same) => {
    const [first] = same as [FinalListed];
    const count = (why: PassedOver): number => same.filter(({ id }) => spent.get(id) === why).length;
    const at = same.map(({ receivedAt }) => receivedAt);
    return {
      destination: first.destination, recipient: first.recipient?.slice(0, 12) ?? null, deliveries: same.length, messages: new Set(same.map(({ seq }) => seq)).size,
      withdrawn: same.filter(({ id }) => withdrawn.has(id)).length, corrected: count('corrected'), again: count('again'), acknowledgements: count('acknowledgement'), firstAt: at.reduce((a, b) => Math.min(a, b)), lastAt: at.reduce((a, b) => Math.max(a, b)),
    };
  }).sort((a, b) => b.deliveries - a.deliveries);
}

export function replayRoutes({ store, runner, reader, secondPersonAbove, clock }: ReplayPorts): Served[] {
  /** A plan is seen by who sees all of it. */
  const isSeen = ({ row }: StoredPlan, { scope }: Caller): boolean => (scope.sources === null && scope.destinations === null) || store.touched(row.id).every(({ source, destination }) => holds(scope.sources, source) && holds(scope.destinations, destination));
  const plan = (id: number, caller: Caller): StoredPlan => { const one = found(store.one(id)); if (!isSeen(one, caller)) throw new ApiFault('api.not-found'); return one; };
  const show = (id: number, caller: Caller, language: Language, after = 0): Replay => {
    const { row, preview } = plan(id, caller);
    const items = store.items(id, after, itemsShown);
    return {
      plan: row, preview, acts: store.acts(id), next: items.length < itemsShown ? null : cursorOf(items.at(-1)?.delivery ?? null),
      items: items.map((one) => ({ delivery: one.delivery, trace: one.trace, destination: one.destination, state: itemState(one), made: one.made, cause: one.cause === null ? null : causeOf(one.cause, language), at: one.at })),
    };
  };
  const selected = async ({ selection: { deliveries, ...filter }, cap }: NewReplay, seen: Seen): Promise<readonly FinalListed[]> => {
    if (deliveries !== undefined) return reader.finalsOf(deliveries, seen);
    const all: FinalListed[] = [];
    const until = clock() + selectMs;
    for (let from: number | null = 0; from !== null && all.length <= cap;) {
      if (clock() > until) throw new ApiFault('operate.replay-too-broad');
      const { found: some, next }: { readonly found: readonly FinalListed[]; readonly next: number | null } = await reader.finals({ state: 'refused', ...filter }, seen, from, cap + 1 - all.length);
      all.push(...some);
      from = next;
    }
    return all;
  };
  const become = (from: readonly StoredPlan['row']['state'][], to: StoredPlan['row']['state'], act: string) => (id: number, caller: Caller): void => {
    const { row: { state } } = plan(id, caller);
    if (!from.includes(state) || !store.become(id, state, to, act, caller.account, clock())) throw new ApiFault('operate.replay-state', [state]);
  };
  const start = become(['draft', 'paused'], 'running', 'started'), pause = become(['running'], 'paused', 'paused'), cancel = become(['draft', 'running', 'paused'], 'cancelled', 'cancelled');

  return [
    serve(replayList, ({ caller }) => ({ replays: store.all(plansShown).filter((one) => isSeen(one, caller)).map(({ row }) => row) })),
    serve(replayMake, async ({ body, caller, language, concerns }) => {
      const items = await selected(body, caller.scope);
      if (items.length === 0) throw new ApiFault('operate.replay-empty');
      if (items.length > body.cap) throw new ApiFault('operate.replay-too-many', [String(body.cap)]);
      const withdrawn = new Set(await reader.withdrawn(items.map(({ id }) => id)));
      const spent = new Map((await reader.spent(items.map(({ id }) => id))).map(({ id, why }) => [id, why]));
      const id = store.make({
        by: caller.account, why: body.reason, at: clock(), second: secondPersonAbove !== null && items.length > secondPersonAbove, perMinute: body.perMinute, cap: body.cap, selection: body.selection,
        preview: previewOf(items, withdrawn, spent), items,
      });
      concerns({ objects: { replay: String(id), deliveries: String(items.length) } });
      return show(id, caller, language);
    }),
    serve(replayShow, ({ params: { id }, query: { cursor }, caller, language }) => show(id, caller, language, cursorAt(cursor) ?? 0)),
    serve(replayStart, ({ params: { id }, caller, language, concerns }) => {
      concerns({ objects: { replay: String(id) } });
      const { row } = plan(id, caller);
      if (row.state === 'draft' && row.needsSecondPerson && row.made.by === caller.account) throw new ApiFault('operate.second-person');
      start(id, caller);
      runner.run(id);
      return show(id, caller, language);
    }),
    serve(replayPause, ({ params: { id }, caller, language, concerns }) => { concerns({ objects: { replay: String(id) } }); pause(id, caller); return show(id, caller, language); }),
    serve(replayCancel, ({ params: { id }, caller, language, concerns }) => { concerns({ objects: { replay: String(id) } }); cancel(id, caller); return show(id, caller, language); }),
  ];
}
