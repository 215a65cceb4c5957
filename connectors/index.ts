import type { ConnectorDefinition } from '../src/deliver/connector.ts';
import { dmp } from './dmp/definition.ts';
import { hl7v2 } from './hl7v2/definition.ts';
import { mssante } from './mssante/definition.ts';
import { regional } from './regional/definition.ts';

/** Every connector of this version, by system, explicitly. A system that is not here keeps its deliveries held. */
export const connectors: Readonly<Record<string, ConnectorDefinition<unknown>>> = {
  dmp,
  hl7v2,
  mssante,
  regional,
};
