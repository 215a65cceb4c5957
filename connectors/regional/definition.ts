import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { regionalConfig, type RegionalConfig } from './config.ts';
import { prepare } from './envelope.ts';

/** The regional coordination platforms: FHIR R4 transactions, PDSm documents, NdE events (README.md). */
export const regional: ConnectorDefinition<RegionalConfig> = {
  name: 'regional',
  config: regionalConfig,
  capabilities: { lookup: true, resolve: false },
  prepare: (work, config) => prepare(work, config),
  transport: () => import('./connector.ts'),
};
