import { readFileSync } from 'node:fs';
import type { ConsoleGateway } from './gateway.ts';

const haematology = readFileSync(new URL('../../fixtures/hl7v2/oru-r01/haematology/in.hl7', import.meta.url), 'utf8');
/** The haematology fixture under another MSH-10. */
export const result = (controlId: string): string => haematology.replace('|HEM0001|', `|${controlId}|`);
/** The same person, born another day than was told before: its deliveries wait for somebody (invariant 9). */
export const doubtful = (controlId: string): string => result(controlId).replace('|19790328|', '|19810817|');

interface Row { readonly trace: string; readonly type: string; readonly deliveries: readonly { readonly id: number; readonly destination: string; readonly state: string }[] }
export interface Filled {
  /** A message with a delivery made, that delivery, and a replay plan of it. */
  readonly trace: string; readonly delivery: number; readonly replay: number;
  /** One more good message. */
  another(): Uint8Array;
}

const waitMs = 20_000, everyMs = 100;
/** Asks until it is so; says what was seen last when it never was. */
export async function until<T>(look: () => Promise<T>, good: (seen: T) => boolean, what: string): Promise<T> {
  let seen = await look();
  for (const end = Date.now() + waitMs; !good(seen) && Date.now() < end; seen = await look()) await new Promise((wake) => { setTimeout(wake, everyMs); });
  if (!good(seen)) throw new Error(`${what}: never so; last ${JSON.stringify(seen).slice(0, 500)}`);
  return seen;
}

/** Sends a message and finds it again, as an operator would. @returns its trace */
export async function sent(gateway: ConsoleGateway, text: string | Uint8Array, controlId: string): Promise<string> {
  await gateway.send(Buffer.from(text));
  const { messages } = await until(() => gateway.ask<{ messages: Row[] }>(gateway.people.operator, 'POST', '/api/messages/search', { kind: 'control', value: controlId }), (page) => page.messages.length > 0, `message ${controlId}`);
  return messages[0]?.trace ?? '';
}

export interface Told {
  readonly message: { readonly disposition: string }; readonly corrects: string | null; readonly correctedBy: readonly string[];
  readonly deliveries: readonly { readonly id: number; readonly destination: string; readonly state: string; readonly may: readonly string[] }[];
  readonly timeline: readonly { readonly kind: string; readonly by: string | null; readonly why: string | null; readonly delivery: number | null }[];
  readonly looked: readonly { readonly by: string; readonly why: string }[]; readonly documents: readonly { readonly name: string; readonly size: number }[];
}
/** What the journal says of a message. */
export const story = (gateway: ConsoleGateway, trace: string): Promise<Told> => gateway.ask<Told>(gateway.people.operator, 'GET', `/api/messages/${trace}`);

/** What every page has something of: a message with a delivery made, one held, a replay plan. */
export async function fill(gateway: ConsoleGateway): Promise<Filled> {
  const { operator } = gateway.people;
  const messages = (state: string): Promise<{ messages: Row[] }> => gateway.ask(operator, 'GET', `/api/messages?state=${state}`);
  const code = await gateway.send(Buffer.from(result('CONSOLE1')));
  if (code !== 'AA') throw new Error(`the first message was answered ${code}`);
  const made = await until(() => messages('delivered'), (page) => page.messages.length > 0, 'a delivery made');
  await gateway.send(Buffer.from(doubtful('CONSOLE2')));
  await until(() => messages('held'), (page) => page.messages.length > 0, 'a delivery held');
  const [message] = made.messages;
  const delivery = message?.deliveries.find(({ state }) => state === 'delivered');
  if (message === undefined || delivery === undefined) throw new Error('no delivery');
  const { plan } = await gateway.ask<{ plan: { id: number } }>(operator, 'POST', '/api/replays', { selection: { deliveries: [delivery.id] }, reason: 'essai de la console', cap: 10, perMinute: 60 });
  let count = 2;
  return { trace: message.trace, delivery: delivery.id, replay: plan.id, another: () => Buffer.from(result(`CONSOLE${String(++count)}`)) };
}
