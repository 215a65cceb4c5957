import { absoluteSystem } from './absolute-system.ts';
import { attachmentSize } from './attachment-size.ts';
import { documentReferences } from './bundle/document-references.ts';
import { bundleFullUrl } from './bundle/full-url.ts';
import { bundleLinks } from './bundle/links.ts';
import { searchResults } from './bundle/search-results.ts';
import { structureDefinitionRule } from './definition/structure-definition.ts';
import { identifierUri } from './identifier-uri.ts';
import { narrativeLinks } from './narrative-links.ts';
import { parametersReferences } from './parameters-references.ts';
import { questionnaireResponse } from './questionnaire-response/response.ts';
import { referenceForm } from './reference-form.ts';
import type { ElementRule, ResourceRule } from './resource-rule.ts';
import { codeSystemProperties } from './terminology/code-system-properties.ts';
import { conceptMapCodes } from './terminology/concept-map-codes.ts';
import { valueSetInclude } from './terminology/value-set-include.ts';
import { vitalSigns } from './vital-signs.ts';

/** Every rule on resources and on elements, in the order of the documentation. */
export const resourceRules: readonly ResourceRule[] = [
  bundleFullUrl, bundleLinks, documentReferences, searchResults, parametersReferences, narrativeLinks, vitalSigns,
  questionnaireResponse, structureDefinitionRule, codeSystemProperties, valueSetInclude, conceptMapCodes,
];
export const elementRules: readonly ElementRule[] = [absoluteSystem, identifierUri, referenceForm, attachmentSize];

/** The adopted rules by resource type or datatype. */
export function rulesByType<R extends ResourceRule | ElementRule>(rules: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const byType = new Map<string, R[]>();
  for (const rule of rules) {
    if (rule.decision !== 'adopted') continue;
    for (const type of rule.types) byType.set(type, [...byType.get(type) ?? [], rule]);
  }
  return byType;
}
