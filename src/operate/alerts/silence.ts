import { quartersOfDay, type Quarter } from './local-quarter.ts';
import type { Traffic } from './traffic.ts';

/** Past weeks needed before silence is judged by what was learnt. */
export const weeksNeeded = 4;
/** Looked this far ahead of the last message; a source quieter than that cannot be judged. */
const horizon = 9 * quartersOfDay;
/** Chance alone would be silent for so long once in e⁸ ≈ 3 000 gaps. */
const enough = 8;
/** Shorter waits than two hours are chance, not a timetable. */
const timetableFrom = 8;

interface Samples {
  /** By past day, quarters waited until something came; absent while nothing has. */
  readonly waits: Map<number, number>;
  count: number;
}

/** Of the past weeks, one in four may have had a breakdown of its own. */
const allowance = (count: number): number => Math.floor(count / 4);
const heardEnough = ({ waits, count }: Samples): boolean => [...waits.keys()].filter((rank) => rank < count).length >= count - allowance(count);

/** The waits were long and nearly the same each week (a nightly batch, the first result of the morning): one more half hour at least is given. */
function byTimetable({ waits, count }: Samples): number | null {
  const sorted = [...waits.entries()].filter(([rank]) => rank < count).map(([, wait]) => wait).sort((a, b) => a - b);
  const [shortest = 0] = sorted, longest = sorted.at(-1) ?? 0, median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const spread = longest - shortest;
  if (median < timetableFrom || spread > median / 4) return null;
  return longest + Math.max(2, Math.ceil(spread / 2));
}

/**
 * The quarter hour by whose end a message should have come, none having come after `from`; null when the past weeks do not
 * tell. Two ways, whichever is sooner: in the same hours of the past weeks something came, and chance does not explain that
 * much quiet; or the waits follow a timetable.
 */
export function expectedBy(traffic: Traffic, from: Quarter): Quarter | null {
  const samples: Samples = { waits: new Map(), count: 0 };
  let evidence = 0;
  let timetable: number | null | undefined;
  let days: number[] = [];
  let day = NaN;
  for (let quarter = from + 1; quarter <= from + horizon; quarter++) {
    const today = Math.floor(quarter / quartersOfDay);
    if (today !== day) {
      day = today;
      days = traffic.like(day);
      if (days.length < weeksNeeded) return null;
      samples.count = samples.count === 0 ? days.length : Math.min(samples.count, days.length);
    }
    evidence += hear(traffic, samples, days, quarter, quarter - from);
    if (timetable === undefined && heardEnough(samples)) timetable = byTimetable(samples);
    if (timetable !== undefined && timetable !== null && quarter - from >= timetable) return quarter;
    if (evidence >= enough && heardEnough(samples)) return quarter;
  }
  return null;
}

/** Notes in which past weeks something came in this quarter. @returns how surprising it would be that nothing does, in nats */
function hear(traffic: Traffic, { waits, count }: Samples, days: readonly number[], quarter: Quarter, wait: number): number {
  let busy = 0;
  let messages = 0;
  for (let rank = 0; rank < count; rank++) {
    const came = traffic.at((days[rank] ?? 0) * quartersOfDay + (quarter % quartersOfDay));
    if (came === 0) continue;
    busy += 1;
    messages += came;
    if (!waits.has(rank)) waits.set(rank, wait);
  }
  // Messages come in bursts: counted as single events they would prove too much, so the quarters with traffic bound them.
  return busy === 0 ? 0 : Math.min(messages / count, -Math.log(1 - (busy + 0.5) / (count + 1)));
}
