import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { dmpConfig, type DmpConfig } from './config.ts';
import type { DmpAnswers } from './content.ts';
import { prepare } from './envelope.ts';

/** The shared record (DMP) by its XDS.b services: README.md. */
export const dmp: ConnectorDefinition<DmpConfig> = {
  name: 'dmp',
  config: dmpConfig,
  capabilities: { lookup: true, resolve: true },
  prepare: (work, config, answers) => prepare(work, config, answers as unknown as DmpAnswers),
  transport: () => import('./connector.ts'),
};
