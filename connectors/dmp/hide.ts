import type { DocumentEntry } from '../../src/formats/xds/document-entry.ts';

/** A matricule INS wherever it stands. */
const matricule = /(?<![0-9.])[12378][0-9]{4}(?:[0-9]{2}|2[ABab])[0-9]{6}(?:[0-9]{2})?(?![0-9.])/g;
const hidden = '***';

/** Values of these entries that are the patient's: numbers, names, birth date. */
function values(entries: readonly Pick<DocumentEntry, 'patientId' | 'sourcePatientId' | 'sourcePatientInfo'>[]): string[] {
  const found = entries.flatMap(({ patientId, sourcePatientId, sourcePatientInfo }) => [
    patientId.split('^')[0] ?? '', sourcePatientId.split('^')[0] ?? '', ...sourcePatientInfo.flatMap((line) => (line.split('|')[1] ?? '').split('^')),
  ]);
  return [...new Set(found.filter((value) => value.length > 2))].sort((a, b) => b.length - a.length);
}

/** Takes a patient's values out of what a partner says: it quotes what it was sent (invariant 10). */
export function hider(entries: readonly Pick<DocumentEntry, 'patientId' | 'sourcePatientId' | 'sourcePatientInfo'>[]): (text: string) => string {
  const known = values(entries);
  return (text) => known.reduce((shown, value) => shown.replaceAll(value, hidden), text).replace(matricule, hidden);
}
