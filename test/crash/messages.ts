import { readFileSync } from 'node:fs';
import { labResult, matricule } from '../bench/message.ts';

export type Kind = 'structured' | 'enhanced' | 'document';
/** One message of the load: `id` is its MSH-10 and, in the region's store, what tells it from the others. */
export interface Message { readonly id: string; readonly kind: Kind; readonly patient: string; readonly text: string }

const cda = readFileSync(new URL('../../fixtures/cda/cr-bio/n1-jumeau/in.xml', import.meta.url), 'utf8');
const volet = readFileSync(new URL('../../fixtures/hl7v2/volet/oru-initial/readable.hl7', import.meta.url), 'utf8').trimEnd().split('\n');

/** IPP of a rank, as labResult writes it. */
export const patientOf = (rank: number): string => `P${String(rank).padStart(7, '0')}`;
export const run = 'C';
/** Root of the uniqueIds of the load's documents; their last arc is the message's number. */
const documentRoot = '1.2.250.1.999.1.1.77';

/** The message a stored resource came from, by the accession number or the document's uniqueId in its text. */
export function idIn(text: string): string | undefined {
  const accession = new RegExp(`"(${run}\\d{9})"`).exec(text)?.[1];
  if (accession !== undefined) return accession;
  const document = new RegExp(`urn:oid:${documentRoot.replaceAll('.', '\\.')}\\.(\\d+)"`).exec(text)?.[1];
  return document === undefined ? undefined : idOf(Number(document));
}
export const idOf = (n: number): string => `${run}${String(n).padStart(9, '0')}`;

/** The same person as labResult's patient of this rank, as the volet and its CDA tell it: to the DMP, or by mail to a doctor and the patient. */
function documentMessage(n: number, rank: number, by: 'dmp' | 'mail'): string {
  const [ins, ipp] = [matricule(rank), patientOf(rank)];
  const document = cda
    .replaceAll('1.2.250.1.999.1.1.7.26.2', `${documentRoot}.${n}`).replaceAll('1.2.250.1.999.1.1.7.26', `1.2.250.1.999.1.1.78.${n}`)
    .replaceAll('279035121518989', ins).replace('root="1.2.250.1.999.1.1.8.1" extension="4100027"', `root="1.2.250.1.999.140" extension="${ipp}"`)
    .replace('<family qualifier="BR">MARTIN</family>', `<family qualifier="BR">ESSAI${rank}</family>`).replace('Dominique Marie-Louise', 'NATHALIE MARIE').replaceAll('>Dominique<', '>NATHALIE<')
    .replace('>LEFEBVRE<', '>DURAND<');
  const base64 = Buffer.from(document).toString('base64');
  return `${volet
    .filter((line) => by === 'mail' || (!line.includes('|RCT^') && !line.includes('REPLY^')))
    .map((line) => line
      .replace('|VOL0001|', `|${idOf(n)}|`).replace('SIL-QV|LABO-QUATRE-VENTS', 'SGL-BENCH|LBM BENCH')
      .replace(/279035121518989/g, ins).replace('4100027^^^CH-SAINT-AUBIN&1.2.250.1.999.1.1.8.1&ISO^PI', `${ipp}^^^LBM BENCH&1.2.250.1.999.140&ISO^PI`)
      .replace('MARTIN^DOMINIQUE^DOMINIQUE MARIE-LOUISE', `ESSAI${rank}^NATHALIE^NATHALIE MARIE`).replace('LEFEBVRE^DOMINIQUE', 'DURAND^NATHALIE')
      .replace(by === 'mail' ? /(DESTDMP\^[^|]*\|\|)Y/ : /(DESTMSSANTE(?:PS|PAT)\^[^|]*\|\|)Y/, '$1N').replace(/\{\{base64 [^}]*\}\}/, base64))
    .join('\r')}\r`;
}

/** MSH-15 and MSH-16: commit acknowledgement at once, application acknowledgement later. */
function enhanced(text: string): string {
  const end = text.indexOf('\r');
  const msh = text.slice(0, end).split('|');
  msh[14] = 'AL';
  msh[15] = 'AL';
  return msh.join('|') + text.slice(end);
}

export function messageOf(n: number, rank: number, kind: Kind): Message {
  const about = { id: idOf(n), kind, patient: patientOf(rank) };
  if (kind === 'document') return { ...about, text: documentMessage(n, rank, 'dmp') };
  const text = labResult(n, rank, run);
  return { ...about, text: kind === 'enhanced' ? enhanced(text) : text };
}

/** A document for a doctor's mailbox and the patient's. */
export const mailMessageOf = (n: number, rank: number): string => documentMessage(n, rank, 'mail');
