/**
 * What the XML reader must know of the FHIR definitions, and nothing more: XML says neither which elements repeat
 * nor which are numbers, JSON does. The validator's engine implements this from the core StructureDefinitions.
 *
 * A *type key* is the engine's own name for a set of children: `Patient`, `HumanName`, `Patient.contact` for a
 * backbone element, the target's key for a contentReference (`Bundle.entry.link` → `Bundle.link`). The reader never
 * looks inside a key: it hands back what it was given.
 */
export interface ElementShape {
  /** The JSON name is the XML name (`valueQuantity` for `value[x]`), so it is not repeated here. */
  readonly kind: 'primitive' | 'complex' | 'xhtml' | 'resource';
  /** Type key to ask for this element's children. For `xhtml` and `resource`, not asked. */
  readonly type: string;
  /** True where the base definition's max is not 1: JSON writes an array. */
  readonly array: boolean;
  /** For a primitive: what JSON writes. Absent means a string. */
  readonly json?: 'string' | 'number' | 'boolean';
  /**
   * Rank of the element among its siblings (all types of one choice share a rank). FHIR XML is ordered
   * (R4 xml.html: "elements SHALL always appear in the order documented"). Absent: the order is not checked.
   */
  readonly rank?: number;
}

export interface SchemaLookup {
  /** Is `name` the name of a (concrete) resource type? */
  isResource(name: string): boolean;
  /** The shape of the XML child element `name` of `type`, choice types under their full name; undefined if unknown. */
  child(type: string, name: string): ElementShape | undefined;
}
