/** The longest a partner's Retry-After is obeyed: beyond, it is more likely a mistake than a plan. */
const longestRetryAfter = 24 * 3600_000;

/**
 * Exponential with full jitter, so that lanes that failed together do not come back together.
 * @param attempt 1 for the first
 * @param random in [0, 1)
 * @param retryAfterMs what the partner asked for: never earlier
 * @returns milliseconds to wait
 */
export function backoff(rules: { readonly firstMs: number; readonly maxMs: number }, attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(rules.maxMs, rules.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.max(Math.round(random * ceiling), Math.min(retryAfterMs, longestRetryAfter));
}
