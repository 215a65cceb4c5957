import { regional } from '../../connectors/regional/definition.ts';
import type { RegionalSimulator } from '../../connectors/regional/simulator.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { createPlanner, type Planned } from '../../src/planner.ts';
import { region, settings } from './regional.ts';
import { settings as normalizing } from '../normalize/fixture.ts';

/** A message and the trace intake gave it. */
export interface Received { readonly bytes: Uint8Array; readonly trace: string }

/** The plan of a message whose every content goes to one region, nothing being known before it. */
export function planned({ bytes, trace }: Received, baseUrl: string): Planned {
  const rule = { name: 'all', when: {}, to: ['region'] };
  const destination = { id: 'region', system: 'regional', production: false, enabled: true, connected: true, deadlineDays: 1 } as const;
  const planner = createPlanner({ destinations: [destination], rules: [rule] }, { profiles: [], check: null }, new Map([['region', { definition: regional, config: settings(baseUrl) }]]), 'test');
  return planner.plan({ bytes, trace, source: { ...normalizing.source, unknownConsent: 'follow' }, receivedAt: normalizing.receivedAt }, () => ({ upTo: 0, known: [] }));
}

/** Sends what the plan has for the region, once, as the dispatcher would. */
export async function deliver(received: Received, simulator: RegionalSimulator): Promise<Receipt> {
  const { outcome, plan } = planned(received, simulator.url);
  const envelope = plan.deliveries.find((one) => one.destination === 'region' && one.state === 'planned')?.envelope;
  if (envelope === null || envelope === undefined) throw new Error(`nothing leaves: ${outcome.findings.map((one) => one.code).join(' ')}`);
  const connector = region(settings(simulator.url));
  const body = (step: number): Promise<Uint8Array> => Promise.resolve(Buffer.concat((envelope.steps[step]?.body ?? []).map((part) =>
    (part instanceof Uint8Array ? part : Buffer.from(Buffer.from(plan.documents.get(part.document) ?? []).toString('base64'))))));
  try {
    return await connector.send({ key: `${received.trace}/1`, attempt: 1, possibleDuplicate: false, envelope, body }, AbortSignal.timeout(5000));
  } finally { await connector.close(); }
}

/** The message with its CDA changed as text, wherever it is carried in base64. */
export const withCda = (bytes: Uint8Array, change: (cda: string) => string): Buffer =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(/(\^Base64\^)((?:77u\/)?PD94bWwg[A-Za-z0-9+/=]*)/gu, (_, before: string, base64: string) =>
    before + Buffer.from(change(Buffer.from(base64, 'base64').toString('utf8'))).toString('base64')), 'latin1');
