import type { Change } from './course.ts';
import { keyOf, worse, type Condition, type Incident } from './incident.ts';
import { covers, type Maintenance } from './maintenance.ts';
import { announced, ended, noticeKey, revived, type Notice } from './notice.ts';

export interface LedgerState { /** Open, and over with notices still to be sent. */ readonly incidents: readonly Incident[]; /** Of open incidents, and those still to be sent of others. */ readonly notices: readonly Notice[]; readonly windows: readonly Maintenance[] }

/** The open incidents and what is to be said of them. In memory, so that a disk that refuses does not silence the alert about it. */
export class Ledger {
  readonly #open = new Map<string, Incident>();
  /** Over, with something still to be sent of them. */
  readonly #over = new Map<string, Incident>();
  readonly #notices = new Map<string, Notice>();
  readonly #channels: readonly string[];
  readonly #ids: () => string;
  #windows: readonly Maintenance[];
  #changed = { incidents: new Map<string, Incident>(), notices: new Map<string, Notice>() };

  constructor(state: LedgerState, channels: readonly string[], ids: () => string) {
    for (const one of state.incidents) if (one.closedAt === null) this.#open.set(keyOf(one), one); else this.#over.set(one.id, one);
    for (const one of state.notices) this.#notices.set(noticeKey(one), one);
    this.#windows = state.windows;
    this.#channels = channels;
    this.#ids = ids;
  }

  get open(): ReadonlyMap<string, Incident> { return this.#open; }
  find(id: string): Incident | null { return [...this.#open.values()].find((one) => one.id === id) ?? this.#over.get(id) ?? null; }
  get notices(): readonly Notice[] { return [...this.#notices.values()]; }
  get windows(): readonly Maintenance[] { return this.#windows; }
  set windows(windows: readonly Maintenance[]) { this.#windows = windows; }
  inMaintenance(incident: Condition, now: number): boolean { return this.#windows.some((one) => covers(one, incident, now)); }

  /** @returns the incidents opened and closed */
  apply(changes: readonly Change[], now: number): Incident[] {
    const told: Incident[] = [];
    for (const change of changes) {
      switch (change.to) {
        case 'open': told.push(this.#begin(change.condition, change.at, now)); break;
        case 'see': this.#see(change.incident, change.condition, change.worsened, now); break;
        case 'close': told.push(this.#end(change.incident, change.at, now)); break;
      }
    }
    this.#revive(now);
    return told;
  }

  #begin(condition: Condition, at: number, now: number): Incident {
    const incident: Incident = { ...condition, id: this.#ids(), openedAt: at, seenAt: now, closedAt: null, worst: condition.facts, acknowledged: null };
    this.put(incident);
    this.#say(announced(incident, 'opened', this.#channels, this.inMaintenance(incident, now), now));
    return incident;
  }

  #see(incident: Incident, { facts, measure, severity }: Condition, worsened: boolean, now: number): void {
    const higher = worse(severity, incident.severity) ? severity : incident.severity;
    const seen: Incident = { ...incident, facts, severity: higher, seenAt: now, ...(measure > incident.measure ? { measure, worst: facts } : {}) };
    this.put(seen);
    if (worsened) this.#say(announced(seen, 'worsened', this.#channels, this.inMaintenance(seen, now), now));
  }

  #end(incident: Incident, at: number, now: number): Incident {
    const over: Incident = { ...incident, closedAt: at };
    const said = this.notices.filter((one) => one.incident === incident.id);
    this.#open.delete(keyOf(incident));
    this.#changed.incidents.set(over.id, over);
    for (const one of said) if (one.state !== 'waiting') this.#notices.delete(noticeKey(one));
    const last = ended(over, said, now);
    if (last.length > 0) this.#over.set(over.id, over);
    this.#say(last);
    return over;
  }

  #revive(now: number): void {
    for (const incident of this.#open.values()) {
      if (!this.inMaintenance(incident, now)) this.#say(revived(this.notices.filter((one) => one.incident === incident.id), now));
    }
  }

  #say(notices: readonly Notice[]): void { for (const one of notices) this.noted(one); }

  /** A notice as it now is. */
  noted(notice: Notice): void {
    const key = noticeKey(notice);
    this.#changed.notices.set(key, notice);
    const { incident: id } = notice;
    if (!this.#over.has(id) || notice.state === 'waiting') { this.#notices.set(key, notice); return; }
    this.#notices.delete(key);
    if (!this.notices.some(({ incident }) => incident === id)) this.#over.delete(id);
  }

  put(incident: Incident): void {
    this.#open.set(keyOf(incident), incident);
    this.#changed.incidents.set(incident.id, incident);
  }

  /** What the disk has not got yet; `saved` once it has. */
  get unsaved(): { readonly incidents: readonly Incident[]; readonly notices: readonly Notice[] } {
    return { incidents: [...this.#changed.incidents.values()], notices: [...this.#changed.notices.values()] };
  }
  saved(): void { this.#changed = { incidents: new Map(), notices: new Map() }; }
}
