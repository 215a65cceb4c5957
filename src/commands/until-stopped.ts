/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
export const untilStopped = (): Promise<void> => new Promise((resolve) => {
  let asked = false;
  const stop = (): void => { if (asked) process.exit(1); asked = true; resolve(); };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
});
