import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import type { Journal } from '../../src/journal/journal.ts';
import { deliveriesContract } from './journal/deliveries.ts';
import { documentsContract } from './journal/documents.ts';
import { factsContract } from './journal/facts.ts';
import { keepingContract } from './journal/keeping.ts';
import { messagesContract } from './journal/messages.ts';
import { noticesContract } from './journal/notices.ts';
import type { JournalPlace, Subject } from './journal/subject.ts';

/** What every driver of the journal port must do (design.md §2, §4). */
export function journalContract(name: string, place: () => JournalPlace): void {
  describe(`journal contract: ${name}`, () => {
    let at: JournalPlace;
    let journal: Journal;
    const on: Subject = {
      get journal() { return journal; },
      get at() { return at; },
      reopen: async () => { await journal.close(); journal = await at.open(); },
    };
    beforeEach(async () => { at = place(); at.now = 1_000; journal = await at.open(); });
    afterEach(async () => { expect(await journal.verify()).toEqual([]); await journal.close(); await at.remove(); });

    messagesContract(on);
    deliveriesContract(on);
    noticesContract(on);
    documentsContract(on);
    factsContract(on);
    keepingContract(on);
  });
}
