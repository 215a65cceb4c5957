/** Free space at a moment, MiB. */
export interface DiskSample { readonly at: number; readonly free: number }

const hour = 3_600_000;
/** Less history than this says nothing of a slope. */
const shortest = 6 * hour;
/** A day and a night of activity weigh the same. */
export const looksBack = 7 * 24 * hour;

/**
 * Days until only `reserve` MiB are left, by the median of the slopes between samples (Theil and Sen): a clean-up or a large
 * copy once does not bend it. Null when space does not shrink, or too little is known. Samples are in time order, hourly.
 */
export function daysLeft(samples: readonly DiskSample[], reserve: number, now: number): number | null {
  const recent = samples.filter(({ at }) => at > now - looksBack && at <= now);
  const first = recent[0], last = recent.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < shortest) return null;
  const slopes: number[] = [];
  recent.forEach((late, i) => { for (const early of recent.slice(0, i)) if (late.at > early.at) slopes.push((late.free - early.free) / (late.at - early.at)); });
  slopes.sort((a, b) => a - b);
  const slope = slopes[Math.floor(slopes.length / 2)] ?? 0;
  if (slope >= 0) return null;
  return Math.max(0, (last.free - reserve) / -slope / (24 * hour));
}
