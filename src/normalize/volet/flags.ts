import { finding, type Finding } from '../../domain/finding.ts';
import { asFlags, flagName, type FlagName } from './flag-names.ts';
import type { Observation } from './observations.ts';
import type { Flags } from './order.ts';
import type { Profile } from './version.ts';

/** Where the value of a flag stands, and what is wrong with it. */
interface Read { readonly value: boolean | null; readonly findings: readonly Finding[] }

/** OBX-5.3: `expandedYes-NoIndicator` since 2.1, HL70136 in 2.0, nothing before. */
const yesNoSystems = ['expandedYes-NoIndicator', 'HL70136', 'HL70532'];

/** OBX-11 of results that are wrong or were never had (table 0085): followed, an order nobody gave would be carried out. */
const withdrawn = ['W', 'X'];

function readFlag({ segment }: Observation, name: FlagName, { coded }: Profile): Read {
  const field = segment.field(5);
  const code = field.text.trim();
  const others = new Set(field.repetitions.map(one => one.text(1).trim()));
  if (others.size > 1) return { value: null, findings: [finding('volet.flag-contradictory', field.place, name)] };
  if (code === '') return { value: null, findings: [finding('volet.flag-missing', field.place, name)] };
  if (code !== 'Y' && code !== 'N') return { value: null, findings: [finding('volet.table-value', field.place, field.place, 'Y, N')] };
  const status = segment.text(11).trim();
  if (withdrawn.includes(status)) return { value: null, findings: [finding('volet.flag-withdrawn', `${segment.place}-11`, name, status)] };
  const findings: Finding[] = [];
  if (status !== 'F') findings.push(finding('volet.flag-status', `${segment.place}-11`, name));
  if (coded && segment.text(3, 3).trim() !== 'MetaDMPMSS') findings.push(finding('volet.flag-coding', `${segment.place}-3`, `${segment.place}-3-3`));
  if (coded && !yesNoSystems.includes(segment.text(5, 3).trim())) findings.push(finding('volet.flag-coding', field.place, `${field.place}-3`));
  return { value: code === 'Y', findings };
}

/**
 * The MetaDMPMSS flags of a message. A missing flag is never taken for N, nor one of two opposite values chosen: what the
 * version requires must be there once and clearly (DMP EX_2.1-1050: stop rather than default to visible).
 */
export function readFlags(found: readonly Observation[], profile: Profile): { flags: Flags; findings: readonly Finding[] } {
  const values = new Map<FlagName, boolean>();
  const told = new Set<FlagName>();
  const contradicted = new Set<FlagName>();
  const findings: Finding[] = [];
  for (const observation of found) {
    const name = flagName(observation.code);
    if (observation.role !== 'flag' || name === null) continue;
    const { value, findings: own } = readFlag(observation, name, profile);
    const before = values.get(name);
    findings.push(...own);
    if (value !== null && before !== undefined) {
      findings.push(finding(before === value ? 'volet.flag-repeated' : 'volet.flag-contradictory', `${observation.segment.place}-5`, name));
      if (before !== value) contradicted.add(name);
    }
    if (value !== null) values.set(name, value);
    told.add(name);
  }
  for (const name of contradicted) values.delete(name);
  for (const name of profile.required) if (!told.has(name)) findings.push(finding('volet.flag-missing', 'OBX', name));
  // The LPS volet brings a received mail to its reader: its other flags order nothing.
  if (profile.volet === 'lps') for (const name of ['DESTDMP', 'DESTMSSANTEPS', 'DESTMSSANTEPAT', 'ACK_RECEPTION'] as const) values.delete(name);
  return { flags: asFlags(values), findings };
}
