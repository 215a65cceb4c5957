/** A message whose documents all came before, identical: what already went is not sent again (design.md §2, exactly-once). */
export interface Repeats {
  /** For each document, the sequence numbers of the messages that brought it, oldest first. */
  readonly documents: readonly (readonly number[])[];
  /** It brings more than these documents: only what carries nothing else may be left out. */
  readonly more: boolean;
}
