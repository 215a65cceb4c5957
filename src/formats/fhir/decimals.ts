/**
 * The exact text of numbers that JavaScript would write differently (`1.0`, `1.50`, `6.02E23`, 20 digits). FHIR's
 * decimal has a precision that must not change (R4 datatypes.html#decimal), and a relayed resource must not be
 * rewritten.
 *
 * Chosen form: the tree holds plain numbers, so everything that reads it (FHIRPath, comparison, JSON.stringify)
 * works as usual, and the texts stand beside it, held by the object or array that has the number. They stay with that
 * object when it is moved into another resource; a copy of it does not have them (`copy` carries them over). A text is
 * used only while its number is still the one in the tree.
 */
export class DecimalTexts {
  readonly #texts = new WeakMap<object, Map<string | number, string>>();

  set(container: object, key: string | number, text: string): void {
    const members = this.#texts.get(container);
    if (members === undefined) this.#texts.set(container, new Map([[key, text]]));
    else members.set(key, text);
  }

  /** The text of a number as it was read: its own when one was kept, else the one JavaScript writes. */
  textOf(container: object, key: string | number, value: number): string {
    const text = this.#texts.get(container)?.get(key);
    return text !== undefined && Object.is(Number(text), value) ? text : String(value);
  }

  /** Carries the texts of one object or array over to its copy. */
  copy(from: object, to: object): void {
    const members = this.#texts.get(from);
    if (members !== undefined) this.#texts.set(to, new Map(members));
  }
}

/** JSON's number (RFC 8259 §6), the whole text. */
export const jsonNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
