import type { Language } from '../../domain/finding.ts';
import { incidentAcknowledge, incidentList, maintenanceAdd, maintenanceList, maintenanceRemove, sourceProfile, type Incident as Shown, type MaintenanceWindow } from '../api/contract/incidents.ts';
import { ApiFault } from '../api/fault.ts';
import { rulesDestination } from '../api/guard.ts';
import { holds, serve, type Scope, type Served } from '../api/served.ts';
import type { Alerts } from './alerts.ts';
import type { Incident, Subject } from './incident.ts';
import { stateOf, type Maintenance } from './maintenance.ts';
import { tell } from './words.ts';

export interface AlertRoutePorts {
  readonly alerts: Alerts;
  readonly clock: () => number;
  readonly ids: () => string;
  /** The time zone that times in texts are told in. */
  readonly timeZone: string;
  /** Of a source's profile. */
  readonly zoneOf: (source: string) => string;
}

/** What is of the gateway as a whole is for accounts that see all of it. */
function sees({ sources, destinations }: Scope, { kind, name }: Subject): boolean {
  switch (kind) {
    case 'source': return holds(sources, name);
    case 'destination': return holds(destinations, name);
    default: return sources === null && destinations === null;
  }
}
/** A window on everything concerns everybody. */
const seesWindow = (scope: Scope, { subjects }: Pick<Maintenance, 'subjects'>): boolean => subjects.length === 0 || subjects.some((one) => sees(scope, one));
/** Only who sees all a window silences may set or end it. */
const rulesWindow = (scope: Scope, { subjects }: Pick<Maintenance, 'subjects'>): boolean => (subjects.length === 0 ? scope.sources === null && scope.destinations === null : subjects.every((one) => sees(scope, one)));

/** @throws ApiFault `api.whole-destination` */
const ruled = (scope: Scope, subjects: readonly Subject[]): void => { if (subjects.some(({ kind }) => kind === 'destination')) rulesDestination(scope); };

/** What is told of a source or destination as a whole is of what others send or get too. */
const seesWhole = ({ sources, destinations }: Scope, { kind }: Subject): boolean => (kind === 'source' ? destinations === null : kind !== 'destination' || sources === null);

const windowShown = ({ subjects, ...window }: Maintenance, now: number): MaintenanceWindow => ({ ...window, kinds: [...window.kinds], objects: [...subjects], state: stateOf(window, now) });

const cursorOf = ({ openedAt, id }: Incident): string => Buffer.from(`${openedAt} ${id}`).toString('base64url');
function afterCursor(cursor: string): { openedAt: number; id: string } {
  const [openedAt = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (!/^\d{1,15}$/.test(openedAt) || id.length !== 36) throw new ApiFault('api.invalid', ['cursor', 'base64url'], { place: 'cursor' });
  return { openedAt: Number(openedAt), id };
}

const defaultLimit = 50;
/** Incidents looked at for one page: those outside the scope are passed over. */
const mostLooked = 2000;

/** The routes of incidents, maintenance windows and learnt profiles. */
export function alertRoutes({ alerts, clock, ids, timeZone, zoneOf }: AlertRoutePorts): readonly Served[] {
  const shown = (incident: Incident, language: Language, scope: Scope): Shown => {
    const { id, kind, subject, severity, openedAt, seenAt, closedAt, acknowledged } = incident;
    return {
      id, kind, object: subject, severity, openedAt, seenAt, closedAt, acknowledged, state: closedAt === null ? 'open' : 'closed', ...tell(incident, { language, timeZone }, seesWhole(scope, subject)),
      inMaintenance: closedAt === null && alerts.inMaintenance(incident),
      notices: alerts.notices(id).map(({ what, channel, state, at }) => ({ what, channel, state, at })),
    };
  };
  return [
    serve(incidentList, ({ query: { state, kind, object, cursor, limit = defaultLimit }, caller, language }) => {
      const filter = { ...(state === undefined ? {} : { state }), ...(kind === undefined ? {} : { kind }), ...(object === undefined ? {} : { object }), ...(cursor === undefined ? {} : { before: afterCursor(cursor) }) };
      const looked = alerts.incidents(filter, mostLooked);
      const seen = looked.filter(({ subject }) => sees(caller.scope, subject));
      const page = seen.slice(0, limit);
      const last = seen.length > limit ? page.at(-1) : looked.length === mostLooked ? looked.at(-1) : undefined;
      return { incidents: page.map((one) => shown(one, language, caller.scope)), next: last === undefined ? null : cursorOf(last) };
    }),
    serve(incidentAcknowledge, ({ params: { id }, body: { note }, caller, language, ...asked }) => {
      const found = alerts.incident(id);
      if (found === null || !sees(caller.scope, found.subject)) throw new ApiFault('api.not-found');
      ruled(caller.scope, [found.subject]);
      asked.concerns({ objects: { kind: found.kind, [found.subject.kind]: found.subject.name } });
      return shown(alerts.acknowledge(id, caller.account, note) ?? found, language, caller.scope);
    }),
    serve(maintenanceList, ({ caller }) => ({ windows: alerts.windows().filter((one) => seesWindow(caller.scope, one)).map((one) => windowShown(one, clock())) })),
    serve(maintenanceAdd, ({ body: { from, until, kinds, objects, reason }, caller, ...asked }) => {
      if (until <= from || until <= clock()) throw new ApiFault('api.invalid', ['/until', 'from < until'], { place: '/until' });
      const window: Maintenance = { id: ids(), from, until, kinds, subjects: objects, reason, by: caller.account };
      if (!rulesWindow(caller.scope, window)) throw new ApiFault('api.not-found');
      ruled(caller.scope, window.subjects);
      asked.concerns({ objects: { window: window.id } });
      alerts.addWindow(window);
      return windowShown(window, clock());
    }),
    serve(maintenanceRemove, ({ params: { id }, caller }) => {
      const found = alerts.windows().find((one) => one.id === id);
      if (found === undefined || !rulesWindow(caller.scope, found)) throw new ApiFault('api.not-found');
      ruled(caller.scope, found.subjects);
      if (!alerts.endWindow(id)) throw new ApiFault('api.not-found');
      return undefined;
    }),
    serve(sourceProfile, ({ params: { name }, caller: { scope } }) => {
      // The traffic of a source is of all its messages, wherever they go.
      if (scope.destinations !== null) throw new ApiFault('api.not-found');
      const profile = alerts.profile(name);
      if (profile === null) throw new ApiFault('api.not-found');
      return { ...profile, usual: [...profile.usual], today: [...profile.today], timeZone: zoneOf(name) };
    }),
  ];
}
