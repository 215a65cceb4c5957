import type { Store } from './simulator-store.ts';

export type Json = Record<string, unknown>;

/** What the simulated partner looks at: one request, its parsed body, and what it has already stored. */
export interface Arrived {
  readonly kind: 'transaction' | 'event' | 'search' | 'other';
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly size: number;
  readonly body: Json;
  readonly frCore: '2.0.1' | '2.1.0' | '2.2.0';
  readonly store: Store;
}

/** One broken rule: where in the body, in FHIRPath, and in words without a value. */
export interface Broken { readonly at: string; readonly text: string }

/** A named rule with its source, so that a vendor can read why. */
export interface Rule { readonly name: string; readonly source: string; readonly on: readonly Arrived['kind'][]; check(arrived: Arrived): Broken[] }

export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Json : {});
export const codes = (concept: unknown): string[] => list(object(concept).coding).map((one) => text(one.code));

export interface Placed { readonly at: string; readonly resource: Json; readonly fullUrl: string; readonly request: Json }
export const entries = (arrived: Arrived): Placed[] => list(arrived.body.entry).map((one, i) =>
  ({ at: `Bundle.entry[${String(i)}]`, resource: object(one.resource), fullUrl: text(one.fullUrl), request: object(one.request) }));
export const ofType = (arrived: Arrived, type: string): Placed[] => entries(arrived).filter((one) => one.resource.resourceType === type);

/** Every patient of a request, contained ones included. */
export function patients(arrived: Arrived): { at: string; patient: Json }[] {
  const resources = arrived.kind === 'event' ? [{ at: 'CommunicationRequest', resource: arrived.body }] : entries(arrived).map(({ at, resource }) => ({ at: `${at}.resource`, resource }));
  return resources.flatMap(({ at, resource }) => [
    ...(resource.resourceType === 'Patient' ? [{ at, patient: resource }] : []),
    ...list(resource.contained).flatMap((one, i) => (one.resourceType === 'Patient' ? [{ at: `${at}.contained[${String(i)}]`, patient: one }] : [])),
  ]);
}

/** Every object of a value with its path. */
export function* within(value: unknown, at: string): Generator<{ at: string; object: Json }> {
  if (Array.isArray(value)) { for (const [i, one] of value.entries()) yield* within(one, `${at}[${String(i)}]`); return; }
  if (typeof value !== 'object' || value === null) return;
  yield { at, object: value as Json };
  for (const [key, inner] of Object.entries(value)) yield* within(inner, `${at}.${key}`);
}
