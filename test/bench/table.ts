import type { Measured } from './measure.ts';

/** One line of results.json. Times in ms, memory in MiB, disk in KB a message. */
export interface Row {
  readonly line: string; readonly connections: number; readonly ratio: number; readonly perSecond: number; readonly floorPerSecond: number | null;
  readonly p99: number; readonly floorP99: number | null; readonly cpuMs: number; readonly rssMb: number; readonly diskKb: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

const rate = (one: Measured): number => one.delivered / one.elapsed;

export function row(line: string, connections: number, pairs: readonly { floor: Measured; ours: Measured }[]): Row {
  const of = (pick: (pair: { floor: Measured; ours: Measured }) => number): number => median(pairs.map(pick));
  return {
    line, connections, ratio: of(({ floor, ours }) => rate(ours) / rate(floor)), perSecond: of(({ ours }) => rate(ours)), floorPerSecond: of(({ floor }) => rate(floor)),
    p99: of(({ ours }) => ours.p99), floorP99: of(({ floor }) => floor.p99), cpuMs: of(({ ours }) => ours.cpuMs), rssMb: of(({ ours }) => Math.max(...ours.rss, 0)), diskKb: of(({ ours }) => ours.diskKb),
  };
}

export const table = (rows: readonly Row[]): string => rows.map((one) =>
  `${one.line.padEnd(12)} ${String(one.connections).padStart(3)} conn  ratio ${one.ratio.toFixed(2)}  ${one.perSecond.toFixed(0)}/s (floor ${one.floorPerSecond?.toFixed(0) ?? '–'}/s)  `
  + `p99 ${one.p99.toFixed(1)} ms (floor ${one.floorP99?.toFixed(1) ?? '–'})  CPU ${one.cpuMs.toFixed(2)} ms/message  RSS ${one.rssMb.toFixed(0)} MiB  disk ${one.diskKb.toFixed(1)} KB/message`).join('\n');
