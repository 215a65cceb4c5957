import type { RouteShape } from './contract/route.ts';
import { Problem } from './contract/problem.ts';

type Json = Readonly<Record<string, unknown>>;
/** TypeBox schemas are JSON Schema 2020-12, which OpenAPI 3.1 takes as it is, once their symbols are gone. */
const plain = (schema: unknown): Json => JSON.parse(JSON.stringify(schema)) as Json;

function parameters(route: RouteShape): Json[] {
  const of = (where: 'path' | 'query', schema: RouteShape['params']): Json[] => Object.entries(schema?.properties ?? {}).map(([name, one]) => ({
    name, in: where, required: where === 'path' || (schema?.required ?? []).includes(name), schema: plain(one),
  }));
  const token = route.method === 'GET' || route.role === 'public' ? [] : [{ name: 'x-csrf-token', in: 'header', required: true, schema: { type: 'string' }, description: 'GET /api/session' }];
  return [...of('path', route.params), ...of('query', route.query), ...token];
}

function answers({ answer }: RouteShape): Json {
  if (answer === 'nothing') return { 204: { description: 'Fait — done' } };
  if (answer === 'redirect') return { 302: { description: 'Ailleurs — elsewhere', headers: { Location: { schema: { type: 'string' } } } } };
  if ('events' in answer) return { 200: { description: 'Évènements — events (data: one JSON each)', content: { 'text/event-stream': { schema: plain(answer.events) } } } };
  return { 200: { description: 'Réponse — answer', content: { 'application/json': { schema: plain(answer) } } } };
}

/** Express writes `:name`, OpenAPI `{name}`. */
export const openApiPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function operation(route: RouteShape): Json {
  const { method, path, role, summary, body, audit, scope } = route;
  const page = route.answer === 'redirect' ? { 'text/html': { schema: { type: 'string' } } } : {};
  const problem = { description: 'Refus — refusal (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } }, ...page } };
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[/:.-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: summary.fr, description: summary.en, tags: [path.split('/')[2] ?? ''],
    'x-role': role, ...(scope === undefined ? {} : { 'x-scope': scope }), ...(audit === undefined ? {} : { 'x-audit': audit }),
    security: role === 'public' ? [] : [{ session: [] }],
    parameters: parameters(route),
    ...(body === undefined ? {} : { requestBody: { required: true, content: body === 'bytes' ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } : { 'application/json': { schema: plain(body) } } } }),
    responses: { ...answers(route), default: problem },
  };
}

/** The API's own description, made of the table that serves it. */
export function openApi(routes: readonly RouteShape[], version: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of routes) (paths[openApiPath(one.path)] ??= {})[one.method.toLowerCase()] = operation(one);
  const { $id: _id, ...problem } = plain(Problem);
  return {
    openapi: '3.1.0',
    info: { title: 'Passerelle', version, description: 'API des opérateurs — operators’ API. Roles: viewer < operator < administrator; vendor apart.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: { schemas: { Problem: problem }, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'passerelle', description: 'POST /api/session. __Host-passerelle off loopback, passerelle-<port> on loopback.' } } },
  };
}
