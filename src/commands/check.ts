import { planOf } from '../compose/judge.ts';
import { shownCheck } from '../compose/judged.ts';
import type { Config } from '../config/model.ts';
import type { Planned, Planner } from '../planner.ts';
import { findingLines, type Output } from './output.ts';
import { noticeLines, noticeRecord } from './notice-shown.ts';
import { isMailFile, messagesOf, oneLine, readInput, unreadable } from './inputs.ts';

function record(file: string, planned: Planned, output: Output) {
  const { reading } = planned.understood;
  return { file, ...shownCheck(planned, output.language), ...(reading.format === 'mail' ? { notice: noticeRecord(reading.notice) } : {}) };
}

function print(file: string, planned: Planned, output: Output): void {
  const { outcome } = planned;
  const shown = record(file, planned, output);
  output.line(`${file}\n  ${shown.messageType === '' ? shown.format : shown.messageType}${shown.controlId === '' ? '' : ` ${shown.controlId}`} → ${shown.ack?.code ?? output.words('pas d’acquittement', 'no acknowledgement')}`);
  if (shown.identity !== null) output.line(`  ${output.words('identité', 'identity')} : ${shown.identity.qualified ? output.words('qualifiée', 'qualified') : output.words('non qualifiée', 'not qualified')}`);
  if (outcome.notice !== null) for (const text of noticeLines(outcome.notice, output)) output.line(text);
  for (const one of shown.deliveries) output.line(`  → ${one.destination} ${one.action} [${one.state}] ${one.reason.text}`);
  for (const one of outcome.findings) for (const text of findingLines(one, output)) output.line(text);
  if (outcome.losses.length > 0) output.line(`  ${output.words(`${outcome.losses.length} champ(s) ni repris ni conservés`, `${outcome.losses.length} field(s) neither mapped nor kept`)} (--json)`);
}

/** `check FILE…`: exit 0 when every message would be answered AA (or is an acknowledgement), 1 otherwise. */
export function check(files: readonly string[], config: Config, planner: Planner, output: Output): number {
  let exit = 0;
  for (const file of files) {
    const input = readInput(file, (fr, en) => output.words(fr, en));
    if ('problem' in input) {
      exit = 1;
      output.record(unreadable(input, { controlId: '', ack: null, identity: null, deliveries: [] }));
      output.line(`${file}\n  ✗ ${input.problem}`);
      continue;
    }
    const mail = isMailFile(file);
    const planned = (mail ? [input.bytes] : messagesOf(input.bytes)).map((bytes) => planOf(bytes, config, planner, mail));
    if (planned.some(({ outcome }) => outcome.ack === 'AE' || outcome.ack === 'AR')) exit = 1;
    output.record(oneLine(planned.map((one) => record(file, one, output))));
    for (const one of planned) print(file, one, output);
  }
  return exit;
}
