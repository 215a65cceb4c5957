import { families, type Family, type Words } from '../rule.ts';
import { escape } from '../xml.ts';
import { page, say, type Language } from './page.ts';
import { count, type Report } from './report.ts';

export const familyNames: Readonly<Record<Family, Words>> = {
  transport: { fr: 'Transport et MTOM', en: 'Transport and MTOM' }, soap: { fr: 'SOAP et WS-Addressing', en: 'SOAP and WS-Addressing' }, vihf: { fr: 'VIHF', en: 'VIHF' },
  rights: { fr: 'Droits', en: 'Rights' }, lot: { fr: 'Lot de soumission', en: 'Submission set' }, entry: { fr: 'Métadonnées du document', en: 'Document metadata' }, codes: { fr: 'Codes', en: 'Codes' },
  times: { fr: 'Dates', en: 'Times' }, masking: { fr: 'Visibilité', en: 'Visibility' }, document: { fr: 'Document CDA et métadonnées', en: 'CDA document and metadata' }, signature: { fr: 'Signature du lot', en: 'Signature of the set' },
  store: { fr: 'Dossier', en: 'Record' }, update: { fr: 'Mise à jour', en: 'Update' }, query: { fr: 'Requête', en: 'Query' },
};
const statuses = { pass: { css: 'pass', fr: 'conforme', en: 'pass' }, fail: { css: 'fail', fr: 'non conforme', en: 'fail' }, warn: { css: 'warn', fr: 'à revoir', en: 'to review' }, 'not-applicable': { css: 'na', fr: 'sans objet', en: 'does not apply' } } as const;

function rows(one: Report, family: Family, language: Language): string {
  return one.rules.filter((rule) => rule.family === family).map((rule) => {
    const { css, ...words } = statuses[rule.status];
    const where = rule.broken.map(({ at, extract }) => `<br><code>${escape(at)}</code>${extract === undefined ? '' : ` <small>${say(language, 'reçu', 'received')} : <code>${escape(extract)}</code></small>`}`).join('');
    return `<tr><td class="${css}">${escape(words[language])}</td><td>${escape(rule.title[language])}<br><small><code>${escape(rule.id)}</code> · ${escape(rule.source)}${rule.status === 'fail' ? ` · ${escape(rule.code)}` : ''}</small>${where}</td></tr>`;
  }).join('');
}

/** The report of one request, to read or to print. */
export function submissionPage(one: Report, language: Language): string {
  const line = (fr: string, en: string, value: string): string => `<tr><th scope="row">${say(language, fr, en)}</th><td>${escape(value === '' ? '—' : value)}</td></tr>`;
  const used = families.filter((family) => one.rules.some((rule) => rule.family === family && rule.status !== 'not-applicable'));
  const failed = count(one, 'fail');
  const body = `<p class="${failed === 0 ? 'pass' : 'fail'}">${failed === 0 ? say(language, 'Toutes les règles vérifiées sont respectées.', 'Every rule checked is met.') : say(language, `${String(failed)} règle(s) non respectée(s).`, `${String(failed)} rule(s) broken.`)}</p>
<table>${line('Transaction', 'Transaction', one.transaction)}${line('Reçu le (UTC)', 'Received (UTC)', one.at)}${line('Réponse', 'Answer', one.status)}${line('Scénario actif', 'Active scenario', one.scenario ?? '')}${line('Logiciel', 'Software', `${one.client.software} ${one.client.version}`.trim())}${line('Structure', 'Structure', one.client.structure)}${line('Mode', 'Mode', one.client.mode)}${line('Lot', 'Submission set', one.lot)}${line('Documents', 'Documents', one.documents.join(', '))}${line('Octets', 'Bytes', String(one.bytes))}${line('Règles : conformes, non conformes, à revoir, sans objet', 'Rules: pass, fail, to review, not applicable', `${String(count(one, 'pass'))}, ${String(failed)}, ${String(count(one, 'warn'))}, ${String(count(one, 'not-applicable'))}`)}</table>
<nav><a href="/simulator/reports/${escape(one.id)}.json">JSON</a></nav>
${used.map((family) => `<h2>${escape(familyNames[family][language])}</h2><table>${rows(one, family, language)}</table>`).join('\n')}`;
  return page(language, { fr: `Rapport d’envoi ${one.id}`, en: `Report of request ${one.id}` }, body, `/simulator/reports/${one.id}`);
}
