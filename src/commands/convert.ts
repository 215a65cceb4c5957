import type { Bundle } from '@medplum/fhirtypes';
import type { Config } from '../config/model.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { Planned, Planner } from '../planner.ts';
import { planOf } from './check.ts';
import { messagesOf, oneLine, readInput, unreadable } from './inputs.ts';
import { findingLines, findingRecord, type Output } from './output.ts';

/** The Bundle as a reader wants it: each Binary with its document's bytes. The journal keeps them apart. */
export function withDocuments(bundle: Bundle, binaries: Readonly<Record<string, string>>, documents: readonly ReadDocument[]): Bundle {
  const entry = bundle.entry?.map((one) => {
    const name = one.fullUrl === undefined ? undefined : binaries[one.fullUrl];
    const document = documents.find((each) => each.name === name);
    return document === undefined || one.resource?.resourceType !== 'Binary' ? one : { ...one, resource: { ...one.resource, data: Buffer.from(document.bytes).toString('base64') } };
  });
  return { ...bundle, ...(entry === undefined ? {} : { entry }) };
}

function record(file: string, { understood: { reading, normalized, order } }: Planned, output: Output) {
  const findings = [...reading.findings, ...reading.documents.flatMap((one) => one.findings), ...(order?.findings ?? []), ...normalized.findings];
  const bundle = withDocuments(normalized.bundle, normalized.binaries, reading.documents);
  return { shown: { file, format: reading.format, messageType: reading.identified.type, bundle, findings: findings.map((one) => findingRecord(one, output)), loss: normalized.losses }, findings };
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
    const records = messagesOf(input.bytes).map((bytes) => record(file, planOf(bytes, config, planner), output));
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
