import type { CdaHeader } from '../cda/header.ts';
import type { XdsCode } from './document-entry.ts';
import { builtInTables, frenchFormatScheme, type XdsTables } from './tables.ts';

/** A structured document of no published model (dmp.md §1.5). */
export const outsideModels: XdsCode = { code: 'urn:asipSante:modelesHorsProfils:2011', scheme: frenchFormatScheme, display: 'Modèles hors profils' };

/**
 * formatCode: N1 by the media type of its body, N3 by its document templateId. CI-SIS headers name templates from the most
 * general to the most precise: the last known one wins. Null when none is known.
 */
export function formatCodeOf(header: CdaHeader, { formats, unstructured }: XdsTables = builtInTables): XdsCode | null {
  if (header.level === 'N1') return unstructured.get(header.nonXmlMediaType.toLowerCase()) ?? null;
  const last = header.templateIds.findLast(template => formats.has(template.root));
  return last === undefined ? null : formats.get(last.root) ?? null;
}
