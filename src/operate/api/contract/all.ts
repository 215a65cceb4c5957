import * as accounts from './accounts.ts';
import * as audit from './audit.ts';
import * as description from './description.ts';
import * as destinations from './destinations.ts';
import * as held from './held.ts';
import * as incidents from './incidents.ts';
import * as messages from './messages.ts';
import * as now from './now.ts';
import * as replays from './replays.ts';
import type { RouteShape } from './route.ts';
import * as searches from './searches.ts';
import * as session from './session.ts';
import * as sessions from './sessions.ts';
import * as sources from './sources.ts';
import * as story from './story.ts';
import * as vendor from './vendor.ts';

const isRoute = (value: unknown): value is RouteShape => typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'answer' in value;

/** Every route of the contract: what the documentation is made of. A test holds it and what a gateway serves to the same set. */
export const contract: readonly RouteShape[] = [description, session, sessions, accounts, audit, vendor, now, messages, story, held, replays, destinations, sources, searches, incidents].flatMap((area) => Object.values(area).filter((one) => isRoute(one)));
