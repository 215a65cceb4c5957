import type { Flags } from '../normalize/volet/order.ts';
import { finding, type Finding } from '../domain/finding.ts';

type Cell = 'Y' | 'N' | '*';
/** masked, invisible to patient, invisible to representatives, secret connection, DMP, mail professionals, mail patient. */
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell];

/**
 * The combinations under which mail may be sent: exhaustive, everything else is an error
 * (CI-SIS Transmission CDA-R2 HL7 v2 2.1, regles-gestion-mssante; inbound.md §2.5).
 */
export const mailMatrix: readonly Row[] = [
  ['N', 'N', 'N', '*', '*', 'Y', 'Y'],
  ['N', 'Y', 'N', '*', '*', 'Y', 'N'],
  ['*', 'N', '*', 'N', 'N', 'N', 'Y'],
];

const columns = (flags: Flags): readonly boolean[] => [
  flags.maskedToProfessionals, flags.invisibleToPatient, flags.invisibleToRepresentatives, flags.secretConnection, flags.toDmp, flags.toProfessionals, flags.toPatient,
].map((flag) => flag === true);

const inMatrix = (flags: Flags): boolean => {
  const told = columns(flags);
  return mailMatrix.some((row) => row.every((cell, i) => cell === '*' || (cell === 'Y') === told[i]));
};

export interface MailDecision { readonly professionals: boolean; readonly patient: boolean; readonly findings: readonly Finding[] }

/**
 * Who gets mail. Applied only when a mail is asked for. Outside the matrix: strict rejects; tolerant sends the safest subset:
 * professionals as asked, the patient only when nothing hides the document from the patient's own space.
 * INVISIBLE_PATIENT never mails the patient, in either mode.
 */
export function mailDecision(flags: Flags, strictness: 'tolerant' | 'strict', place: string): MailDecision {
  const asked = { professionals: flags.toProfessionals === true, patient: flags.toPatient === true };
  if (!asked.professionals && !asked.patient) return { ...asked, findings: [] };
  if (inMatrix(flags)) return { ...asked, findings: [] };
  const matrix = finding('route.mail-matrix', place);
  if (strictness === 'strict') return { professionals: false, patient: false, findings: [{ ...matrix, severity: 'error' }] };
  // A representative reads a minor's mailbox, and a secret connection exists so that the patient's space shows nothing.
  const forbids = flags.invisibleToPatient === true ? 'INVISIBLE_PATIENT'
    : flags.invisibleToRepresentatives === true ? 'INVISIBLE_REP_LEGAUX'
      : flags.secretConnection === true ? 'CONNEXION_SECRETE' : null;
  if (!asked.patient || forbids === null) return { ...asked, findings: [matrix] };
  return { professionals: asked.professionals, patient: false, findings: [matrix, finding('route.patient-mail-dropped', place, forbids)] };
}
