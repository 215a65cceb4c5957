import { finding, type Finding } from '../domain/finding.ts';
import { isValidated, statusAgainstVali, type PatientIdentity } from '../domain/identity.ts';
import type { CdaHeader, PersonName } from '../formats/cda/header.ts';
import { authorityOf } from '../formats/hl7v2/authority.ts';
import type { Hl7Message, Repetition, Segment } from '../formats/hl7v2/model.ts';
import { partialDate } from './datatypes/partial-date.ts';
import { settleClaims, type Claim } from './identifier-claims.ts';

/** `identity` is null when the message has no patient at all. */
export interface IdentityReading { readonly identity: PatientIdentity | null; readonly findings: readonly Finding[] }

/** Table 0445 as PAM France gives it (FR Core fr-core-cs-v2-0445). */
const statusCodes = new Set(['VIDE', 'PROV', 'VALI', 'DOUB', 'DESA', 'DPOT', 'DOUA', 'COLP', 'COLV', 'FILI', 'CACH', 'ANOM', 'IDVER', 'RECD', 'IDRA', 'USUR', 'HOMD', 'HOMA', 'INVA', 'FICT', 'DOUT']);

const sexes: Readonly<Record<string, PatientIdentity['sex']>> = { M: 'male', F: 'female', O: 'other', A: 'other', U: 'unknown', N: 'unknown', UN: 'other' };

function claimOf(repetition: Repetition, today: string): Claim {
  const end = repetition.text(8).slice(0, 8);
  return {
    type: repetition.text(5).trim(), value: repetition.text(1).trim(), authority: authorityOf((c, s) => repetition.text(c, s), 4),
    place: repetition.place, ended: end !== '' && today !== '' && end < today,
  };
}

const isNull = (text: string) => text === '""';
const valued = (text: string | undefined) => text === undefined || text === '' || isNull(text) ? null : text;

function statusesOf(pid: Segment): { statuses: string[]; findings: Finding[] } {
  const given = pid.field(32).repetitions.filter(r => r.text(1) !== '' && !isNull(r.text(1)));
  const findings = given.filter(r => !statusCodes.has(r.text(1))).map(r => finding('identity.status-unknown', r.place));
  const statuses = given.map(r => r.text(1));
  const against = statusAgainstVali(statuses);
  if (statuses.includes('VALI') && against !== undefined) findings.push(finding('identity.status-contradiction', `${pid.place}-32`, against));
  return { statuses, findings };
}

/** The patient of a message as PID says it. Reads PID alone: MRG names the identity that disappears, not this one. */
export function patientIdentity(message: Hl7Message): IdentityReading {
  const pids = message.all('PID'), pid = pids[0];
  if (!pid) return { identity: null, findings: [] };
  const today = message.first('MSH').text(7).slice(0, 8);
  const claims = pid.field(3).repetitions.filter(r => r.text(1).trim() !== '' && !isNull(r.text(1))).map(r => claimOf(r, today));
  const settled = settleClaims(claims), { statuses, findings: statusFindings } = statusesOf(pid);
  const findings = [...settled.findings, ...statusFindings];
  if (claims.length === 0) findings.push(finding('identity.no-identifier', `${pid.place}-3`));
  if (pids[1]) findings.push(finding('identity.several-patients', pids[1].place));
  if (statuses.includes('VALI') && !settled.ins) findings.push(finding('identity.vali-without-ins', `${pid.place}-32`));
  const born = pid.text(7), birthDate = partialDate(born);
  if (born !== '' && !isNull(born) && birthDate === '') findings.push(finding('identity.birth-date', `${pid.place}-7`));
  const names = pid.field(5).repetitions;
  const birth = names.find(n => n.text(7) === 'L') ?? names.find(n => n.text(7) === '' && !n.isEmpty);
  return {
    identity: {
      ins: settled.ins, identifiers: settled.identifiers, statuses,
      qualified: settled.ins !== null && isValidated(statuses),
      birthDate: birthDate === '' ? null : birthDate, sex: sexes[pid.text(8)] ?? null,
      birthFamily: valued(birth?.text(1)), birthGiven: valued(birth?.text(2)),
    },
    findings,
  };
}

/** The part of a name with the qualifier wanted, else one without qualifier. */
const namePart = (parts: PersonName['family'], qualifier: string) =>
  (parts.find(part => part.qualifier === qualifier) ?? parts.find(part => part.qualifier === ''))?.text ?? null;

/** The patient of a CDA, from recordTarget/patientRole. A CDA carries no identity status, so it is never qualified by itself. */
export function patientIdentityOfCda(header: CdaHeader): IdentityReading {
  const base = 'ClinicalDocument/recordTarget/patientRole';
  const claims = header.patient.ids.flatMap((id, i): Claim[] => id.root === '' || id.extension === '' ? [] : [
    { type: '', value: id.extension, authority: id.root, place: `${base}/id[${i + 1}]`, ended: false },
  ]);
  const { ins, identifiers, findings } = settleClaims(claims);
  const { name, birthTime, gender } = header.patient, birthDate = partialDate(birthTime.raw);
  return {
    identity: {
      ins, identifiers, statuses: [], qualified: false, birthDate: birthDate === '' ? null : birthDate, sex: sexes[gender.code] ?? null,
      birthFamily: namePart(name.family, 'BR'), birthGiven: namePart(name.given, 'BR'),
    },
    findings: birthTime.raw !== '' && birthDate === '' ? [...findings, finding('identity.birth-date', `${base}/patient/birthTime`)] : findings,
  };
}
