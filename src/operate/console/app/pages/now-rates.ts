/** Of the last whole minute: the present one is not over. */
export const lastWhole = (perMinute: readonly number[]): number => perMinute.at(-2) ?? 0;
