import { cdas, type Cda, type Mail } from './mail.ts';

/** Where a rule is broken, and what was read there, for the person who sent it. */
export interface Broken { readonly at: string; readonly extract: string }

/** A named rule with its source. `warning`: shown, and not counted as failed. */
export interface Rule {
  readonly id: string;
  readonly source: string;
  readonly fr: string;
  readonly en: string;
  readonly severity: 'error' | 'warning';
  /** Empty when the mail obeys; null when the rule has nothing to say of this mail. */
  check(mail: Mail): readonly Broken[] | null;
}

export const broken = (at: string, extract = ''): Broken[] => [{ at, extract: extract.slice(0, 120) }];
export const unless = (obeyed: boolean, at: string, extract = ''): Broken[] => (obeyed ? [] : broken(at, extract));

type Check = Rule['check'];
export const rule = (id: string, source: string, fr: string, en: string, check: Check, severity: Rule['severity'] = 'error'): Rule => ({ id, source, fr, en, severity, check });

/** A rule of mails that carry a readable CDA. */
export const withCda = (check: (mail: Mail, first: Cda, all: readonly Cda[]) => readonly Broken[] | null): Check => (mail) => {
  const all = cdas(mail);
  const [first] = all;
  return first === undefined ? null : check(mail, first, all);
};
