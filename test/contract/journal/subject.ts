import type { Journal } from '../../../src/journal/journal.ts';

/** One place a journal lives in: `open` may be called again after `close`. The repeat window is 10 000 ms, the crash limit 2. */
export interface JournalPlace { open(): Promise<Journal>; remove(): Promise<void>; now: number }

/** The journal of the test that runs. */
export interface Subject { readonly journal: Journal; readonly at: JournalPlace; reopen(): Promise<void> }

export const code = (promise: Promise<unknown>) => promise.then(() => 'no fault', (error: unknown) => (error as { code?: string }).code);
