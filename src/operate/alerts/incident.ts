export const kinds = ['silence', 'backlog', 'breaker', 'certificate', 'conservation', 'disk', 'check'] as const;
export type Kind = (typeof kinds)[number];

/** What an incident is about. The gateway itself is named `gateway`. */
export interface Subject { readonly kind: 'source' | 'destination' | 'listener' | 'gateway'; readonly name: string }
export const gateway: Subject = { kind: 'gateway', name: 'gateway' };

export const severities = ['information', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];
export const worse = (a: Severity, than: Severity): boolean => severities.indexOf(a) > severities.indexOf(than);

/** What fills an incident's texts: counts, instants (epoch ms), names, codes. Never a value of a patient (invariant 10). */
export type Facts = Readonly<Record<string, number | string>>;

/** Something is wrong now. One kind and subject is one condition. */
export interface Condition {
  readonly kind: Kind;
  readonly subject: Subject;
  readonly severity: Severity;
  /** How bad, to keep the worst that was seen; comparable within a kind. */
  readonly measure: number;
  readonly facts: Facts;
}

export interface Incident extends Condition {
  readonly id: string;
  readonly openedAt: number;
  /** Last time its condition was seen. */
  readonly seenAt: number;
  readonly closedAt: number | null;
  /** The facts of its worst moment. */
  readonly worst: Facts;
  readonly acknowledged: { readonly by: string; readonly at: number; readonly note: string } | null;
}

/** Conditions and incidents of the same key are the same matter. */
export const keyOf = ({ kind, subject }: Pick<Condition, 'kind' | 'subject'>): string => `${kind}/${subject.kind}/${subject.name}`;
