/** One line of the table; `ratio` is CPU of the work over CPU of `JSON.parse` of the same texts, in the same run. */
export interface ValidationLine {
  readonly line: string;
  readonly ratio: number;
  readonly perSecond: number;
  readonly floorPerSecond: number;
  readonly cpuMs: number;
  readonly rssMb: number;
  /** What the figure must be read with. */
  readonly note?: string;
}

const rounds = 7;

/** Warm-up, then rounds of both in turn; medians of CPU time. */
export function compare(line: string, texts: readonly string[], work: () => void, warmUps = 10): ValidationLine {
  const parse = (): void => {
    for (const text of texts) JSON.parse(text);
  };
  for (let i = 0; i < warmUps; i++) {
    work();
    parse();
  }
  const mine: number[] = [];
  const floor: number[] = [];
  for (let i = 0; i < rounds; i++) {
    floor.push(cpu(parse));
    mine.push(cpu(work));
  }
  const [own, base] = [median(mine), median(floor)];
  return {
    line, ratio: own / base, perSecond: Math.round(texts.length / own * 1e6), floorPerSecond: Math.round(texts.length / base * 1e6),
    cpuMs: own / texts.length / 1000, rssMb: Math.round(process.memoryUsage().rss / 1e6),
  };
}

function cpu(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
