import { standingActs } from '../compose/acts.ts';
import { standingChecks } from '../compose/checks.ts';
import { keyRingOf } from '../compose/keys.ts';
import { auditOf } from '../compose/operators.ts';
import { loadConfig } from '../config/load.ts';
import { auditedControl } from '../operate/control/audited.ts';
import { createControl, type Control } from '../operate/control/control.ts';
import { destinationControl } from '../operate/control/destinations.ts';
import { askControl } from '../operate/control/socket.ts';
import { withJournal } from './journal-of.ts';

/** The control of the gateway that runs on this configuration's folder, or of its journal when none does. */
export async function controlled<T>(file: string | null, work: (control: Control, running: boolean) => Promise<T>): Promise<T> {
  const config = loadConfig(file);
  const running = await askControl(config.data);
  if (running !== null) {
    try { return await work(running.control, true); } finally { running.close(); }
  }
  return withJournal(file, async (journal) => {
    const plain = createControl({ journal, acts: standingActs(journal, Date.now), destinations: destinationControl(journal, config.destinations, Date.now, () => undefined), checks: () => standingChecks(config), clock: Date.now, retention: config.retention });
    const audit = auditOf(config, journal, keyRingOf(config), Date.now);
    try {
      await audit.anchor();
      const made = await work(auditedControl(plain, audit), false);
      await audit.anchor();
      return made;
    } finally { audit.close(); }
  });
}
