/** Why a package cannot be used: what, where, and what to do, in words for the person who named it. */
export class PackageFault extends Error {
  readonly place: string;
  readonly advice: string;

  constructor(message: string, place: string, advice: string) {
    super(message);
    this.name = 'PackageFault';
    this.place = place;
    this.advice = advice;
  }
}
