import { outcomeAcknowledgements, readingAcknowledgements, refusedAtOnce } from '../acknowledge/deliveries.ts';
import { isAcknowledgement, type PlannedDelivery, type Receipt } from '../domain/delivery.ts';
import type { Repeats } from '../domain/repeats.ts';
import type { DeliveryFull, Journal, NewAsker, NewPlan } from '../journal/journal.ts';

/** Confidentiality as the DMP gets it: other flags on the same document are another order. */
const masking = ({ content }: Pick<PlannedDelivery, 'content'>): string => {
  const { entries = [], secretConnection = null } = content as { readonly entries?: readonly { readonly entry: { readonly confidentialityCode: unknown } }[]; readonly secretConnection?: boolean | null };
  return JSON.stringify([secretConnection, entries.map(({ entry }) => entry.confidentialityCode)]);
};

/**
 * The region shows it to whom it is hidden from now, and keeps that: sent once more it would change nothing, and only a person can
 * see to it. False where a delivery was planned before this was kept.
 */
function shownOtherwise({ system, content }: PlannedDelivery, { planned }: DeliveryFull): boolean {
  const [now = [], before] = [content, planned.content].map((one) => (one as { readonly hidden?: readonly string[] }).hidden);
  return system === 'regional' && before !== undefined && now.some((code) => !before.includes(code));
}
const heldAsShown = (row: PlannedDelivery): PlannedDelivery => (row.state === 'refused' ? row : { ...row, state: 'held', reason: { code: 'facts.document-shown-otherwise' }, envelope: null });

/** To whom: the mailbox, or whose mailbox the directory is asked for. */
const addressee = ({ recipient, content }: Pick<PlannedDelivery, 'recipient' | 'content'>): string => recipient ?? JSON.stringify((content as { readonly wanted?: unknown }).wanted ?? null);

/** The same order to the same mailbox: gone, or still on its way. What was refused or abandoned never arrived. */
const sameOrder = (row: PlannedDelivery) => ({ planned, state, destination, action }: DeliveryFull): boolean =>
  destination === row.destination && addressee(planned) === addressee(row) && action === row.action && !isAcknowledgement(planned) && state !== 'refused' && state !== 'abandoned';

/** How it ended, as its own sender was told: a mail of which no notice came is said to nobody to be received. */
const deliveredAs = ({ reason }: DeliveryFull): Receipt => (reason === 'deliver.no-notice' ? { kind: 'delivered', warnings: [reason] } : { kind: 'delivered' });

/** More may come of it, which every sender of the same is told: its end, or of a mail a notice that comes later. */
const isOpenEnded = ({ state, system }: DeliveryFull): boolean => state !== 'delivered' || system === 'mssante';

async function deliveriesOf(journal: Journal, seqs: Iterable<number>): Promise<ReadonlyMap<number, readonly DeliveryFull[]>> {
  const found = new Map<number, readonly DeliveryFull[]>();
  for (const seq of new Set(seqs)) {
    const heads = (await journal.message({ seq }))?.deliveries ?? [];
    found.set(seq, (await Promise.all(heads.map(({ id }) => journal.delivery(id)))).filter((one) => one !== null));
  }
  return found;
}

/**
 * A plan whose documents all came before, without the deliveries that earlier messages already made or still hold: those are
 * only answered again, to the message at hand; the end of what is still on its way is told to its sender too. What was refused, abandoned, or never ordered before, stays planned.
 */
export async function withoutRepeats(journal: Journal, plan: NewPlan, repeats: Repeats, { trace, receivedAt }: { readonly trace: string; readonly receivedAt: number }): Promise<NewPlan> {
  const earlier = await deliveriesOf(journal, repeats.documents.flat());
  /** For each document the last such order; null unless all went, with what the present one asks. */
  const twinOf = (row: PlannedDelivery): DeliveryFull | null => {
    if (isAcknowledgement(row) || (repeats.more && row.system !== 'dmp' && row.system !== 'mssante')) return null;
    const twins = repeats.documents.map((seqs) => seqs.flatMap((seq) => earlier.get(seq) ?? []).findLast(sameOrder(row)) ?? null);
    return twins.every((twin) => twin !== null && (row.system !== 'dmp' || masking(twin.planned) === masking(row))) ? twins[0] ?? null : null;
  };
  const twins = plan.deliveries.flatMap((row) => { const twin = twinOf(row); return twin === null ? [] : [{ row, twin }]; });
  if (twins.length === 0) return plan;
  const left = twins.filter(({ row, twin }) => !shownOtherwise(row, twin));
  const shown = new Set(twins.filter(({ row, twin }) => shownOtherwise(row, twin)).map(({ row }) => row));
  const out = new Set<unknown>(left.map(({ row }) => row));
  // Refused today, but it went before: what was said at once of the refusal is not said.
  const unsaid = new Set(left.filter(({ row }) => row.state === 'refused').flatMap(({ row }) => refusedAtOnce(row, { trace, receivedAt })).map(({ headers }) => headers['MSH-10']));
  const deliveries = plan.deliveries.filter((row) => !out.has(row) && !(isAcknowledgement(row) && unsaid.has(row.headers['MSH-10']))).map((row) => (shown.has(row) ? heldAsShown(row) : row));
  const again = left.filter(({ twin }) => twin.state === 'delivered').flatMap(({ row, twin }) => {
    const own = { id: twin.id, trace, planned: row, answers: twin.answers };
    return [...outcomeAcknowledgements(own, deliveredAs(twin), receivedAt), ...readingAcknowledgements(own, twin, receivedAt)];
  });
  const askers = left.flatMap(({ row, twin }): NewAsker[] => {
    const { answer } = row.content as { readonly answer?: unknown };
    return !isOpenEnded(twin) || answer === null || answer === undefined ? [] : [{ delivery: twin.id, was: { state: twin.state, reason: twin.reason }, answer }];
  });
  // A message that sends nothing of its documents is no part of their history.
  const facts = deliveries.some((row) => !isAcknowledgement(row)) ? plan.facts : plan.facts.filter(({ kind }) => kind !== 'document');
  return { ...plan, facts, deliveries: [...deliveries, ...again], ...(askers.length === 0 ? {} : { askers }) };
}
