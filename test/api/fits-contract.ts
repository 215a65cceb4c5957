import type { TSchema } from '@sinclair/typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import { contract } from '../../src/operate/api/contract/all.ts';
import { Problem } from '../../src/operate/api/contract/problem.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
const problem = ajv.compile(Problem);
const compiled = new Map<TSchema, ValidateFunction>();
const matcher = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`);

/** Every answer a test sees is what the contract says it is: a refusal is a problem, an answer has its schema's shape. */
export function fitsContract(method: string, path: string, status: number, type: string, body: unknown): void {
  const [bare = ''] = path.split('?');
  if (!bare.startsWith('/api/')) return;
  const failed = (why: unknown): never => { throw new Error(`${method} ${bare} answered ${status} out of its contract: ${JSON.stringify(why)}`); };
  // A browser that is sent somewhere gets a page of a refusal.
  if (status >= 400 && type.startsWith('text/html') && contract.some((one) => one.method === method && one.answer === 'redirect' && matcher(one.path).test(bare))) return;
  if (status >= 400) { if (!type.startsWith('application/problem+json') || !problem(body)) failed(problem.errors ?? type); return; }
  const route = contract.find((one) => one.method === method && matcher(one.path).test(bare));
  if (route === undefined) return;
  const { answer } = route;
  if (answer === 'nothing') { if (status !== 204) failed(status); return; }
  if (answer === 'redirect') { if (status !== 302) failed(status); return; }
  if ('events' in answer) { if (!type.startsWith('text/event-stream')) failed(type); return; }
  const validate = compiled.get(answer) ?? ajv.compile(answer);
  compiled.set(answer, validate);
  if (!validate(body)) failed(validate.errors);
}
