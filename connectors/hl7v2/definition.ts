import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { hl7v2Config, type Hl7v2Config } from './config.ts';
import { prepareHl7v2 } from './envelope.ts';

/** HL7 v2 over MLLP or MLLPS: business acknowledgements back to their senders, and original messages to systems fed with them. */
export const hl7v2: ConnectorDefinition<Hl7v2Config> = {
  name: 'hl7v2',
  config: hl7v2Config,
  capabilities: { lookup: false, resolve: false },
  prepare: (work, config) => prepareHl7v2(work, config),
  transport: () => import('./connector.ts'),
};
