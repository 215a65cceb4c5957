import { finding, type Finding } from '../domain/finding.ts';
import type { Hl7Message } from '../formats/hl7v2/model.ts';

/** ZFA-9 and ZFA-11 as PAM France writes them. */
const codes: Readonly<Record<9 | 11, readonly string[]>> = { 9: ['NA', 'IO', 'INO'], 11: ['NA', 'INC', 'IC'] };

/** What ZFA tells of the patient's decisions; `at` is the date of collection as written, null when none can be relied on. */
export interface ToldConsent { readonly alimentation: string | null; readonly consultation: string | null; readonly at: string | null; readonly findings: readonly Finding[] }

const day = /^(?:19|20)\d{6}/;

/**
 * A decision in a code of one's own is not one to guess, nor to answer as done: it could be an opposition. A collection dated
 * after the message itself would overrule all that come until that day; it counts by the order of the messages, like an undated one.
 */
export function toldConsent(message: Hl7Message): ToldConsent {
  const zfa = message.first('ZFA'), answers = ([9, 11] as const).map((n) => ({ n, field: zfa.field(n), code: zfa.text(n) }));
  const findings = answers.filter(({ n, field, code }) => field.isNull || field.repetitions.length > 1 || (code !== '' && !codes[n].includes(code))).map(({ field }) => finding('normalize.consent-code', field.place, field.place));
  const [alimentation = '', consultation = ''] = answers.map(({ code }) => code);
  // ZFA-12 dates the consultation alone: an undated opposition is not as old as it.
  const date = alimentation === '' ? zfa.field(12) : zfa.field(10), sent = message.first('MSH').text(7);
  const future = day.test(date.text) && day.test(sent) && date.text.slice(0, 8) > sent.slice(0, 8);
  if (future) findings.push(finding('normalize.consent-in-future', date.place));
  return {
    alimentation: alimentation === '' ? null : alimentation, consultation: consultation === '' ? null : consultation,
    at: day.test(date.text) && !future ? date.text : null, findings,
  };
}
