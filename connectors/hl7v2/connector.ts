import type { Connector } from '../../src/deliver/connector.ts';
import type { Hl7v2Config } from './config.ts';
import { Hl7v2Exchange } from './exchange.ts';

export const open = (config: Hl7v2Config): Connector => new Hl7v2Exchange(config);
