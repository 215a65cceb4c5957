import type { TSchema } from '@sinclair/typebox';
import { contract } from '../api/contract/all.ts';
import type { RouteShape } from '../api/contract/route.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const scopeOf = ({ scope }: RouteShape): string => (scope === undefined ? '' : scope === 'rows' ? 'rows' : 'source' in scope ? `source :${scope.source}` : `destination :${scope.destination}`);
const fields = (schema: TSchema | undefined): string => Object.keys((schema as { properties?: object } | undefined)?.properties ?? {}).map((name) => `\`${name}\``).join(', ');

function given({ query, body }: RouteShape): string {
  const parts = [query === undefined ? '' : `? ${fields(query)}`, body === undefined ? '' : body === 'bytes' ? 'body: bytes' : `body: ${fields(body)}`];
  return parts.filter((one) => one.trim() !== '' && one !== '? ').join('; ');
}
function answered({ answer }: RouteShape): string {
  if (answer === 'nothing') return '204';
  if (answer === 'redirect') return '302';
  return 'events' in answer ? 'text/event-stream' : fields(answer);
}

/** docs/api.md: the routes of the operators' API. Generated: the contract is the source. */
export function apiPage(): string {
  const rows = contract.map((one) => `| \`${one.method} ${one.path}\` | ${one.role} | ${scopeOf(one)} | ${cell(one.summary.fr)}<br>*${cell(one.summary.en)}* | ${given(one)} | ${answered(one)} | ${one.audit ?? ''} |`);
  return `# API

Généré depuis \`src/operate/api/contract/\` par \`npm run docs\` — generated, do not edit. Un point d’entrée dont le rôle est \`api\` la sert ; \`GET /api/openapi.json\` la
décrit en entier (OpenAPI 3.1) — served by a listener with the role \`api\`, described in full by \`GET /api/openapi.json\`.

- Rôles — roles: viewer < operator < administrator ; *vendor* à part : ses routes et sa session — its routes and its session only. Un administrateur n’a pas de périmètre — an administrator has no scope.
- Périmètre — scope: ce qui est hors du périmètre d’un compte n’existe pas pour lui (404) — what is out of an account’s scope does not exist for it (404).
- POST, PUT, PATCH, DELETE : en-tête \`x-csrf-token\` (de \`GET /api/session\`) — header \`x-csrf-token\` (from \`GET /api/session\`).
- Une page qui interroge d’elle-même envoie \`x-passive: 1\` : cela ne prolonge pas la session — a page that asks by itself sends \`x-passive: 1\`: that does not prolong the session.
- Refus — refusals: \`application/problem+json\` (RFC 9457), français ou anglais selon Accept-Language — French or English by Accept-Language; \`code\`: [faults.md](faults.md).
- Audit : le nom de l’acte ; sa ligne est écrite avant que la réponse parte — the act’s name; its row is written before the answer leaves. Tout refus d’accès est écrit aussi — every refused access is written too.

| route | rôle — role | périmètre — scope | quoi — what | demande — asked | réponse — answer | audit |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
