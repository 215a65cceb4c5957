import { Ajv, type ValidateFunction } from 'ajv';
import type { RouteShape } from './contract/route.ts';
import { ApiFault } from './fault.ts';

/** Parameters and query are texts: they are turned into what their schema says. A body is taken as it is. */
const texts = new Ajv({ coerceTypes: 'array', useDefaults: true, allErrors: false, strict: false });
const bodies = new Ajv({ useDefaults: true, allErrors: false, strict: false });

export interface Parts { readonly params: unknown; readonly query: unknown; readonly body: unknown }

function check(validate: ValidateFunction | null, value: unknown, part: 'path' | 'query' | 'body'): unknown {
  if (validate === null || validate(value)) return value;
  const [first] = validate.errors ?? [];
  // The place and the rule; never the value.
  const missing = first?.params as { readonly missingProperty?: string; readonly additionalProperty?: string } | undefined;
  const place = `${part}${first?.instancePath ?? ''}${missing?.missingProperty === undefined ? '' : `/${missing.missingProperty}`}`;
  throw new ApiFault('api.invalid', [place, first?.keyword ?? ''], { place });
}

/** Checks and converts the parts of a request of this route. @throws ApiFault `api.invalid` with the place and the broken rule */
export function partsOf(route: RouteShape): { readonly path: (parts: Parts) => { params: unknown; query: unknown }; readonly body: (value: unknown) => unknown; readonly named: (params: Readonly<Record<string, unknown>>) => Record<string, unknown> } {
  const params = route.params === undefined ? null : texts.compile(route.params);
  const query = route.query === undefined ? null : texts.compile(route.query);
  const body = route.body === undefined || route.body === 'bytes' ? null : bodies.compile(route.body);
  return {
    path: (parts) => ({ params: check(params, parts.params, 'path'), query: check(query, parts.query, 'query') }),
    body: (value) => check(body, value, 'body'),
    // For the audit log, also of what is refused: a path that is none of this route's may hold anything.
    named: (raw) => { const value = { ...raw }; return params?.(value) === true ? value : {}; },
  };
}
