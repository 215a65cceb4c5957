import { planOf } from '../compose/judge.ts';
import type { Config } from '../config/model.ts';
import { catalogue } from '../domain/catalogue.ts';
import { say, type Finding } from '../domain/finding.ts';
import type { Planned, Planner } from '../planner.ts';
import { findingLines, findingRecord, type Output } from './output.ts';
import { noticeLines, noticeRecord } from './notice-shown.ts';
import { isMailFile, messagesOf, oneLine, readInput, unreadable } from './inputs.ts';

/** ERR of the acknowledgement, in parts. */
const ackErrors = (findings: readonly Finding[], output: Output) => findings.filter((one) => one.severity === 'error').map((one) => {
  const hl7 = (catalogue[one.code]).hl7;
  return { code: one.code, location: one.location, err3: hl7?.err3 ?? 207, err5: hl7?.err5 ?? null, text: say(one, output.language).text };
});

function record(file: string, { understood, outcome, plan }: Planned, output: Output) {
  const { identified } = understood.reading;
  const { identity } = outcome;
  return {
    file, format: identified.format, messageType: identified.type, controlId: identified.controlId,
    ack: outcome.ack === null ? null : { code: outcome.ack, errors: ackErrors(outcome.findings, output) },
    identity: identity === null ? null : { matriculeIns: identity.ins?.matricule ?? null, oid: identity.ins?.oid ?? null, status: identity.statuses[0] ?? null, qualified: identity.qualified },
    deliveries: plan.deliveries.map(({ destination, system, action, state, reason, headers, recipient }) => ({ destination, system, action, state, recipient, reason: { code: reason.code, text: say({ severity: 'information', code: reason.code, location: '', text: '', spec: '', args: reason.args ?? [] }, output.language).text }, headers })),
    findings: outcome.findings.map((one) => findingRecord(one, output)), loss: outcome.losses,
    ...(understood.reading.format === 'mail' ? { notice: noticeRecord(understood.reading.notice) } : {}),
    facts: outcome.facts.map(({ keys: _keys, ...fact }) => fact),
  };
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
