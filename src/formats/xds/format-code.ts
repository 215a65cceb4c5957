import type { CdaHeader } from '../cda/header.ts';
import type { XdsCode } from './document-entry.ts';
import { frenchFormats, iheFormats, unstructuredFormats, type FormatRow } from './tables/format-codes.ts';

const french = '1.2.250.1.213.1.1.4.2.282';
const ihe = '1.3.6.1.4.1.19376.1.2.3';
const table = (rows: readonly FormatRow[], scheme: string) => rows.map(([key, code, display]) => [key, { code, scheme, display }] as const);
const byTemplate: ReadonlyMap<string, XdsCode> = new Map([...table(frenchFormats, french), ...table(iheFormats, ihe)]);
const byMediaType: ReadonlyMap<string, XdsCode> = new Map(table(unstructuredFormats, ihe));

/** A structured document of no published model (dmp.md §1.5). */
export const outsideModels: XdsCode = { code: 'urn:asipSante:modelesHorsProfils:2011', scheme: french, display: 'Modèles hors profils' };

/**
 * formatCode: N1 by the media type of its body, N3 by its document templateId. CI-SIS headers name templates from the most
 * general to the most precise: the last known one wins. Null when none is known.
 */
export function formatCodeOf(header: CdaHeader): XdsCode | null {
  if (header.level === 'N1') return byMediaType.get(header.nonXmlMediaType.toLowerCase()) ?? null;
  const last = header.templateIds.findLast(template => byTemplate.has(template.root));
  return last === undefined ? null : byTemplate.get(last.root) ?? null;
}
