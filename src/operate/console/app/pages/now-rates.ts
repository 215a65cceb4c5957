/** Of the last whole minute: the present one is not over. Null: not told to this account. */
export const lastWhole = (perMinute: readonly number[] | null): number | null => (perMinute === null ? null : perMinute.at(-2) ?? 0);
