import type { JsonPath } from '../../formats/fhir/path.ts';
import type { Issue } from './issue.ts';
import { sentence } from './rule.ts';

export type Language = 'fr' | 'en';

/** R4 OperationOutcome, as far as the validator writes it. */
export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: OutcomeIssue[];
}

export interface OutcomeIssue {
  readonly extension?: readonly OutcomeExtension[];
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly code: string;
  readonly details: { readonly coding: readonly { readonly system: string; readonly code: string }[]; readonly text: string };
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

export type OutcomeExtension =
  | { readonly url: string; readonly valueInteger: number }
  | { readonly url: string; readonly valueString: string };

/** Where details.coding.code is defined: the generated list of rules and constraints. */
export const ruleSystem = 'https://passerelle.test/fhir/CodeSystem/validation-rule';
const structureBase = 'http://hl7.org/fhir/StructureDefinition/';

export type Locator = (path: JsonPath) => { readonly line: number; readonly column: number }

/** Issues → OperationOutcome, shaped like the reference validator's. Without issues it says that all is well. */
export function outcomeOf(issues: readonly Issue[], language: Language, locate?: Locator): OperationOutcome {
  if (issues.length === 0) {
    return { resourceType: 'OperationOutcome', issue: [language === 'fr' ? nothingFound.fr : nothingFound.en] };
  }
  return { resourceType: 'OperationOutcome', issue: issues.map(issue => outcomeIssue(issue, language, locate)) };
}

const nothingFound = { fr: informational('Aucun problème trouvé'), en: informational('No issues detected') };

function informational(text: string): OutcomeIssue {
  return { severity: 'information', code: 'informational', details: { coding: [{ system: ruleSystem, code: 'valid' }], text } };
}

function outcomeIssue(issue: Issue, language: Language, locate: Locator | undefined): OutcomeIssue {
  const { rule, args, place, profile, severity, id } = issue;
  const french = language === 'fr';
  const advice = french ? rule.adviceFr : rule.adviceEn;
  const diagnostics = advice === undefined ? '' : sentence(advice, args);
  const said: { -readonly [K in keyof OutcomeIssue]?: OutcomeIssue[K] } = {};
  if (profile !== undefined || locate !== undefined) said.extension = extensions(profile, locate?.(place.path));
  said.severity = severity;
  said.code = rule.code;
  said.details = { coding: [{ system: ruleSystem, code: id }], text: sentence(french ? rule.fr : rule.en, args) };
  if (diagnostics !== '') said.diagnostics = diagnostics;
  said.expression = [place.expression];
  return said as OutcomeIssue;
}

function extensions(profile: string | undefined, at: { line: number; column: number } | undefined): OutcomeExtension[] {
  const list: OutcomeExtension[] = [];
  if (at !== undefined) {
    list.push({ url: `${structureBase}operationoutcome-issue-line`, valueInteger: at.line }, { url: `${structureBase}operationoutcome-issue-col`, valueInteger: at.column });
  }
  if (profile !== undefined) list.push({ url: `${structureBase}operationoutcome-issue-context`, valueString: profile });
  return list;
}
