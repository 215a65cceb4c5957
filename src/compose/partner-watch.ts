import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock } from '../domain/clock.ts';
import { endingOf, type DestinationCheck } from '../operate/control/checks.ts';

export interface PartnerWatch {
  /** Asks every partner now. */
  checks(): Promise<readonly DestinationCheck[]>;
  /** What was last found; empty before the first time. */
  latest(): readonly DestinationCheck[];
  stop(): void;
}

const firstMs = 60_000;
const everyMs = 3_600_000;
/** While one fails, all are asked again soon: its end is told when it is over, not an hour later. */
const failingMs = 300_000;

type Alarm = (destination: string, fault: FaultCode, detail: string) => void;

/** What is wrong with a destination, and under which name it is the same matter as the time before. */
function alarms({ destination, ok, text, certificates }: DestinationCheck, now: number): { key: string; fault: FaultCode; detail: string }[] {
  const ends = certificates.flatMap(({ setting, validTo }) => {
    const ending = endingOf(validTo, now);
    const fault: FaultCode = ending === 0 ? 'config.certificate-expired' : 'config.certificate-expires';
    return ending === null ? [] : [{ key: `${destination} ${setting} ${ending}`, fault, detail: `${setting} ${new Date(validTo).toISOString().slice(0, 10)}` }];
  });
  return ok ? ends : [...ends, { key: `${destination} unreachable`, fault: 'deliver.check-failed', detail: text }];
}

/** Asks every partner once an hour, sooner while one fails, and rings once for each thing that became wrong; it rings again when that was right in between. */
export function watchPartners(check: () => Promise<readonly DestinationCheck[]>, alarm: Alarm, clock: Clock, times = { firstMs, everyMs, failingMs }): PartnerWatch {
  let latest: readonly DestinationCheck[] = [];
  let told: ReadonlySet<string> = new Set();
  const checks = async (): Promise<readonly DestinationCheck[]> => {
    latest = await check();
    const wrong = latest.flatMap((one) => alarms(one, clock()).map((found) => ({ ...found, destination: one.destination })));
    for (const { key, destination, fault, detail } of wrong) if (!told.has(key)) alarm(destination, fault, detail);
    told = new Set(wrong.map(({ key }) => key));
    return latest;
  };
  let stopped = false;
  let timer = setTimeout(function again() {
    void checks().finally(() => { if (!stopped) timer = setTimeout(again, latest.some(({ ok }) => !ok) ? times.failingMs : times.everyMs).unref(); });
  }, times.firstMs).unref();
  return { checks, latest: () => latest, stop: () => { stopped = true; clearTimeout(timer); } };
}
