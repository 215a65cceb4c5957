import { finding, type Finding } from '../../domain/finding.ts';
import type { CdaHeader } from '../cda/header.ts';
import type { XdsCode } from './document-entry.ts';

/** TRE_A07-StatutVisibiliteDocument, the scheme of the visibility codes (JDV_J08). */
export const visibilityScheme = '1.2.250.1.213.1.1.4.13';
const code = (value: string, display: string): XdsCode => ({ code: value, scheme: visibilityScheme, display });
export const maskedToProfessionals = code('MASQUE_PS', 'Masqué aux professionnels de santé');
export const invisibleToPatient = code('INVISIBLE_PATIENT', 'Non visible par le patient');
export const invisibleToRepresentatives = code('INVISIBLE_REPRESENTANTS_LEGAUX', 'Non visible par les représentants légaux du patient');

/** The flags of the message that become confidentiality codes; null where it does not say, or says two things. */
export interface VisibilityFlags {
  readonly maskedToProfessionals: boolean | null;
  readonly invisibleToPatient: boolean | null;
  readonly invisibleToRepresentatives: boolean | null;
  readonly secretConnection: boolean | null;
}
export interface VisibilityOf {
  /** Whether the patient is under 18; an age that is not known counts as one. */
  readonly minor: boolean;
  /** The DMP's parameter cumul-invisible_patient-masque_ps: both together are allowed. */
  readonly maskedAndInvisible: boolean;
}

const place = 'MetaDMPMSS';

/**
 * Who may see a document in the DMP: the codes beside the document's own confidentiality, and why it must not leave
 * (DMP EX_2.1-1050; CI-SIS Transmission CDA-R2 HL7 v2, MetaDMPMSS). What is not said is never taken for "visible".
 */
export function visibility(flags: VisibilityFlags, { minor, maskedAndInvisible }: VisibilityOf): { codes: XdsCode[]; findings: Finding[] } {
  const secret = flags.secretConnection === true;
  // A minor's secret connection exists so that the legal representatives see nothing of it.
  const hiddenFromRepresentatives = flags.invisibleToRepresentatives === true || (secret && minor);
  const unsaid = [
    ...(flags.maskedToProfessionals === null ? ['MASQUE_PS'] : []), ...(flags.invisibleToPatient === null ? ['INVISIBLE_PATIENT'] : []),
    ...(minor && !hiddenFromRepresentatives && flags.invisibleToRepresentatives === null ? ['INVISIBLE_REP_LEGAUX'] : []),
  ];
  const findings = unsaid.map((name) => finding('document.visibility-missing', place, name));
  if (flags.maskedToProfessionals === true && flags.invisibleToPatient === true && !maskedAndInvisible) findings.push(finding('document.masked-twice', place));
  if (secret && minor && flags.invisibleToRepresentatives !== true) findings.push(finding('document.secret-connection', place));
  if (secret && !minor) findings.push(finding('document.secret-connection-adult', place));
  return {
    codes: [
      ...(flags.maskedToProfessionals === true ? [maskedToProfessionals] : []), ...(flags.invisibleToPatient === true ? [invisibleToPatient] : []),
      ...(hiddenFromRepresentatives ? [invisibleToRepresentatives] : []),
    ],
    findings,
  };
}

/** Digits of a date as far as both have them: a year alone is a year in which the birthday may not have come. */
const adultFrom = (birth: string): string => String(Number(birth.slice(0, 4)) + 18) + birth.slice(4, 8) + '1231'.slice(birth.slice(4, 8).length);

/** Under 18 when the document was made; a birth date that is missing or partial counts for the younger. */
export function isMinor({ patient, effectiveTime }: Pick<CdaHeader, 'patient' | 'effectiveTime'>): boolean {
  const [birth, day] = [patient.birthTime.iso.slice(0, 10).replaceAll('-', ''), effectiveTime.iso.slice(0, 10).replaceAll('-', '')];
  return birth.length < 4 || day.length < 8 || day < adultFrom(birth);
}
