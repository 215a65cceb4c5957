import { isHoliday, weekday } from './calendar.ts';
import { quartersOfDay } from './local-quarter.ts';
import type { Ear } from './quiet.ts';
import { weeksNeeded } from './silence.ts';

/** The traffic of a source over the week, as learnt; see the contract's SourceProfile. */
export interface Profile {
  readonly source: string;
  readonly learntSince: number | null;
  readonly weeks: number;
  readonly weeksNeeded: number;
  readonly judgedBy: 'profile' | 'delay' | 'nothing' | 'learning';
  /** 672 means, Monday 00:00 first. */
  readonly usual: readonly number[];
  readonly today: readonly number[];
  readonly holiday: boolean;
  readonly lastAt: number | null;
  readonly expectedBy: number | null;
  readonly quiet: boolean;
}

export function profileOf(ear: Ear, now: number, quiet: boolean): Profile {
  const { source, traffic, local, quietAfterMs } = ear.of;
  ear.settle();
  const present = local.quarter(now);
  const day = Math.floor(present / quartersOfDay);
  const week = Array.from({ length: 7 }, (_, rank) => traffic.like(nextDay(day, rank)));
  const usual = week.flatMap((days) => Array.from({ length: quartersOfDay }, (_, quarter) => mean(days.map((one) => traffic.at(one * quartersOfDay + quarter)))));
  const weeks = Math.min(...week.map((days) => days.length));
  const judgedBy = quietAfterMs === 0 ? 'nothing' : quietAfterMs !== null ? 'delay' : traffic.like(day).length >= weeksNeeded ? 'profile' : 'learning';
  return {
    source, weeks, weeksNeeded, judgedBy, usual, quiet, holiday: isHoliday(day), lastAt: ear.lastKnownAt, expectedBy: ear.expectedBy(),
    learntSince: traffic.first === null ? null : local.begins(traffic.first),
    today: Array.from({ length: (present % quartersOfDay) + 1 }, (_, quarter) => traffic.at(day * quartersOfDay + quarter)),
  };
}

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length);

/** The next day, today included, that is this day of the week and no public holiday. */
function nextDay(day: number, rank: number): number {
  let next = day + ((rank - weekday(day) + 7) % 7);
  while (isHoliday(next)) next += 7;
  return next;
}
