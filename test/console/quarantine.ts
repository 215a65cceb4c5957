import { randomUUID } from 'node:crypto';
import { keyRingOf } from '../../src/compose/keys.ts';
import type { Config } from '../../src/config/model.ts';
import { contentDigest } from '../../src/formats/hl7v2/identify.ts';
import { identify } from '../../src/formats/identify.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { result } from './filled.ts';

export const quarantinedId = 'QUARANTINE1';

/** A message that an older version could not process: it waits for a person when the gateway starts. */
export async function quarantine(config: Config): Promise<void> {
  const journal = await openSqliteJournal({ folder: config.data, keys: keyRingOf(config), clock: Date.now, repeatWindowMs: 1e9, crashesBeforeQuarantine: 3 });
  const bytes = Buffer.from(result(quarantinedId));
  await journal.quarantine({ trace: randomUUID(), source: 'laboratoire', receivedAt: Date.now(), identified: identify(bytes), contentDigest: contentDigest(bytes), bytes }, 'intake.stages-failed');
  await journal.close();
}
