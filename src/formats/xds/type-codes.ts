import { complementaryTypeCodes, loincTypeCodes, notInDmp } from './tables/type-codes.ts';

const cisis: ReadonlySet<string> = new Set([...loincTypeCodes, ...complementaryTypeCodes]);
const outsideDmp: ReadonlySet<string> = new Set(notInDmp);

/** A document type of the CI-SIS (JDV_J07). */
export const isCisisTypeCode = (code: string): boolean => cisis.has(code);

/** A document type the DMP accepts (JDV_J66): the gateway checks it before feeding the DMP (VOLET, OBR-4). */
export const isDmpTypeCode = (code: string): boolean => cisis.has(code) && !outsideDmp.has(code);
