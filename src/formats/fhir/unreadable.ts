/** Thrown inside a reader only, to leave it when nothing sensible can be read after a problem; never leaves `read…`. */
export class Unreadable extends Error {}
