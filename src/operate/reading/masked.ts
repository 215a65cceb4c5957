import type { Masked } from '../api/contract/story.ts';

/** Always as many, so that not even a length is told. */
const dots = '••••••';

interface Identifier { readonly type?: { readonly coding?: readonly { readonly code?: string }[] } }
interface Resource {
  readonly resourceType?: string; readonly meta?: { readonly source?: string };
  readonly name?: readonly unknown[]; readonly birthDate?: unknown; readonly identifier?: readonly Identifier[]; readonly address?: readonly unknown[]; readonly telecom?: readonly unknown[];
}

const isIns = ({ type }: Identifier): boolean => type?.coding?.some(({ code = '' }) => /^INS(-|$)/.test(code)) === true;

/** What a Bundle and its documents have of a patient, without any of it: where, and which kind of value. */
export function maskedOf(bundle: Uint8Array | null, documents: readonly { readonly name: string }[]): Masked[] {
  const found: Masked[] = [];
  const add = (what: Masked['what'], place: string, some: unknown) => { if (some !== undefined && some !== null) found.push({ what, place, shown: dots }); };
  const { entry = [] } = bundle === null ? {} : JSON.parse(Buffer.from(bundle).toString('utf8')) as { readonly entry?: readonly { readonly resource?: Resource }[] };
  for (const { resource } of entry) {
    if (resource?.resourceType !== 'Patient') continue;
    const place = resource.meta?.source?.split('#')[1] ?? 'Patient';
    add('name', place, resource.name);
    add('birthDate', place, resource.birthDate);
    for (const one of resource.identifier ?? []) add(isIns(one) ? 'ins' : 'identifier', place, one);
    for (const one of resource.address ?? []) add('address', place, one);
    for (const one of resource.telecom ?? []) add('telecom', place, one);
  }
  for (const { name } of documents) add('document', name, name);
  return found;
}
