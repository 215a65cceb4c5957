import { connectors as own } from '../../connectors/index.ts';
import type { ConnectorDefinition } from '../../src/deliver/connector.ts';
import { dmpDouble } from './dmp-double.ts';

/** The product's connectors; the DMP's is a double that only `lookup` keeps free of duplicates, unless the test is about the true one. */
export const connectors: Readonly<Record<string, ConnectorDefinition<unknown>>> = { ...own, ...(process.env.CRASH_DMP === 'true' ? {} : { dmp: dmpDouble }) };
