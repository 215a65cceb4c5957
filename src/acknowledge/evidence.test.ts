import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryState } from '../domain/delivery.ts';
import type { NoticeAction } from '../formats/notice/notice.ts';
import { evidence } from './evidence.ts';

const actions: readonly NoticeAction[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded', 'received', 'read', 'processed', 'deleted', 'not-integrated'];
interface End { readonly state: DeliveryState; readonly reason: string; readonly reception: string; readonly reading: string }
const submitted = { state: 'submitted', reason: 'deliver.submitted' } as const;
const unnoticed = { state: 'delivered', reason: 'deliver.no-notice' } as const;
const refused = { state: 'refused', reason: 'deliver.deadline-in-doubt' } as const;

/** Where a delivery ends, and the last thing its sender was told of each question. */
function after(notices: readonly NoticeAction[], from: { state: DeliveryState; reason: string } = submitted): End {
  let end: End = { ...from, reception: '', reading: '' };
  for (const action of notices) {
    const told = evidence(action, end);
    end = { ...end, ...(told.becomes ?? {}), reception: told.reception ?? end.reception, reading: told.reading ?? end.reading };
  }
  return end;
}

describe('notices in any order', () => {
  test('each alone', () => {
    expect(actions.map((action) => { const { state, reception, reading } = after([action]); return [action, state, reception, reading]; })).toEqual([
      ['failed', 'refused', 'N', ''], ['delayed', 'submitted', '', ''], ['delivered', 'delivered', 'Y', ''], ['relayed', 'delivered', 'Y', ''], ['expanded', 'delivered', 'Y', ''],
      ['received', 'delivered', 'Y', ''], ['read', 'delivered', 'Y', 'Y'], ['processed', 'delivered', 'Y', 'Y'], ['deleted', 'delivered', 'Y', 'N'], ['not-integrated', 'delivered', 'Y', 'N'],
    ]);
  });

  test('end the same: state, what the sender was told last of reception and of reading', () => {
    const decisive = fc.constantFrom<NoticeAction>('failed', 'delayed', 'delivered', 'relayed', 'read', 'processed', 'deleted', 'not-integrated');
    fc.assert(fc.property(fc.array(decisive, { maxLength: 8 }).chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length, maxLength: some.length }))),
      fc.constantFrom(submitted, unnoticed), ([some, shuffled], from) => {
        expect(after(shuffled, from)).toEqual(after(some, from));
      }));
  });

  test('told twice, they say nothing new', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 6 }), fc.constantFrom(...actions), (some, again) => {
      const before = after([...some, again]);
      expect(evidence(again, before)).toEqual({ becomes: null, reception: null, reading: null });
    }));
  });

  test('an MDN overrides a failure, a failure a relay; a mailbox’s word stands against a bounce', () => {
    expect(after(['failed', 'read'])).toMatchObject({ state: 'delivered', reason: 'notice.read', reception: 'Y' });
    expect(after(['relayed', 'failed'])).toMatchObject({ state: 'refused', reception: 'N' });
    expect(after(['delivered', 'failed'])).toMatchObject({ state: 'delivered', reception: 'Y' });
  });

  test('a document displayed may still not be integrated: the failure is told; once processed it is there', () => {
    expect(after(['read', 'not-integrated'])).toMatchObject({ state: 'delivered', reason: 'notice.not-integrated', reading: 'N' });
    expect(evidence('not-integrated', { state: 'delivered', reason: 'notice.read' })).toMatchObject({ reception: null, reading: 'N' });
    expect(after(['not-integrated', 'processed'])).toMatchObject({ reason: 'notice.processed', reading: 'Y' });
    expect(evidence('processed', { state: 'delivered', reason: 'notice.read' })).toEqual({ becomes: { state: 'delivered', reason: 'notice.processed' }, reception: null, reading: null });
  });

  test('after a window without notice, a refusal, or a person’s abandon', () => {
    expect(after(['failed'], unnoticed)).toMatchObject({ state: 'refused', reception: 'N' });
    expect(after(['delivered'], unnoticed)).toMatchObject({ state: 'delivered', reception: 'Y' });
    // The refusal was told already: a bounce says it no second time.
    expect(after(['failed'], refused)).toMatchObject({ state: 'refused', reason: 'notice.failed', reception: '' });
    expect(after(['read'], refused)).toMatchObject({ state: 'delivered', reception: 'Y', reading: 'Y' });
    expect(after(['read'], { state: 'abandoned', reason: 'deliver.abandoned' })).toMatchObject({ state: 'abandoned', reception: '', reading: '' });
  });
});
