/** The parts of the FHIR R4 conformance resources the validator reads (structuredefinition.html, elementdefinition.html). */

export interface ElementType {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
  readonly extension?: readonly { readonly url: string; readonly valueUrl?: string; readonly valueUri?: string }[];
}

export interface ElementConstraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human?: string;
  /** The French of `human`, where the profile gives it (extension translation). */
  readonly humanFr?: string;
  readonly expression?: string;
  readonly source?: string;
}

export interface ElementBinding {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  readonly valueSet?: string;
  /** R4 carries the "maximum" value set as an extension (elementdefinition-maxValueSet). */
  readonly maxValueSet?: string;
}

export interface Discriminator {
  readonly type: 'value' | 'exists' | 'pattern' | 'type' | 'profile' | 'position';
  readonly path: string;
}

export interface ElementSlicing {
  readonly discriminator?: readonly Discriminator[];
  readonly rules?: 'open' | 'closed' | 'openAtEnd';
  readonly ordered?: boolean;
}

export interface ElementDefinition {
  readonly id?: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly min?: number;
  readonly max?: string;
  readonly base?: { readonly path: string; readonly min: number; readonly max: string };
  readonly type?: readonly ElementType[];
  readonly contentReference?: string;
  readonly constraint?: readonly ElementConstraint[];
  readonly binding?: ElementBinding;
  readonly slicing?: ElementSlicing;
  readonly isModifier?: boolean;
  readonly mustSupport?: boolean;
  readonly maxLength?: number;
  /** `fixedCode`, `patternCodeableConcept`, `minValueDate`… are read through `choiceOf`. */
  readonly [key: string]: unknown;
}

export interface ExtensionContext { readonly type: 'element' | 'extension' | 'fhirpath'; readonly expression: string }

export interface StructureDefinition {
  readonly resourceType: 'StructureDefinition';
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  readonly abstract?: boolean;
  readonly type: string;
  readonly baseDefinition?: string;
  readonly derivation?: 'specialization' | 'constraint';
  readonly context?: readonly ExtensionContext[];
  readonly snapshot?: { readonly element: readonly ElementDefinition[] };
  readonly differential?: { readonly element: readonly ElementDefinition[] };
}

/** The value of a choice element such as `fixed[x]`, with the type its name says; undefined when absent. */
export function choiceOf(definition: ElementDefinition, stem: string): { readonly type: string; readonly value: unknown } | undefined {
  for (const key in definition) {
    if (key.length > stem.length && key.startsWith(stem) && isUpper(key.charCodeAt(stem.length))) {
      return { type: key.slice(stem.length), value: definition[key] };
    }
  }
  return undefined;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}
