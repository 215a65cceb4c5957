import type { ConnectorDefinition } from '../src/deliver/connector.ts';
import { dmp } from './dmp/connector.ts';
import { hl7v2 } from './hl7v2/connector.ts';
import { mssante } from './mssante/connector.ts';
import { regional } from './regional/connector.ts';

/** Every connector of this version, by system, explicitly. A system that is not here keeps its deliveries held. */
export const connectors: Readonly<Record<string, ConnectorDefinition<unknown>>> = {
  dmp,
  hl7v2,
  mssante,
  regional,
};
