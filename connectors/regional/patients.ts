import type { Patient } from '@medplum/fhirtypes';
import { emitResource, type Emission } from '../../src/emit/resource.ts';
import { placeOf, type Index } from './content.ts';
import { mapReferences } from './references.ts';
import { Keys, patientName, update, type Entry } from './transaction.ts';

/**
 * Conditional update of each patient of an ADT (regional.md R1). After an A40 the retired one points to the surviving one
 * (`link` replaced-by), so both go, the surviving first. References to anything but a patient are left out.
 */
export function patientEntries(index: Index, emission: Emission): Entry[] {
  const keys = new Keys();
  const patients = [...index].flatMap(([fullUrl, resource]) => (resource.resourceType === 'Patient' ? [{ fullUrl, resource }] : []));
  const retired = ({ resource }: { resource: Patient }): number => (resource.link?.some((one) => one.type === 'replaced-by') === true ? 1 : 0);
  return patients.sort((a, b) => retired(a) - retired(b)).map(({ fullUrl, resource }) => {
    const emitted = mapReferences(emitResource(resource, emission), (reference) => (index.get(String(reference.reference))?.resourceType === 'Patient' ? reference : null));
    const keyed = keys.of(emitted, () => patientName(emitted, fullUrl));
    return update(fullUrl, keyed.resource, keyed.token, placeOf(resource));
  });
}
