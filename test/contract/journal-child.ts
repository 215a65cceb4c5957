import { writeSync } from 'node:fs';
import { parseKeyRing } from '../../src/journal/keys.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { again, delivered, newMessage, newPlan } from './journal-samples.ts';

/**
 * node journal-child.ts FOLDER KEYS-TEXT PREFIX [COUNT]: works on a journal until it is killed, or COUNT rounds, and writes a line for each
 * call only once its promise has resolved. The reader of the lines knows what must be there after a crash.
 */
const [, , folder = '', keys = '', prefix = '', count = 'Infinity'] = process.argv;
const say = (line: string) => { writeSync(1, `${line}\n`); };

try {
  const journal = await openSqliteJournal({ folder, keys: parseKeyRing(keys), clock: Date.now, repeatWindowMs: 3_600_000, crashesBeforeQuarantine: 1000 });
  await journal.recover();
  say('open');
  const round = async (n: number) => {
    const control = `${prefix}-${n}`;
    const now = { receivedAt: Date.now() };
    if (n % 3 === 0) {
      const { seq } = await journal.append(newMessage(control, now));
      say(`appended ${control} ${seq}`);
      await journal.plan(seq, newPlan());
      say(`planned ${control} ${seq}`);
      return;
    }
    const { seq, deliveries } = await journal.accept(newMessage(control, now), newPlan());
    const id = deliveries[0]?.id ?? 0;
    say(`accepted ${control} ${seq} ${id}`);
    await journal.begin([id], 1);
    say(`begun ${id}`);
    await journal.settle(id, n % 2 === 0 ? delivered() : again(0, true), []);
    say(`settled ${id} ${n % 2 === 0 ? 'delivered' : 'waiting'}`);
  };
  for (let n = 0; n < Number(count); n += 4) await Promise.all([n, n + 1, n + 2, n + 3].map(round));
  await journal.close();
} catch (error) {
  say(`fault ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`);
  process.exitCode = 1;
}
