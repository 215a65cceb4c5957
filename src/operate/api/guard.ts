import { timingSafeEqual } from 'node:crypto';
import type { Access, Role, RouteShape } from './contract/route.ts';
import { ApiFault } from './fault.ts';
import { holds, type Caller, type Scope } from './served.ts';

const rank: Readonly<Record<Exclude<Role, 'vendor'>, number>> = { viewer: 1, operator: 2, administrator: 3 };

/** Whether a role opens a route. Vendors have their own routes, which those who help them may use too. */
export function opens(access: Access, role: Role): boolean {
  if (access === 'public' || access === 'session') return true;
  if (access === 'vendor') return role !== 'viewer';
  return role !== 'vendor' && rank[role] >= rank[access];
}

const unsafe: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A browser says where a request comes from; what is no browser says nothing, and brings no cookie of somebody else's. */
export function sameOrigin({ method, origin, site, host }: { readonly method: string; readonly origin: string | undefined; readonly site: string | undefined; readonly host: string | undefined }): boolean {
  if (!unsafe.has(method)) return true;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  try { return new URL(origin).host === host; } catch { return false; }
}

/** In constant time for tokens of the same length. */
export function sameToken(given: string | undefined, wanted: string): boolean {
  const a = Buffer.from(given ?? ''), b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}

export const needsToken = ({ method, role }: RouteShape): boolean => unsafe.has(method) && role !== 'public';

/** An effect on a destination as a whole concerns the results of every source. @throws ApiFault `api.whole-destination` */
export function rulesDestination({ sources }: Scope): void { if (sources !== null) throw new ApiFault('api.whole-destination'); }

/** A source or destination named by the path, out of the caller's scope, does not exist for it. @throws ApiFault `api.not-found`, `api.whole-destination` */
export function withinScope({ method, scope }: RouteShape, params: Readonly<Record<string, unknown>>, caller: Caller): void {
  if (scope === undefined || scope === 'rows') return;
  const [ids, name] = 'source' in scope ? [caller.scope.sources, scope.source] : [caller.scope.destinations, scope.destination];
  const id = params[name];
  if (typeof id !== 'string' || !holds(ids, id)) throw new ApiFault('api.not-found');
  if ('destination' in scope && unsafe.has(method)) rulesDestination(caller.scope);
}
