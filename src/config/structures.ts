import type { DestinationSettings } from './model.ts';

const text = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);

/** The structures that a DMP destination's certificates speak for (`settings.structure`, Struct_IdNat); what has another shape is the connector's to refuse. */
export function structuresOf({ settings }: Pick<DestinationSettings, 'settings'>): readonly string[] {
  const { structure } = settings;
  if (typeof structure !== 'object' || structure === null) return [];
  const { id, also } = structure as { readonly id?: unknown; readonly also?: unknown };
  return [...text(id), ...(Array.isArray(also) ? also.flatMap(text) : [])];
}
