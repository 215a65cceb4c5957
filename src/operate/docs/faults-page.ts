import { catalogue } from '../../domain/catalogue.ts';
import type { FaultEntry } from '../../domain/fault.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** How a fault is said to a sender: MSA-1, ERR-3/ERR-5, HTTP status. */
function said({ hl7, http }: FaultEntry): string {
  const parts = [hl7 === undefined ? '' : `${hl7.ack} ${hl7.err3}${hl7.err5 === undefined ? '' : `/${hl7.err5}`}`, http === undefined ? '' : `HTTP ${http}`];
  return parts.filter((one) => one !== '').join(', ');
}

/** docs/faults.md: every fault and finding, French first. Generated: the catalogue is the source. */
export function faultsPage(): string {
  const entries = Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([code, entry]) =>
    `| \`${code}\` | ${entry.severity} | ${entry.class}, ${entry.blame} | ${cell(entry.text.fr)}<br>*${cell(entry.text.en)}* | ${cell(entry.advice.fr)}<br>*${cell(entry.advice.en)}* | ${said(entry)} | ${cell(entry.spec)} |`);
  return [
    '# Anomalies — faults and findings', '',
    'Généré depuis `src/domain/faults/` par `npm run docs` — generated, do not edit. `{0}` est un lieu ou un code, jamais une valeur de patient — a place or a code, never a patient’s value.', '',
    '| code | gravité — severity | classe, à qui d’agir — class, who acts | texte — text | conseil — advice | dit à l’émetteur — told to the sender | clause |', '|---|---|---|---|---|---|---|', ...rows, '',
  ].join('\n');
}
