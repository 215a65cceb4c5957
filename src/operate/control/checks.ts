/** What a destination's connector says of itself (`check`), and our certificates that it shows or signs with. No secret, nothing of a patient. */
export interface DestinationCheck {
  readonly destination: string;
  readonly system: string;
  /** When it was asked, epoch ms. */
  readonly at: number;
  /** It is reached and accepts us. */
  readonly ok: boolean;
  readonly text: string;
  readonly english?: string;
  /** By the setting that names them; `validTo` is epoch ms. */
  readonly certificates: readonly { readonly setting: string; readonly validTo: number }[];
}

const day = 86_400_000;
/** Days before its end at which a certificate is told of, the last first (dmp.md §5, rule 10). */
const thresholds = [0, 7, 30, 60] as const;
export type Ending = (typeof thresholds)[number];

/** Within which threshold it ends; null while it has longer. 0: it has ended. */
export const endingOf = (validTo: number, now: number): Ending | null => thresholds.find((days) => validTo - now <= days * day) ?? null;
export const daysLeft = (validTo: number, now: number): number => Math.floor((validTo - now) / day);
