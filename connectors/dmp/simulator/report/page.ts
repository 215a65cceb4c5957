import { createHash } from 'node:crypto';
import { escape } from '../xml.ts';
import type { Words } from '../rule.ts';

export type Language = 'fr' | 'en';

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #ccc}
code{font-size:.9em;overflow-wrap:anywhere}.fail{color:#a00000;font-weight:600}.warn{color:#8a5a00;font-weight:600}.pass{color:#1c6b1c}.na{color:#666}
.note{border:1px solid #888;padding:.5rem 1rem}small{color:#555}
@media print{body{margin:0;max-width:none}nav{display:none}tr{break-inside:avoid}a{color:inherit;text-decoration:none}}`;

/** No script at all, no outside resource; the one style sheet by its hash. */
export const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Said on every page: what this is, and what it is not. */
const notice: Words = {
  fr: 'Simulateur de DMP du projet Passerelle, construit sur des sources publiques ; il n’est ni le DMP ni un outil de l’Assurance Maladie. Ce rapport peut être joint à un dossier d’homologation comme trace d’essai : il ne vaut pas homologation, et Passerelle n’en revendique aucune.',
  en: 'DMP simulator of the Passerelle project, built on public sources; it is neither the DMP nor a tool of the French health insurance. This report may be added to a homologation file as a trace of tests: it is no homologation, and Passerelle claims none.',
};

/** `words` in the language of the page, escaped. */
export const say = (language: Language, fr: string, en: string): string => escape(language === 'fr' ? fr : en);

export function page(language: Language, title: Words, body: string, path: string): string {
  const other = language === 'fr' ? `<a href="${escape(path)}?lang=en" lang="en">English</a>` : `<a href="${escape(path)}" lang="fr">Français</a>`;
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title[language])}</title><style>${style}</style></head>
<body><nav><a href="/simulator${language === 'en' ? '?lang=en' : ''}">${say(language, 'Envois', 'Requests')}</a> · <a href="/simulator/rules${language === 'en' ? '?lang=en' : ''}">${say(language, 'Règles', 'Rules')}</a> · ${other}</nav>
<h1>${escape(title[language])}</h1>
${body}
<p class="note">${escape(notice[language])}</p></body></html>
`;
}
