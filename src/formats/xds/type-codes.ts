import { builtInTables, type XdsTables } from './tables.ts';

/** A document type of the CI-SIS (JDV_J07). */
export const isCisisTypeCode = (code: string, tables: XdsTables = builtInTables): boolean => tables.valueSets.typeCode.has(code);

/** A document type the DMP accepts (JDV_J66): the gateway checks it before feeding the DMP (VOLET, OBR-4). */
export const isDmpTypeCode = (code: string, tables: XdsTables = builtInTables): boolean => tables.valueSets.typeCodeDmp.has(code);
