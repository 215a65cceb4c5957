import type { Identifier, Patient } from '@medplum/fhirtypes';
import type { Merge } from '../../facts/merge.ts';
import { authoritySystem } from '../datatypes/identifier.ts';
import { xpn } from '../datatypes/human-name.ts';
import { put } from '../put.ts';
import { own } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';
import { patientIdentifiers } from './pid-to-identifiers.ts';

/** The system of an authority as facts name it (authorityOf): an OID, a name, or a name and its number. */
function systemOf(authority: string): string | undefined {
  const [name = '', id = ''] = authority.split('&');
  return authoritySystem(name, id, '') || undefined;
}

/**
 * MRG: the identities that disappear, each a Patient of its own that points to the one that remains. Numbers of several
 * authorities are one patient's; two of one authority are two records at whoever received them. A number retired by its own
 * CX-8 is still the one to be found, under the authority that PID-3 gives it (readMerge); one that PID-3 keeps is not retired.
 */
export function mrgToPatients(mrg: Tracked, survivor: string, kept: readonly Identifier[], merges: readonly Merge[], zone: string): Patient[] {
  const records: Identifier[][] = [];
  for (const written of patientIdentifiers(mrg, 1, zone, '')) {
    const [named, another] = merges.filter(({ retired }) => retired.value === written.value);
    // Told by its name, where PID-3 may give its OID.
    const system = named !== undefined && another === undefined && written.system?.startsWith(own) === true ? systemOf(named.retired.authority) : written.system;
    const one = system === undefined ? written : { ...written, system };
    if (kept.some(({ system: theirs, value }) => theirs === one.system && value === one.value)) continue;
    const record = records.find(numbers => numbers.every(({ system }) => system !== one.system));
    if (record === undefined) records.push([one]); else record.push(one);
  }
  const name = mrg.parts(7).flatMap(part => xpn(part, zone) ?? []);
  return records.map((identifier) => {
    const retired: Patient = { resourceType: 'Patient', active: false, link: [{ type: 'replaced-by', other: { reference: survivor } }], identifier };
    put(retired, 'name', name);
    return retired;
  });
}
