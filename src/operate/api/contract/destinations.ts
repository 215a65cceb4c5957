import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';
import { DestinationNow } from './now.ts';
import { Reasoned } from './story.ts';
import { Cause, Count, Id, Time } from './words.ts';

/** A certificate the gateway shows. `daysLeft` is negative once it ended. */
export const CertificateSeen = Type.Object({ where: Type.String(), notAfter: Time, daysLeft: Type.Integer() }, { additionalProperties: false });
export type CertificateSeen = Static<typeof CertificateSeen>;

export const DestinationRow = Type.Object({ ...DestinationNow.properties, production: Type.Boolean(), enabled: Type.Boolean(), certificates: Type.Array(CertificateSeen) }, { additionalProperties: false });
export type DestinationRow = Static<typeof DestinationRow>;
export const DestinationPage = Type.Object({ destinations: Type.Array(DestinationRow) }, { additionalProperties: false });
export type DestinationPage = Static<typeof DestinationPage>;

/** GET /api/destinations/:name. `causes`: why what does not leave does not, most frequent first; none for an account that sees some sources only. */
export const DestinationStory = Type.Object({
  destination: DestinationRow,
  switches: Type.Array(Type.Object({ paused: Type.Boolean(), by: Type.String(), why: Type.String(), at: Time }, { additionalProperties: false })),
  causes: Type.Array(Type.Object({ state: Type.String(), cause: Cause, count: Count, oldestAt: Time }, { additionalProperties: false })),
  /** Rules of the configuration that choose it. */
  rules: Type.Array(Type.String()),
  settings: Type.Object({ concurrency: Count, attemptMs: Count, deadlineDays: Count, breakerFailures: Count, breakerProbeMs: Count }, { additionalProperties: false }),
}, { additionalProperties: false });
export type DestinationStory = Static<typeof DestinationStory>;

export const DestinationParams = Type.Object({ name: Id }, { additionalProperties: false });
const params = DestinationParams;
export const destinationList = route({
  method: 'GET', path: '/api/destinations', role: 'viewer', scope: 'rows', answer: DestinationPage,
  summary: { fr: 'Les destinations et leur santé.', en: 'The destinations and their health.' },
});
export const destinationShow = route({
  method: 'GET', path: '/api/destinations/:name', role: 'viewer', scope: { destination: 'name' }, params, answer: DestinationStory,
  summary: { fr: 'Une destination : ce qui n’y part pas et pourquoi.', en: 'A destination: what does not leave for it and why.' },
});
export const destinationPause = route({
  method: 'POST', path: '/api/destinations/:name/pause', role: 'operator', scope: { destination: 'name' }, audit: 'pause', params, body: Reasoned, answer: DestinationStory,
  summary: { fr: 'Suspend une destination : plus rien n’y part, rien n’est perdu.', en: 'Pauses a destination: nothing leaves for it, nothing is lost.' },
});
export const destinationResume = route({
  method: 'POST', path: '/api/destinations/:name/resume', role: 'operator', scope: { destination: 'name' }, audit: 'resume', params, body: Reasoned, answer: DestinationStory,
  summary: { fr: 'Reprend une destination : ce qui attendait part, dans l’ordre.', en: 'Resumes a destination: what waited leaves, in order.' },
});
