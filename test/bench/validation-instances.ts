type Json = Record<string, unknown>;

/**
 * Distinct instances of a resource: ids, dates, numbers and family names change with `i`, so that no two texts are
 * alike and nothing can be remembered from one to the next. One in ten is broken in one of five ways.
 */
export function instances(template: Json, count: number): { readonly text: string; readonly broken: boolean }[] {
  return Array.from({ length: count }, (_, i) => {
    const copy = vary(structuredClone(template), i) as Json;
    copy.id = `x${i}`;
    const broken = i % 10 === 9;
    if (broken) breakOne(copy, i);
    return { text: JSON.stringify(copy), broken };
  });
}

function vary(value: unknown, i: number, key = ''): unknown {
  if (Array.isArray(value)) return value.map(one => vary(one, i, key));
  if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) (value as Json)[name] = vary(one, i, name);
    return value;
  }
  if (key === 'value' && typeof value === 'number') return value + i / 1000;
  if ((key === 'birthDate' || key.startsWith('effective')) && typeof value === 'string' && value.length >= 10) return `${1950 + i % 70}${value.slice(4)}`;
  if (key === 'family' && typeof value === 'string') return `${value}${String.fromCharCode(65 + i % 26)}`;
  return value;
}

const breaks: readonly ((resource: Json) => void)[] = [
  resource => { resource.zzUnknown = true; },
  resource => { resource.meta = { lastUpdated: 'yesterday' , ...(resource.meta as Json | undefined), versionId: 3 }; },
  resource => { resource.language = ['fr']; },
  resource => { resource.implicitRules = ''; },
  resource => { resource.text = { status: 'nonsense' }; },
];

function breakOne(resource: Json, i: number): void {
  (breaks[Math.floor(i / 10) % breaks.length])?.(resource);
}

export interface LabBundle { readonly entry: { fullUrl?: string; readonly resource: Json }[] }

const bundleBreaks: readonly ((observation: Json, bundle: LabBundle) => void)[] = [
  observation => { delete observation.code; },
  observation => { observation.status = 'nonsense'; },
  observation => { observation.effectiveDateTime = '2026-02-30'; },
  observation => { observation.subject = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000000', zzUnknown: 1 }; },
  (_observation, bundle) => { delete bundle.entry[3]?.fullUrl; },
];

/** One thing wrong in one of the Observations, or an entry without its address. */
export function breakBundle(bundle: LabBundle, i: number): void {
  const observations = bundle.entry.filter(({ resource }) => resource.resourceType === 'Observation');
  const observation = observations[i % observations.length]?.resource;
  if (observation !== undefined) bundleBreaks[Math.floor(i / 10) % bundleBreaks.length]?.(observation, bundle);
}
