/** Rings once after so many milliseconds; the answer cancels it. A port, so that tests hold time in their hands. */
export type Alarm = (ms: number, ring: () => void) => () => void;

/** Longer than this overflows a 32-bit timer and would ring at once. */
const longest = 0x7fff_ffff;

export const systemAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, Math.min(Math.max(0, ms), longest));
  return () => { clearTimeout(timer); };
};
