import { finding, type Finding } from '../domain/finding.ts';
import { isOnesOwn, type PatientIdentity } from '../domain/identity.ts';

/** Precisions differ (a year against a day): what both give must agree. */
const agree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** Letters alone: accents, case, hyphens and spaces are written in many ways. */
const letters = (name: string): string => name.normalize('NFD').replace(/[^A-Za-z]/g, '').toUpperCase();

/** Of given names one may say the first and the other all. */
function differ(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const [x, y] = [letters(a), letters(b)];
  return x !== '' && y !== '' && !agree(x, y);
}

/**
 * Invariant 9 inside one message: is the document's patient the message's patient? Same INS value and OID; every identifier
 * under the same authority agrees; at least one in common,
 * an insured person's number not counted; birth date and sex do not differ. Names that do
 * are told only: they are written in too many ways to decide. Places only, never values.
 */
export function samePerson(message: PatientIdentity, document: PatientIdentity, place: string): Finding[] {
  const found: Finding[] = [];
  const at = (suffix: string) => `${place}/${suffix}`;
  const messageIns = message.ins;
  const documentIns = document.ins;
  const sameIns = messageIns !== null && documentIns !== null && messageIns.matricule === documentIns.matricule && messageIns.oid === documentIns.oid;
  if (messageIns !== null && documentIns !== null && !sameIns) {
    found.push(finding('facts.ins-differs', messageIns.place, messageIns.place, documentIns.place));
  }
  let common = sameIns;
  for (const theirs of document.identifiers) {
    const ours = message.identifiers.filter((one) => isOnesOwn(one) && one.authority !== '' && one.authority === theirs.authority);
    if (ours.some((one) => one.value === theirs.value)) { common = true; continue; }
    const [first] = ours;
    if (first !== undefined) found.push(finding('facts.identifier-differs', first.place, first.place, theirs.place));
  }
  if (!common && found.length === 0) {
    found.push(finding('facts.no-identifier-in-common', 'PID-3', 'PID-3', at('recordTarget/patientRole/id')));
  }
  if (message.birthDate !== null && document.birthDate !== null && !agree(message.birthDate, document.birthDate)) {
    found.push(finding('facts.birth-date-differs', 'PID-7', 'PID-7', at('recordTarget/patientRole/patient/birthTime')));
  }
  const told = (sex: PatientIdentity['sex']) => sex !== null && sex !== 'unknown';
  if (told(message.sex) && told(document.sex) && message.sex !== document.sex) {
    found.push(finding('facts.sex-differs', 'PID-8', 'PID-8', at('recordTarget/patientRole/patient/administrativeGenderCode')));
  }
  if (differ(message.birthFamily, document.birthFamily) || differ(message.birthGiven, document.birthGiven)) {
    found.push(finding('facts.birth-name-differs', 'PID-5', 'PID-5', at('recordTarget/patientRole/patient/name')));
  }
  return found;
}
