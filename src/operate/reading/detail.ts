import type { JournalEvent } from '../../journal/journal.ts';

/** What events of a message's story tell. */
export interface Detail { readonly from?: string; readonly to?: string; readonly code?: string; readonly by?: string; readonly text?: string; readonly why?: string; readonly trace?: string; readonly as?: number }

/** What an event of the journal tells; some are a bare text. */
export function detailOf({ detail }: Pick<JournalEvent, 'detail'>): Detail {
  try {
    const told: unknown = JSON.parse(detail);
    return typeof told === 'object' && told !== null ? told : {};
  } catch { return {}; }
}
