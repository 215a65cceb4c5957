import type { Verdict } from './judge.ts';
import type { MssSimulatorReport } from './simulator.ts';
import type { Received } from './store.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => entities[one] ?? one);

const style = 'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1f}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.35rem .5rem;text-align:left;vertical-align:top}.broken{background:#fdecea}.warned{background:#fff6e0}.aside{color:#767680}code{overflow-wrap:anywhere}small{color:#5d5d66}';
const page = (title: string, body: string): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

const words: Readonly<Record<Verdict['state'], string>> = { kept: 'respectée / kept', broken: 'enfreinte / broken', aside: 'sans objet / does not apply' };
const order = { broken: 0, kept: 1, aside: 2 } as const;
const classOf = ({ state, rule }: Verdict): string => (state === 'broken' && rule.severity === 'warning' ? 'warned' : state);

function verdictRow(verdict: Verdict): string {
  const { rule, places, state } = verdict;
  const found = places.map(({ at, extract }) => `<br><code>${escaped(at)}${extract === '' ? '' : ` : ${escaped(extract)}`}</code>`).join('');
  return `<tr class="${classOf(verdict)}"><td><code>${rule.id}</code></td><td>${words[state]}${rule.severity === 'warning' ? '<br><small>avertissement / warning</small>' : ''}</td><td>${escaped(rule.fr)}<br><small lang="en">${escaped(rule.en)}</small>${found}</td><td><small>${escaped(rule.source)}</small></td></tr>`;
}

/** One mail and its verdicts, the broken rules first. */
export function mailPage({ number, subject, messageId, from, envelope, bytes, connection, verdicts, failed, notices }: Received): string {
  const rows = [...verdicts].sort((a, b) => order[a.state] - order[b.state]).map(verdictRow).join('');
  const facts: readonly (readonly [string, string])[] = [
    ['Message-ID', messageId], ['De / From', from], ['À / To', envelope.recipients.map(({ address, notify }) => `${address}${notify.length === 0 ? '' : ` (NOTIFY=${notify.join(',')})`}`).join(', ')],
    ['ENVID', envelope.envid], ['Certificat / Certificate', connection.subject], ['Octets / Bytes', String(bytes)], ['Avis envoyés / Notices sent', notices.map(({ kind }) => kind).join(', ')],
  ];
  const said = failed.length === 0 ? 'aucune règle enfreinte / no rule broken' : `${String(failed.length)} règle(s) enfreinte(s) / rule(s) broken`;
  return page(`Courriel ${String(number)}`, `<p><a href="/">← Tous les courriels / All mails</a></p><h1>${escaped(subject)}</h1><p><strong>${said}</strong> · <a href="/mails/${String(number)}.json">JSON</a> · <a href="/mails/${String(number)}.eml">source .eml</a></p>
<table>${facts.map(([name, value]) => `<tr><th>${escaped(name)}</th><td><code>${escaped(value)}</code></td></tr>`).join('')}</table><h2>Règles / Rules</h2><table><tr><th>Règle / Rule</th><th>Verdict</th><th>Texte / Text</th><th>Source</th></tr>${rows}</table>`);
}

/** Every mail, newest first, and what was turned away. */
export function indexPage(received: readonly Received[], report: MssSimulatorReport): string {
  const rows = [...received].reverse().slice(0, 500).map(({ number, subject, from, failed, envelope }) =>
    `<tr class="${failed.length > 0 ? 'broken' : ''}"><td><a href="/mails/${String(number)}">${String(number)}</a></td><td>${escaped(subject)}</td><td>${escaped(from)}</td><td>${escaped(envelope.recipients.map(({ address }) => address).join(', '))}</td><td>${failed.length === 0 ? '✓' : failed.map((one) => `<code>${one}</code>`).join(' ')}</td></tr>`).join('');
  const refused = Object.entries(report.turnedAway).map(([reason, count]) => `<li><code>${escaped(reason)}</code> × ${String(count)}</li>`).join('');
  return page('Simulateur MSSanté', `<h1>Simulateur MSSanté</h1><p>Opérateur et destinataires simulés : données fictives seulement. <span lang="en">Simulated operator and recipients: fictive data only.</span></p>
<p>${String(report.arrivals)} courriel(s) reçus / mails received, ${String(report.connections)} connexion(s) / connections, ${String(report.duplicates.length)} doublon(s) / duplicates · <a href="/report.json">JSON</a></p>${refused === '' ? '' : `<h2>Connexions refusées / Connections turned away</h2><ul>${refused}</ul>`}
<h2>Courriels / Mails</h2><table><tr><th>N°</th><th>Objet / Subject</th><th>De / From</th><th>À / To</th><th>Règles enfreintes / Rules broken</th></tr>${rows}</table>`);
}
