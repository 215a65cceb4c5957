/** Things to end, last opened first; each is tried whatever the others do. */
export class Closing {
  readonly #steps: { readonly name: string; readonly end: () => Promise<unknown> }[] = [];

  add(name: string, end: () => Promise<unknown>): void { this.#steps.push({ name, end }); }

  /** @returns the names of the steps that failed */
  async end(): Promise<string[]> {
    const failed: string[] = [];
    for (const { name, end } of this.#steps.splice(0).reverse()) {
      try { await end(); } catch { failed.push(name); }
    }
    return failed;
  }
}
