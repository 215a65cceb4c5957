import { finding, type Finding } from '../../domain/finding.ts';
import type { Hl7Message } from '../../formats/hl7v2/model.ts';
import { flagName, type FlagName } from './flag-names.ts';

/** What a version of a volet asks for, where versions differ. */
export interface Profile {
  readonly volet: 'cda' | 'lps';
  readonly version: string;
  /** Flags that must be there; the others of the volet may be absent. */
  readonly required: readonly FlagName[];
  /** ORC and OBR are part of an MDM (2.0 and LPS 1.0 had neither: official examples). */
  readonly orderInMdm: boolean;
  /** Coding systems came with 2.0 (OBX-3.3, OBX-5.3); ORC-1 became the action with 2.1, before it `SC` is met. */
  readonly coded: boolean;
  readonly orderControl: boolean;
}

const visibility = ['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX'] as const;
const destinations = ['DESTDMP', 'DESTMSSANTEPS', 'DESTMSSANTEPAT'] as const;
const all: readonly FlagName[] = [...visibility, 'CONNEXION_SECRETE', 'MODIF_CONF_CODE', ...destinations, 'ACK_RECEPTION', 'ACK_LECTURE_MSS'];

const cda21: Profile = { volet: 'cda', version: '2.1', required: all, orderInMdm: true, coded: true, orderControl: true };
const lps11: Profile = { volet: 'lps', version: '1.1', required: [...visibility, 'MODIF_CONF_CODE'], orderInMdm: true, coded: true, orderControl: true };

/** VOLET change log and official examples; the newest of each major version last. */
const profiles: readonly Profile[] = [
  { volet: 'cda', version: '1.2', required: [...visibility, ...destinations], orderInMdm: true, coded: false, orderControl: false },
  { volet: 'cda', version: '2.0', required: all, orderInMdm: false, coded: true, orderControl: false },
  cda21,
  { volet: 'lps', version: '1.0', required: [...visibility, 'MODIF_CONF_CODE'], orderInMdm: false, coded: false, orderControl: false },
  lps11,
];
const latest = (volet: Profile['volet'], major: string): Profile | undefined => profiles.findLast(profile => profile.volet === volet && profile.version.startsWith(`${major}.`));

/** The profile a message follows; `version` is MSH-21 as received. Null: the message is outside the volets. */
export interface Following { readonly profile: Profile; readonly version: string; readonly findings: readonly Finding[] }

/** Flags are orders and prohibitions: what bears them must not pass for a plain result because MSH-21 is empty, misspelt or another's. */
const carriesFlags = (message: Hl7Message): boolean => message.all('OBX').some(segment => flagName(segment.text(3)) !== null);

export function followed(message: Hl7Message): Following | null {
  const field = message.first('MSH').field(21);
  // Spaces around the components are met on the wire, and in the volet's own text (`2.1^ CISIS_CDA_HL7_V2`).
  const named = field.repetitions.find(repetition => repetition.text(2).trim().startsWith('CISIS_CDA_HL7_'));
  if (named === undefined) return carriesFlags(message) ? { profile: cda21, version: '', findings: [finding('volet.profile-missing', 'MSH-21')] } : null;
  const version = named.text(1).trim();
  const volet = named.text(2).trim() === 'CISIS_CDA_HL7_LPS' ? 'lps' : 'cda';
  const exact = profiles.find(profile => profile.volet === volet && profile.version === version);
  if (exact !== undefined) return { profile: exact, version, findings: [] };
  const near = latest(volet, version.split('.')[0] ?? '');
  if (near !== undefined) return { profile: near, version, findings: [finding('volet.version-unknown', named.place, near.version)] };
  return { profile: volet === 'lps' ? lps11 : cda21, version, findings: [finding('volet.version-unsupported', named.place)] };
}
