import { acknowledgementAtOnce } from '../acknowledge/plan.ts';
import type { Config } from '../config/model.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock } from '../domain/clock.ts';
import { finding } from '../domain/finding.ts';
import { identify } from '../formats/identify.ts';
import type { Accept } from '../intake/accept.ts';
import { Admission } from '../intake/admission.ts';
import { Rates } from '../intake/rates.ts';
import type { Report } from '../intake/report.ts';
import { sourcesFrom } from '../intake/sources.ts';
import type { IntakePorts } from '../intake/take.ts';
import { lowDisk } from '../net/disk.ts';
import { readSecretText } from '../net/secret.ts';
import { traceIds } from './trace.ts';

/** What every listener shares: the sources, the turns, and the words to refuse with. */
export function intakePorts(config: Config, accept: Accept, clock: Clock, report: Report, limited: (source: string, what: 'delayed' | 'refused') => void): IntakePorts {
  const { inFlight, waitMs, memoryMiB } = config.intake;
  const ids = traceIds(clock);
  const low = lowDisk(config.data, config.minFreeMiB, clock);
  return {
    accept, clock, report,
    sources: sourcesFrom(config.sources, ({ token }) => (token === null ? null : readSecretText(token))),
    identify,
    refuse: (head, fault, detail) => acknowledgementAtOnce(identify(head), 'AR', [finding(fault, '', ...(detail === undefined ? [] : [detail]))], { bytes: head, trace: ids(), receivedAt: clock() }) ?? new Uint8Array(0),
    admission: new Admission({ inFlight, waitMs, bytes: memoryMiB * 1_048_576 }),
    rates: new Rates(new Map(config.sources.flatMap(({ id, rate = null }) => (rate === null ? [] : [[id, rate] as const]))), limited),
    paceMs: waitMs,
    closed: (): FaultCode | null => (low() ? 'intake.disk-low' : null),
  };
}
