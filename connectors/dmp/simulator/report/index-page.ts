import { families } from '../rule.ts';
import { rules } from '../rules/rules.ts';
import { escape } from '../xml.ts';
import { page, say, type Language } from './page.ts';
import { count, type Report } from './report.ts';
import { familyNames } from './submission-page.ts';

/** Every request, newest first. */
export function indexPage(all: readonly Report[], services: string, language: Language): string {
  const ask = language === 'en' ? '?lang=en' : '';
  const rows = all.map((one) => `<tr><td><a href="/simulator/reports/${escape(one.id)}${ask}">${escape(one.id)}</a></td><td>${escape(one.at)}</td><td>${escape(one.transaction)}</td><td class="${count(one, 'fail') === 0 ? 'pass' : 'fail'}">${escape(one.status)}</td><td>${String(count(one, 'fail'))}</td><td>${escape(one.client.software)}</td></tr>`).join('');
  const body = `<p>${say(language, 'Services (TLS mutuel)', 'Services (mutual TLS)')} : <code>${escape(services)}</code></p>
${all.length === 0 ? `<p>${say(language, 'Aucun envoi pour le moment.', 'No request yet.')}</p>` : `<table><thead><tr><th>N°</th><th>${say(language, 'Date (UTC)', 'Date (UTC)')}</th><th>Transaction</th><th>${say(language, 'Réponse', 'Answer')}</th><th>${say(language, 'Règles non respectées', 'Rules broken')}</th><th>${say(language, 'Logiciel', 'Software')}</th></tr></thead><tbody>${rows}</tbody></table>`}`;
  return page(language, { fr: 'Simulateur de DMP : envois reçus', en: 'DMP simulator: requests received' }, body, '/simulator');
}

/** Every rule with its source. */
export function rulesPage(language: Language): string {
  const body = families.map((family) => `<h2>${escape(familyNames[family][language])}</h2><table>${rules.filter((rule) => rule.family === family).map((rule) => `<tr><td><code>${escape(rule.id)}</code></td><td>${escape(rule.title[language])}<br><small>${escape(rule.source)} · ${rule.severity === 'refuse' ? escape(rule.code) : say(language, 'signalé, non refusé', 'told, not refused')}</small></td></tr>`).join('')}</table>`).join('\n');
  return page(language, { fr: `Simulateur de DMP : ${String(rules.length)} règles`, en: `DMP simulator: ${String(rules.length)} rules` }, body, '/simulator/rules');
}
