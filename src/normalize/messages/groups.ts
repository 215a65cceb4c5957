import type { Ledger, Tracked } from '../tracked.ts';

/** An OBX with what follows it. */
export interface ObxGroup { readonly obx: Tracked; readonly notes: Tracked[]; readonly participants: Tracked[] }

/** ORC, OBR and what follows until the next one (ORU_R01 ORDER_OBSERVATION, MDM_T02 COMMON_ORDER with its OBX). */
export interface OrderGroup {
  orc: Tracked | null;
  obr: Tracked | null;
  readonly notes: Tracked[];
  readonly timings: Tracked[];
  readonly observations: ObxGroup[];
  readonly specimens: Tracked[];
}

const empty = (orc: Tracked | null, obr: Tracked | null): OrderGroup => ({ orc, obr, notes: [], timings: [], observations: [], specimens: [] });

/**
 * The orders of a message by the order of its segments. A segment out of its place joins what stands before it rather than
 * being left out; a note before any order (about the patient) belongs to none and is reported as lost.
 */
export function orderGroups(ledger: Ledger): OrderGroup[] {
  const groups: OrderGroup[] = [];
  let current: OrderGroup | null = null;
  const group = (): OrderGroup => {
    if (!current) groups.push(current = empty(null, null));
    return current;
  };
  for (const segment of ledger.message.segments) {
    switch (segment.name) {
      case 'ORC': groups.push(current = empty(ledger.of(segment), null)); break;
      case 'OBR':
        if (current?.obr === null && current.observations.length === 0) current.obr = ledger.of(segment);
        else groups.push(current = empty(null, ledger.of(segment)));
        break;
      case 'TQ1': group().timings.push(ledger.of(segment)); break;
      case 'SPM': group().specimens.push(ledger.of(segment)); break;
      case 'OBX': group().observations.push({ obx: ledger.of(segment), notes: [], participants: [] }); break;
      case 'NTE': case 'PRT': {
        const last: ObxGroup | undefined = current?.observations.at(-1), tracked = ledger.of(segment);
        if (segment.name === 'PRT') last?.participants.push(tracked);
        else if (last) last.notes.push(tracked);
        else current?.notes.push(tracked);
        break;
      }
      default:
    }
  }
  return groups;
}
