/** How the operator misbehaves, so many times, at one step of the dialogue. */
export interface SmtpFailure {
  readonly on: 'connect' | 'mail' | 'recipient' | 'data';
  /**
   * `answer`: says `answer` in place of yes. `drop`: closes without a word, nothing kept. `drop-taken`: keeps the mail and
   * closes before 250 (`data` only): in doubt for the sender. `slow`: waits `delayMs`, then goes on as usual.
   */
  readonly mode: 'answer' | 'drop' | 'drop-taken' | 'slow';
  /** Code, enhanced code and text: `451 4.3.0 later`. */
  readonly answer?: string;
  readonly delayMs?: number;
  times: number;
  /** Only for this recipient; everyone when absent. */
  readonly recipient?: string;
}

export const refused = (answer: string): Error & { responseCode: number } => Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });

const answers: Readonly<Record<string, string>> = {
  421: '421 4.3.2 Service not available, closing transmission channel', 450: '450 4.2.0 Mailbox temporarily unavailable', 451: '451 4.3.0 Temporary failure, try again later',
  452: '452 4.2.2 Mailbox full, try again later', 550: '550 5.1.1 User unknown', 551: '551 5.1.6 User has moved', 552: '552 5.2.2 Mailbox full', 553: '553 5.1.3 Mailbox name not allowed', 554: '554 5.7.1 Access denied',
};
const scripted = /(?:^|[.+])sim-(\d{3}|drop|droptaken|slow)(?:x(\d{1,3}))?(?=$|[.+])/i;

/**
 * What an address asks for by its local part: `sim-451x2@…` is put off twice, `sim-550@…` is unknown for ever,
 * `sim-drop@…` and `sim-droptaken@…` lose the connection after the final dot, once; `sim-slow@…` waits two seconds.
 */
export function askedBy(address: string): SmtpFailure | null {
  const [, word = '', times] = scripted.exec(address.slice(0, address.lastIndexOf('@'))) ?? [];
  const recipient = address.toLowerCase();
  const count = times === undefined ? null : Number(times);
  if (word === '') return null;
  switch (word.toLowerCase()) {
    case 'drop': return { on: 'data', mode: 'drop', times: count ?? 1, recipient };
    case 'droptaken': return { on: 'data', mode: 'drop-taken', times: count ?? 1, recipient };
    case 'slow': return { on: 'data', mode: 'slow', delayMs: 2000, times: count ?? Infinity, recipient };
    default: {
      const answer = answers[word];
      return answer === undefined ? null : { on: 'recipient', mode: 'answer', answer, times: count ?? (word.startsWith('4') ? 1 : Infinity), recipient };
    }
  }
}

/** The script: what was asked by code or by page, and what each address asks of itself. */
export class Script {
  private readonly failures: SmtpFailure[] = [];
  private readonly known = new Set<string>();

  add(failure: SmtpFailure): void { this.failures.push({ ...failure }); }
  clear(): void { this.failures.length = 0; this.known.clear(); }

  /** The failure to play now, taken off the script; null when all goes well. */
  next(on: SmtpFailure['on'], recipients: readonly string[]): SmtpFailure | null {
    for (const address of recipients.map((one) => one.toLowerCase())) {
      if (this.known.has(address)) continue;
      this.known.add(address);
      const asked = askedBy(address);
      if (asked !== null) this.failures.push(asked);
    }
    const found = this.failures.find((one) => one.on === on && one.times > 0 && (one.recipient === undefined || recipients.some((address) => address.toLowerCase() === one.recipient?.toLowerCase())));
    if (found === undefined) return null;
    found.times--;
    return found;
  }
}
