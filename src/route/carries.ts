import type { Carries } from './rules.ts';
import type { RouteInput } from './route.ts';

/** What this message has for a rule to route: read from the Bundle that was made of it, not from its type's name. */
export function content({ reading, normalized }: Pick<RouteInput, 'reading' | 'normalized'>): ReadonlySet<Carries> {
  const types = new Set(normalized.bundle.entry?.map((one) => one.resource?.resourceType));
  const found = new Set<Carries>();
  if (reading.documents.length > 0) found.add('document');
  // A weight or height in an admission is no result: it goes with the patient.
  if (reading.identified.type.startsWith('ADT^')) {
    if (types.has('Patient')) found.add('patient');
    if (types.has('Encounter')) found.add('encounter');
  } else if (types.has('Observation') || types.has('DiagnosticReport')) found.add('results');
  return found;
}
