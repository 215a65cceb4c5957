import type { OpenIdSettings } from '../../config/model.ts';
import type { Given } from './sessions.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Whether the provider authenticated at a level that was asked: `acr_values` is a wish only, its answer may be any (OpenID Connect Core 1.0 §3.1.2.1). */
export function levelFits(acrValues: string | null, { acr }: Claims): boolean {
  return acrValues === null || (typeof acr === 'string' && acrValues.split(/\s+/).includes(acr));
}

/** Every text at a claim's path: an exact name first (some are URLs), else `.` goes into objects, and into each item of a list. */
function valuesAt(claims: unknown, path: string): string[] {
  if (Array.isArray(claims)) return claims.flatMap((one) => valuesAt(one, path));
  if (path === '') return typeof claims === 'string' || typeof claims === 'number' || typeof claims === 'boolean' ? [String(claims)] : [];
  if (typeof claims !== 'object' || claims === null) return [];
  if (Object.hasOwn(claims, path)) return valuesAt((claims as Claims)[path], '');
  const dot = path.indexOf('.');
  const name = dot === -1 ? path : path.slice(0, dot);
  return dot !== -1 && Object.hasOwn(claims, name) ? valuesAt((claims as Claims)[name], path.slice(dot + 1)) : [];
}

/** Who a person is here, by the first rule that fits their claims; null when none does. An organisation that a rule wants from a claim must be there: its absence must not open every organisation. */
export function givenBy(claims: Claims, { accountClaim, roles }: Pick<OpenIdSettings, 'accountClaim' | 'roles'>): Given | null {
  const [account] = valuesAt(claims, accountClaim);
  if (account === undefined) return null;
  for (const { claim, value, role, organisation, organisationClaim, sources, destinations } of roles) {
    if (!valuesAt(claims, claim).includes(value)) continue;
    const [claimed] = organisationClaim === null ? [] : valuesAt(claims, organisationClaim);
    if (organisationClaim !== null && claimed === undefined) continue;
    // As for an account of ours (`scopeFits`): one that gives scopes could give itself the rest.
    if (role === 'administrator' && (organisation !== null || organisationClaim !== null || sources.length > 0 || destinations.length > 0)) continue;
    return { account: `openid:${account.slice(0, 200)}`, role, organisation: claimed ?? organisation, sources, destinations };
  }
  return null;
}
