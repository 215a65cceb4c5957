import { insOids, isInsOid } from '../../domain/identity.ts';
import { finding, type Finding } from '../../domain/finding.ts';
import type { CdaHeader, InstanceId } from '../cda/header.ts';
import { cx, part, personNameField } from './hl7-texts.ts';

const place = '/ClinicalDocument/recordTarget/patientRole/id';
/** The old INS-C must not be sent (dmp.md §1.5). */
const insC = '1.2.250.1.213.1.4.2';
const priority: readonly string[] = [insOids.nir, insOids.nia, insOids.nirTest, insOids.nirDemo];

export interface PatientMetadata { readonly patientId: string; readonly sourcePatientId: string; readonly sourcePatientInfo: readonly string[]; readonly findings: readonly Finding[] }

/** PID-5, PID-7 and PID-8: birth name (L) when there is one, birth date as digits, sex. */
function info({ name, birthTime, gender }: CdaHeader['patient']): string[] {
  const birth = name.family.some(({ qualifier }) => qualifier.split(' ').includes('BR'));
  const values = name.family.length === 0 ? [] : [birth ? personNameField(part(name.family, 'BR'), part(name.given, 'BR', ''), 'L') : personNameField(part(name.family, 'CL', 'SP', ''), part(name.given, 'CL', ''), 'D')];
  const birthDate = birthTime.iso.slice(0, 10).replaceAll('-', '');
  if (birthDate !== '') values.push(`PID-7|${birthDate}`);
  if (gender.code !== '') values.push(`PID-8|${gender.code === 'M' || gender.code === 'F' ? gender.code : 'U'}`);
  return values;
}

/** patientId is the INS or nothing; sourcePatientId the establishment's own number, else the INS. */
export function patientMetadata({ patient }: CdaHeader): PatientMetadata {
  const usable = patient.ids.filter(({ root, extension }) => root !== '' && extension !== '' && root !== insC);
  const ins = usable.filter(({ root }) => isInsOid(root)).sort((a, b) => priority.indexOf(a.root) - priority.indexOf(b.root));
  const local = usable.find(({ root }) => !isInsOid(root));
  const [first] = ins;
  const findings: Finding[] = [];
  if (first === undefined) findings.push(finding('document.metadata-missing', place, 'patientId', place));
  if (new Set(ins.map(({ extension }) => extension)).size > 1) findings.push(finding('document.several-ins', place, place));
  const source: readonly [InstanceId, string] | null = local !== undefined ? [local, 'PI'] : first !== undefined ? [first, 'NH'] : null;
  return { patientId: first === undefined ? '' : cx(first, 'NH'), sourcePatientId: source === null ? '' : cx(...source), sourcePatientInfo: info(patient), findings };
}
