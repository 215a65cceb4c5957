import { mkdirSync } from 'node:fs';
import { loadConfig } from '../config/load.ts';
import type { AuditProblem, AuditRow } from '../operate/api/contract/audit.ts';
import { auditSecret } from '../compose/operators.ts';
import { keyRingOf } from '../compose/keys.ts';
import { openAudit } from '../operate/audit/open.ts';
import { controlled } from './controlled.ts';
import { plain, type Output } from './output.ts';

export interface AuditOptions { readonly who?: string; readonly act?: string; readonly outcome?: AuditRow['outcome']; readonly message?: string }

/** Pages of the log, until there are as many rows as asked. */
export function list(file: string | null, { who, act, outcome, message }: AuditOptions, limit: number, output: Output): number {
  const config = loadConfig(file);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const audit = openAudit(config.data, Date.now, auditSecret(keyRingOf(config)));
  try {
    let left = limit;
    for (let cursor: number | null | undefined; cursor !== null && left > 0;) {
      const { rows, next } = audit.list({ who, act, outcome, message, cursor }, left);
      for (const row of rows) {
        output.record(row);
        const objects = Object.entries(row.objects).map(([name, value]) => `${name}=${value}`).join(' ');
        output.line(plain(`${String(row.seq).padStart(7)}  ${new Date(row.at).toISOString()}  ${row.who.padEnd(16)} ${row.act.padEnd(16)} ${row.outcome.padEnd(8)} ${objects}${row.fault === null ? '' : ` [${row.fault}]`}${row.reason === null ? '' : ` : ${row.reason}`}`));
      }
      left -= rows.length;
      cursor = next;
    }
  } finally { audit.close(); }
  return 0;
}

const words: Readonly<Record<AuditProblem['problem'], readonly [fr: string, en: string]>> = {
  'row-changed': ['ligne modifiée', 'row edited'], 'chain-broken': ['ligne déplacée ou refaite', 'row moved or made anew'], missing: ['ligne retirée', 'row removed'],
  truncated: ['fin du journal coupée', 'tail of the log cut off'], 'head-changed': ['journal refait', 'log made anew'], 'anchor-missing': ['le journal des messages ne connaît plus celui d’audit', 'the messages’ journal does not know the audit log any more'],
};

export async function verify(file: string | null, output: Output): Promise<number> {
  const found = await controlled(file, (control) => control.verifyAudit());
  output.record(found);
  for (const { seq, problem } of found.problems) output.line(`✗ ${seq} : ${output.words(...words[problem])}`);
  for (const seq of found.unfinished) output.line(`? ${seq} : ${output.words('acte commencé, sans fin écrite : il a pu être fait', 'act begun, its end not written: it may have been done')}`);
  output.line(found.sound
    ? output.words(`Journal d’audit intact : ${found.rows} ligne(s), tête ${found.head.hash.slice(0, 16)}.`, `Audit log whole: ${found.rows} row(s), head ${found.head.hash.slice(0, 16)}.`)
    : output.words('Le journal d’audit a été modifié : gardez-en une copie telle quelle et prévenez le responsable de la sécurité.', 'The audit log was changed: keep a copy of it as it is and tell the security officer.'));
  return found.sound ? 0 : 1;
}
