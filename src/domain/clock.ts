/** Milliseconds since the epoch, UTC. The only way for anything but `main` to know the time. */
export type Clock = () => number;

/** A fresh identifier, a UUID in lower case. The only source of randomness outside `main` and cryptography. */
export type Ids = () => string;
