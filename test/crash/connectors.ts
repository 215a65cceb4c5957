import { connectors as own } from '../../connectors/index.ts';
import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { dmpDouble } from './dmp-double.ts';

/** The product's connectors, and the double of the one that does not exist yet. */
export const connectors: Readonly<Record<string, ConnectorDefinition<unknown>>> = { ...own, dmp: dmpDouble };
