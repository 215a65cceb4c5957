import type { Flags } from './order.ts';

/** The MetaDMPMSS flags by their names in volet 2.1. */
const names = ['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX', 'CONNEXION_SECRETE', 'MODIF_CONF_CODE', 'DESTDMP', 'DESTMSSANTEPS', 'DESTMSSANTEPAT', 'ACK_RECEPTION', 'ACK_LECTURE_MSS'] as const;
export type FlagName = typeof names[number];

/** Earlier spellings met in volets 1.2 and 2.0, LPS 1.0 and official examples. */
const older: Readonly<Record<string, FlagName>> = {
  INVISIBLE_REPRESENTANTS_LEGAUX: 'INVISIBLE_REP_LEGAUX', INVISIBLE_REPRENSANTS_LEGAUX: 'INVISIBLE_REP_LEGAUX',
  MODIF_CONFIDENTIALITYCODE: 'MODIF_CONF_CODE', ACK_LECTURE: 'ACK_LECTURE_MSS',
};

export const flagNames: ReadonlySet<string> = new Set(names);
const isFlagName = (name: string): name is FlagName => flagNames.has(name);

/** The flag an OBX-3.1 names, stray spaces taken out (`INVISIBLE_ REP_LEGAUX`); null when it names none. */
export function flagName(code: string): FlagName | null {
  const name = code.replace(/\s/gu, '').toUpperCase();
  return isFlagName(name) ? name : older[name] ?? null;
}

/** Values by flag name as the order's Flags. */
export function asFlags(values: ReadonlyMap<FlagName, boolean>): Flags {
  const value = (name: FlagName): boolean | null => values.get(name) ?? null;
  return {
    maskedToProfessionals: value('MASQUE_PS'), invisibleToPatient: value('INVISIBLE_PATIENT'), invisibleToRepresentatives: value('INVISIBLE_REP_LEGAUX'),
    secretConnection: value('CONNEXION_SECRETE'), modifiesConfidentiality: value('MODIF_CONF_CODE'), toDmp: value('DESTDMP'),
    toProfessionals: value('DESTMSSANTEPS'), toPatient: value('DESTMSSANTEPAT'), ackReception: value('ACK_RECEPTION'), ackReading: value('ACK_LECTURE_MSS'),
  };
}
