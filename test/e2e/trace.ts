/** What a system call trace shows of one acknowledgement. */
export interface AckInTrace {
  /** MSA-2. */
  readonly id: string;
  /** A sync of the journal's log ended since the acknowledgement before. */
  readonly synced: boolean;
  /** Something written to the journal's log was not synced when the acknowledgement left. */
  readonly unsynced: boolean;
}

/**
 * Reads `strace -f -yy` output in the order of the calls: the journal's write-ahead log is written, synced, and then the
 * acknowledgement goes out on a socket. A call that another thread interrupts is on two lines, and ends on the second.
 */
export function acksInTrace(trace: string): AckInTrace[] {
  const acks: AckInTrace[] = [];
  const syncing = new Set<string>();
  let [synced, unsynced] = [false, false];
  for (const line of trace.split('\n')) {
    const pid = /^\d+/.exec(line)?.[0] ?? '';
    const resumed = /<\.\.\. (?:fsync|fdatasync) resumed>.*= (-?\d+)/.exec(line);
    const sync = /\b(?:fsync|fdatasync)\(\d+<[^>]*journal\.sqlite-wal>/.test(line);
    if (sync && line.includes('<unfinished')) syncing.add(pid);
    else if (sync ? line.trimEnd().endsWith("= 0") : resumed !== null && syncing.delete(pid) && resumed[1] === '0') { synced = true; unsynced = false; }
    if (/\bp?write(?:64|v)?\(\d+<[^>]*journal\.sqlite-wal>/.test(line)) unsynced = true;
    const id = /\b(?:write|writev|sendto|sendmsg)\(\d+<TCP.*MSA\|[AC]A\|([^"|\\]+)/.exec(line)?.[1];
    if (id !== undefined) { acks.push({ id, synced, unsynced }); synced = false; }
  }
  return acks;
}
