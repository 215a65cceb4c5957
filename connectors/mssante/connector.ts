import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { mssanteConfig, type MssanteConfig } from './config.ts';
import { prepareMail } from './envelope.ts';
import { MssanteExchange } from './exchange.ts';
import { Recipients } from './recipients/recipients.ts';

/** MSSanté: results and letters by secure mail, one mail per recipient, through one operator (README.md). */
export const mssante: ConnectorDefinition<MssanteConfig> = {
  name: 'mssante',
  config: mssanteConfig,
  capabilities: { lookup: false, resolve: 'missing' },
  prepare: (work, config, answers) => prepareMail(work, config, answers),
  open: (config, { clock, alarm }) => new MssanteExchange(config, clock, new Recipients(config.recipients, alarm ?? (() => undefined))),
};
