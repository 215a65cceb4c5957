import { mssanteConfig, type MssanteConfig } from '../../connectors/mssante/config.ts';
import { open } from '../../connectors/mssante/connector.ts';
import { mssante } from '../../connectors/mssante/definition.ts';
import type { Connector, Sending } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { createPlanner } from '../../src/planner.ts';
import { settings as normalizing } from '../normalize/fixture.ts';

/** What one message asks to send by mail, nothing being known before it. */
export interface Planned { readonly recipient: string; readonly sending: Sending }

/** The mails of a message as the gateway plans and freezes them. */
export function mailsOf(bytes: Uint8Array, trace: string, config: MssanteConfig): Planned[] {
  const destination = { id: 'mssante', system: 'mssante', production: false, enabled: true, connected: true, deadlineDays: 1 } as const;
  const planner = createPlanner({ destinations: [destination], rules: [] }, { profiles: [], check: null }, new Map([['mssante', { definition: mssante, config }]]), 'test');
  const { plan } = planner.plan({ bytes, trace, source: { ...normalizing.source, unknownConsent: 'follow' }, receivedAt: normalizing.receivedAt }, () => ({ upTo: 0, known: [] }));
  return plan.deliveries.filter(({ system, state }) => system === 'mssante' && state === 'planned').map(({ recipient, action, content, gate, envelope: frozen }, at) => {
    const envelope = frozen ?? mssante.prepare({ trace, destination: 'mssante', action, content, gate, bundle: null, documents: new Map() }, config, null).envelope;
    const body = (step: number): Promise<Uint8Array> => Promise.resolve(Buffer.concat((envelope.steps[step]?.body ?? []).map((part) => (part instanceof Uint8Array ? part : plan.documents.get(part.document) ?? Buffer.alloc(0)))));
    return { recipient: recipient ?? '', sending: { key: `${trace}/${at + 1}`, attempt: 1, possibleDuplicate: false, envelope, body } };
  });
}

export const configOf = (port: number, tls: Record<string, unknown>): MssanteConfig =>
  mssanteConfig({ host: '127.0.0.1', port, tls, from: { name: 'Laboratoire de démonstration', address: 'resultats@labo-b.mssante.test' }, nil: 'NIL-TEST-1' }, 'mssante');

/** Opens the connector for one test. */
export const connectorOf = (config: MssanteConfig): Connector => open(config, { clock: () => Date.UTC(2026, 10, 20), ids: () => '', destination: 'mssante' });
export const sendAll = async (connector: Connector, mails: readonly Planned[]): Promise<Receipt['kind'][]> => {
  const kinds: Receipt['kind'][] = [];
  for (const { sending } of mails) kinds.push((await connector.send(sending, AbortSignal.timeout(20_000))).kind);
  return kinds;
};
