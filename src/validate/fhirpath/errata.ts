import type { ElementConstraint } from '../registry/definition.ts';

interface Erratum {
  readonly key: string;
  /** Exactly as published; another text under the same key is left alone. */
  readonly published: string;
  readonly repaired: string;
  readonly source: string;
}

const fixer = 'HAPI FHIR core, org.hl7.fhir.validation.instance.utils.FHIRPathExpressionFixer';

/** Invariants whose published expression does not say what their text does, each with who says so. */
export const errata: readonly Erratum[] = [
  {
    key: 'ref-1',
    published: "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
    repaired: "reference.exists() implies (reference = '#' or reference.startsWith('#').not() or (reference.substring(1) in %rootResource.contained.id))",
    source: `${fixer}; '#' alone refers to the container (R4 references.html#contained)`,
  },
  {
    key: 'ras-2', published: "(low.empty() or ((low.code = '%') and (low.system = %ucum))) and (high.empty() or ((high.code = '%') and (high.system = %ucum)))",
    repaired: "(low.empty() or ((low.code = '%') and (low.system = %ucum))) and (high.empty() or ((high.code = '%') and (high.system = %ucum)))", source: fixer,
  },
];

const byKey = new Map(errata.map(erratum => [`${erratum.key} ${erratum.published}`, erratum.repaired]));

/** The expression to evaluate; undefined when the constraint has none. */
export function repaired(constraint: ElementConstraint): string | undefined {
  const { key, expression } = constraint;
  if (expression === undefined || expression === '') return undefined;
  return byKey.get(`${key} ${expression}`) ?? expression;
}
