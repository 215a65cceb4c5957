/** The gateway is stopping: what was under way failed at nothing, and is left to the next start. */
export class Stopping extends Error { override readonly name = 'Stopping'; }
