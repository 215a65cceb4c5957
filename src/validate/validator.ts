import { readJson } from '../formats/fhir/json/read-json.ts';
import type { FhirText } from '../formats/fhir/fhir-text.ts';
import type { SchemaLookup } from '../formats/fhir/xml/schema-lookup.ts';
import { Compiler } from './compile/compiler.ts';
import { isObject, type Json } from './compile/check.ts';
import { isAbout, shown } from './compile/claimed.ts';
import { Registry } from './registry/registry.ts';
import { schemaLookup } from './registry/schema-lookup.ts';
import type { DefinitionPackage } from '../domain/definition-package.ts';
import { Structures, type Structure } from './registry/structures.ts';
import { TypeModel } from './registry/type-model.ts';
import { elementRules, resourceRules, rulesByType } from './rules/index.ts';
import { integerProblems } from './run/integers.ts';
import { makeEnv } from './run/make-env.ts';
import type { Issue, Unchecked } from './run/issue.ts';
import { outcomeOf, type Language, type Locator, type OperationOutcome } from './run/outcome.ts';
import { profileRules } from './run/profile-rules.ts';
import { resolveReference } from './run/resolve.ts';
import { Run } from './run/run.ts';
import { textIssues } from './run/text-issues.ts';
import { uncheckedIssues } from './run/unchecked.ts';
import { Terminology, type TerminologyOptions } from './terminology/terminology.ts';

export interface ValidatorOptions {
  /** The core definitions and terminology (`openCoreDefinitions` of src/packages, or tests' own). */
  readonly definitions: readonly DefinitionPackage[];
  /** What the user added, later ones preferred. */
  readonly packages?: readonly DefinitionPackage[];
  /** Canonicals of profiles that every resource of their type must meet, contained ones apart; unknown ones ask nothing. */
  readonly everywhere?: readonly string[];
  readonly terminology?: TerminologyOptions;
  readonly unknownExtensions?: 'error' | 'warning' | 'ignore';
  /** `generated` writes the dispatch of each object as code; `closures` never generates code. Verdicts are the same. */
  readonly mode?: 'generated' | 'closures';
  /** Language of the texts; French unless said. */
  readonly language?: Language;
  /** Reads a FHIR XML text, with the types it needs. Left out, XML text is refused. */
  readonly readXml?: (text: string, schema: SchemaLookup) => FhirText;
}

export interface ValidationOptions {
  /** Profiles to meet besides those in meta.profile. */
  readonly profiles?: readonly string[];
  /** ISO 8601 with zone, for now() and relative limits; left out, what depends on it is not judged. */
  readonly now?: string;
  readonly language?: Language;
}

export interface ValidationResult {
  readonly valid: boolean;
  readonly outcome: OperationOutcome;
  /** Value sets that could not be consulted. They never turn the verdict. */
  readonly unchecked: readonly Unchecked[];
}

export interface Validator {
  /** A FHIR resource as JSON, or its text (JSON or XML). Never throws. */
  validate(resourceOrText: unknown, options?: ValidationOptions): ValidationResult;
  readonly registry: Registry;
  readonly structures: Structures;
  readonly compiler: Compiler;
  readonly schema: SchemaLookup;
}

/** Makes a validator. Definitions are loaded and compiled as they are needed and kept, so make one and use it for all. */
export function createValidator(options: ValidatorOptions): Validator {
  const registry = new Registry([...options.definitions, ...options.packages ?? []]);
  const structures = new Structures(registry);
  const model = new TypeModel(structures);
  const terminology = new Terminology(registry, options.terminology);
  const compiler = new Compiler({ structures, model, terminology, mode: options.mode ?? 'generated', rules: rulesByType(resourceRules), elementRules: rulesByType(elementRules), everywhere: options.everywhere ?? [] });
  const schema = schemaLookup(model);
  let current: Run | undefined;
  const env = makeEnv(model, terminology, compiler, () => current);
  const settings = { unknownExtensions: options.unknownExtensions ?? 'warning', resolve: resolveReference } as const;

  const validate = (input: unknown, asked: ValidationOptions = {}): ValidationResult => {
    const language = asked.language ?? options.language ?? 'fr';
    if (typeof input === 'string') return validateText(input, asked, language);
    return finish(check(input, asked), [], language, undefined);
  };

  const validateText = (text: string, asked: ValidationOptions, language: Language): ValidationResult => {
    const xml = text.trimStart().startsWith('<');
    const read = xml ? options.readXml?.(text, schema) : readJson(text);
    if (read === undefined) return finish(nothing, [{ ...resourceIssue(), place: { expression: 'Resource', path: [] } }], language, undefined);
    const type = isObject(read.resource) && typeof read.resource.resourceType === 'string' ? read.resource.resourceType : 'Resource';
    const said = textIssues([...read.problems, ...integerProblems(read, schema)], type);
    const places = new Map(said.map(({ issue, problem }) => [issue.place.path, problem]));
    const locate: Locator = path => places.get(path) ?? read.locate(path);
    const checked = read.resource === undefined ? nothing : check(read.resource, asked);
    return finish(checked, said.map(one => one.issue), language, locate);
  };

  const check = (resource: unknown, asked: ValidationOptions): Checked => {
    const json: Json = isObject(resource) ? resource : {};
    const type = typeof json.resourceType === 'string' && compiler.isResource(json.resourceType) ? json.resourceType : 'Resource';
    const run = new Run({ resource: json, type, kind: 'root', parent: undefined, fullUrl: undefined }, env, settings);
    current = run;
    env.now = asked.now;
    env.resource = undefined;
    try {
      // First what is asked for: a profile holds its base, which then needs no check of its own.
      for (const canonical of asked.profiles ?? []) against(json, type, canonical, run, structures, compiler);
      compiler.claimed(json, run);
    } catch {
      run.reset();
      run.report(profileRules.internal, []); // a fault of ours or of a definition; the message itself is never repeated
    }
    return { valid: run.errors === 0, issues: run.issues, unchecked: uncheckedIssues(run, asked.language ?? options.language ?? 'fr') };
  };

  return { validate, registry, structures, compiler, schema };
}

interface Checked { readonly valid: boolean; readonly issues: Issue[]; readonly unchecked: readonly Unchecked[] }

const nothing: Checked = { valid: true, issues: [], unchecked: [] };

function resourceIssue(): Omit<Issue, 'place'> {
  return { rule: profileRules.resourceType, severity: 'error', args: ['', ''], id: 'resource-type', profile: undefined };
}

function against(resource: Json, type: string, canonical: string, run: Run, structures: Structures, compiler: Compiler): void {
  const structure: Structure | undefined = structures.find(canonical);
  if (structure === undefined) run.report(profileRules.profileUnknown, [shown(canonical)]);
  else if (!isAbout(structure, type)) run.report(profileRules.profileType, [structure.url, structure.definition.type, type]);
  else compiler.once(resource, structure, run);
}

function finish(checked: Checked, said: readonly Issue[], language: Language, locate: Locator | undefined): ValidationResult {
  const issues = said.length === 0 ? checked.issues : [...said, ...checked.issues];
  const valid = checked.valid && !said.some(issue => issue.severity === 'error');
  return { valid, outcome: outcomeOf(issues, language, locate), unchecked: checked.unchecked };
}
