import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { Count, Cursor, Id, nullable, Time, Why } from './words.ts';

const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const Orderly = { additionalProperties: false } as const;

export const IncidentKind = Type.Union([
  Type.Literal('silence'), Type.Literal('backlog'), Type.Literal('breaker'), Type.Literal('certificate'), Type.Literal('conservation'), Type.Literal('disk'), Type.Literal('check'),
]);
export type IncidentKind = Static<typeof IncidentKind>;

/** What an incident is about; `gateway` has the name `gateway`. */
export const IncidentObject = Type.Object({
  kind: Type.Union([Type.Literal('source'), Type.Literal('destination'), Type.Literal('listener'), Type.Literal('gateway')]),
  name: Type.String(),
}, Orderly);
export type IncidentObject = Static<typeof IncidentObject>;

export const Severity = Type.Union([Type.Literal('information'), Type.Literal('warning'), Type.Literal('critical')]);

/** What was said of an incident on a channel. `suppressed`: a maintenance window kept it quiet; `failed`: given up after many tries. */
export const Notice = Type.Object({
  what: Type.Union([Type.Literal('opened'), Type.Literal('worsened'), Type.Literal('closed')]),
  channel: Type.String(),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('sent'), Type.Literal('suppressed'), Type.Literal('failed')]),
  at: Time,
}, Orderly);

export const Incident = Type.Object({
  id: Uuid,
  kind: IncidentKind,
  object: IncidentObject,
  severity: Severity,
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  openedAt: Time,
  /** Last time its condition was seen. */
  seenAt: Time,
  closedAt: nullable(Time),
  /** One line, in the reader's language. */
  title: Type.String(),
  /** What is seen now, or was seen last. */
  text: Type.String(),
  /** What to do. */
  advice: Type.String(),
  /** Once closed: how long it lasted and the worst that was seen. */
  summary: nullable(Type.String()),
  acknowledged: nullable(Type.Object({ by: Type.String(), at: Time, note: Type.String() }, Orderly)),
  /** A maintenance window covers it now. */
  inMaintenance: Type.Boolean(),
  notices: Type.Array(Notice),
}, Orderly);
export type Incident = Static<typeof Incident>;

export const IncidentsQuery = Type.Object({
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])),
  kind: Type.Optional(IncidentKind),
  /** Name of a source, destination or listener. */
  object: Type.Optional(Id),
  /** `next` of the page before. */
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}, Orderly);
export type IncidentsQuery = Static<typeof IncidentsQuery>;
/** Newest first. */
export const IncidentsAnswer = Type.Object({ incidents: Type.Array(Incident), next: nullable(Type.String()) }, Orderly);
export type IncidentsAnswer = Static<typeof IncidentsAnswer>;

export const IncidentParams = Type.Object({ id: Uuid }, Orderly);
export const AcknowledgeBody = Type.Object({ note: Type.String({ minLength: 3, maxLength: 1000 }) }, Orderly);
export type AcknowledgeBody = Static<typeof AcknowledgeBody>;

/** While it lasts, incidents are recorded and nobody is told. Empty lists: every kind, every object. */
export const MaintenanceWindow = Type.Object({
  id: Uuid,
  from: Time,
  until: Time,
  kinds: Type.Array(IncidentKind),
  objects: Type.Array(IncidentObject),
  reason: Type.String(),
  by: Type.String(),
  state: Type.Union([Type.Literal('planned'), Type.Literal('running'), Type.Literal('over')]),
}, Orderly);
export type MaintenanceWindow = Static<typeof MaintenanceWindow>;
export const MaintenanceWindowsAnswer = Type.Object({ windows: Type.Array(MaintenanceWindow) }, Orderly);
export const MaintenanceWindowBody = Type.Object({
  from: Time,
  until: Time,
  kinds: Type.Array(IncidentKind, { maxItems: 20 }),
  objects: Type.Array(IncidentObject, { maxItems: 200 }),
  reason: Why,
}, Orderly);
export type MaintenanceWindowBody = Static<typeof MaintenanceWindowBody>;
export const MaintenanceWindowParams = Type.Object({ id: Uuid }, Orderly);

export const ProfileParams = Type.Object({ name: Id }, Orderly);
/** The traffic of a source over the week, learnt by quarter hour in its own time zone. */
export const SourceProfile = Type.Object({
  source: Type.String(),
  timeZone: Type.String(),
  /** First quarter hour with traffic; null before any. */
  learntSince: nullable(Time),
  /** Whole weeks looked at (8 at most), and how many are needed before silence is judged. */
  weeks: Type.Integer(),
  weeksNeeded: Type.Integer(),
  /** How silence is judged: by the profile, by a fixed delay (setting), not at all (setting), or not yet (history too short). */
  judgedBy: Type.Union([Type.Literal('profile'), Type.Literal('delay'), Type.Literal('nothing'), Type.Literal('learning')]),
  /** Mean messages per quarter hour, Monday 00:00 first: 7 × 96. Public holidays are learnt as Sundays. */
  usual: Type.Array(Type.Number(), { minItems: 672, maxItems: 672 }),
  /** Today from 00:00, quarter hour by quarter hour, the present one included. */
  today: Type.Array(Count, { maxItems: 100 }),
  /** Today is a French public holiday: judged as a Sunday. */
  holiday: Type.Boolean(),
  lastAt: nullable(Time),
  /** When a message should have come at the latest, if none does; null when that cannot be said. */
  expectedBy: nullable(Time),
  quiet: Type.Boolean(),
}, Orderly);
export type SourceProfile = Static<typeof SourceProfile>;

export const incidentList = route({
  method: 'GET', path: '/api/incidents', role: 'viewer', scope: 'rows', query: IncidentsQuery, answer: IncidentsAnswer,
  summary: { fr: 'Les incidents, les plus récents d’abord.', en: 'The incidents, newest first.' },
});
export const incidentAcknowledge = route({
  method: 'POST', path: '/api/incidents/:id/acknowledge', role: 'operator', scope: 'rows', audit: 'incident-acknowledge', params: IncidentParams, body: AcknowledgeBody, answer: Incident,
  summary: { fr: 'Prendre un incident en charge, avec une note.', en: 'Take an incident in charge, with a note.' },
});
export const maintenanceList = route({
  method: 'GET', path: '/api/maintenance-windows', role: 'viewer', scope: 'rows', answer: MaintenanceWindowsAnswer,
  summary: { fr: 'Les fenêtres de maintenance : les incidents y sont enregistrés sans être notifiés.', en: 'The maintenance windows: incidents are recorded and nobody is told.' },
});
export const maintenanceAdd = route({
  method: 'POST', path: '/api/maintenance-windows', role: 'operator', scope: 'rows', audit: 'maintenance-add', body: MaintenanceWindowBody, answer: MaintenanceWindow,
  summary: { fr: 'Annoncer une maintenance.', en: 'Announce a maintenance.' },
});
export const maintenanceRemove = route({
  method: 'DELETE', path: '/api/maintenance-windows/:id', role: 'operator', scope: 'rows', audit: 'maintenance-remove', params: MaintenanceWindowParams, answer: 'nothing',
  summary: { fr: 'Retirer une fenêtre de maintenance, ou y mettre fin.', en: 'Remove a maintenance window, or end it.' },
});
export const sourceProfile = route({
  method: 'GET', path: '/api/sources/:name/profile', role: 'viewer', scope: { source: 'name' }, params: ProfileParams, answer: SourceProfile,
  summary: { fr: 'Le trafic habituel d’une source, appris par quart d’heure.', en: 'The usual traffic of a source, learnt by quarter hour.' },
});
