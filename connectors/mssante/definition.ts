import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { mssanteConfig, type MssanteConfig } from './config.ts';
import { prepareMail } from './envelope.ts';

/** MSSanté: results and letters by secure mail, one mail per recipient, through one operator (README.md). */
export const mssante: ConnectorDefinition<MssanteConfig> = {
  name: 'mssante',
  config: mssanteConfig,
  capabilities: { lookup: false, resolve: 'missing' },
  prepare: (work, config, answers) => prepareMail(work, config, answers),
  transport: () => import('./connector.ts'),
};
