import { converted, planOf } from '../compose/judge.ts';
import type { Config } from '../config/model.ts';
import type { Planned, Planner } from '../planner.ts';
import { isMailFile, messagesOf, oneLine, readInput, unreadable } from './inputs.ts';
import { findingLines, findingRecord, type Output } from './output.ts';

function record(file: string, planned: Planned, output: Output) {
  const { format, messageType, bundle, findings, loss } = converted(planned);
  return { shown: { file, format, messageType, bundle, findings: findings.map((one) => findingRecord(one, output)), loss }, findings };
}

/** `convert FILE…`: read and normalize. Exit 0 when every file gave a Bundle without error. */
export function convert(files: readonly string[], config: Config, planner: Planner, output: Output): number {
  let exit = 0;
  for (const file of files) {
    const input = readInput(file, (fr, en) => output.words(fr, en));
    if ('problem' in input) {
      exit = 1;
      output.record(unreadable(input, { bundle: null }));
      output.line(`${file}\n  ✗ ${input.problem}`);
      continue;
    }
    const mail = isMailFile(file);
    const records = (mail ? [input.bytes] : messagesOf(input.bytes)).map((bytes) => record(file, planOf(bytes, config, planner, mail), output));
    if (records.some(({ findings }) => findings.some((one) => one.severity === 'error'))) exit = 1;
    output.record(oneLine(records.map(({ shown }) => shown)));
    for (const { shown, findings } of records) {
      output.line(JSON.stringify(shown.bundle, null, 2));
      if (output.json) continue;
      for (const one of findings) for (const text of findingLines(one, output)) process.stderr.write(`${text}\n`);
      for (const one of shown.loss) process.stderr.write(`  - ${one.location} : ${one.reason}\n`);
    }
  }
  return exit;
}
