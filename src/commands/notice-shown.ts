import { reasonOf } from '../acknowledge/evidence.ts';
import { say } from '../domain/finding.ts';
import type { Notice } from '../formats/notice/notice.ts';
import type { Output } from './output.ts';

/** What a mail says of an earlier one. A subject names nothing surely, and holds a patient's name: it is not shown. */
export const noticeRecord = ({ kind, messageId, keys, reports }: Notice) => ({
  kind, messageId, correlation: keys.filter(({ by }) => by !== 'subject').map(({ by, value }) => ({ by, value })),
  reports: reports.map(({ action, status, smtpCode, errors }) => ({ action, status, smtpCode, errors: errors.map(({ code, table }) => ({ code, table })) })),
});

/** The same in words, one line a recipient, then what it is about. Whether that mail is ours only the journal knows. */
export function noticeLines(notice: Notice, output: Output): string[] {
  const { reports, correlation } = noticeRecord(notice);
  const told = notice.reports.map(({ action }, i) => {
    const { status = '', smtpCode = '', errors = [] } = reports[i] ?? {};
    const codes = [smtpCode, status, ...errors.map(({ code }) => code)].filter((one) => one !== '').join(' ');
    const { text } = say({ severity: 'information', code: reasonOf[action], location: '', text: '', spec: '' }, output.language);
    return `  → ${text}${codes === '' ? '' : ` (${codes})`}`;
  });
  const [surest] = correlation;
  const about = surest === undefined ? output.words('rien ne dit de quel courriel', 'nothing tells of which mail') : `${surest.by} ${surest.value}`;
  return [...told, `  ${output.words('courriel d’origine', 'original mail')} : ${about}`];
}
