import type { Connector, ConnectorPorts } from '../../src/deliver/connector.ts';
import type { MssanteConfig } from './config.ts';
import { MssanteExchange } from './exchange.ts';
import { Recipients } from './recipients/recipients.ts';

export const open = (config: MssanteConfig, { clock, alarm }: ConnectorPorts): Connector =>
  new MssanteExchange(config, clock, new Recipients(config.recipients, alarm ?? (() => undefined)));
