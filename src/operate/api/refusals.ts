import type { Audit, AuditEntry } from '../audit/audit.ts';

const windowMs = 60_000;
const mostStrangers = 200;
/** Who is written for nobody signed in (contract/audit.ts). */
const nobody = '-';
interface Seen { until: number; more: number; readonly entry: AuditEntry }

/**
 * Requests that were refused, in the audit log. The same refusal again within a minute (a page that polls after its session
 * ended, a scanner) is counted and told in one row when the minute is over: a peer must not fill the disk by being refused.
 */
export class Refusals {
  readonly #audit: Audit;
  readonly #clock: () => number;
  /** By what is the same: of people signed in, who are few; and of strangers, of whom there may be any number. */
  readonly #accounts = new Map<string, Seen>();
  readonly #strangers = new Map<string, Seen>();
  readonly #timer: NodeJS.Timeout;

  constructor(audit: Audit, clock: () => number) {
    this.#audit = audit; this.#clock = clock;
    this.#timer = setInterval(() => { this.#sweep(this.#clock()); }, windowMs / 4);
    this.#timer.unref();
  }

  write(entry: AuditEntry): void {
    const now = this.#clock();
    const all = entry.who === nobody ? this.#strangers : this.#accounts;
    // Strangers beyond what is kept apart are counted together.
    const own = [entry.who, entry.address, entry.act, entry.fault, entry.objects.route ?? '', entry.fault === 'api.login-failed' ? entry.objects.account : ''].join('|');
    const key = entry.who !== nobody || all.has(own) || all.size < mostStrangers ? own : `others|${entry.fault ?? ''}`;
    const seen = all.get(key);
    if (seen !== undefined && now < seen.until) { seen.more++; return; }
    if (seen !== undefined) this.#tell(seen);
    all.set(key, { until: now + windowMs, more: 0, entry });
    this.#audit.write(entry);
  }

  #tell({ more, entry }: Seen): void { if (more > 0) this.#audit.write({ ...entry, objects: { ...entry.objects, times: String(more) } }); }

  #sweep(now: number): void {
    for (const all of [this.#strangers, this.#accounts]) for (const [key, seen] of all) {
      if (now < seen.until) continue;
      all.delete(key);
      // A log that cannot be written now says so at the next act; the count is lost with the disk.
      try { this.#tell(seen); } catch { /* as above */ }
    }
  }

  /** Tells what is still counted. */
  close(): void { clearInterval(this.#timer); this.#sweep(Number.POSITIVE_INFINITY); }
}
