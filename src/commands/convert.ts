import type { Bundle } from '@medplum/fhirtypes';
import type { Config } from '../config/model.ts';
import { splitMessages } from '../formats/hl7v2/split.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { Planner } from '../planner.ts';
import { planOf } from './check.ts';
import { readInput } from './inputs.ts';
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

/** `convert FILE…`: read and normalize. Exit 0 when every file gave a Bundle without error. */
export function convert(files: readonly string[], config: Config, planner: Planner, output: Output): number {
  let exit = 0;
  for (const file of files) {
    const input = readInput(file, (fr, en) => output.words(fr, en));
    if ('problem' in input) {
      exit = 1;
      output.record({ file, format: 'unknown', messageType: '', bundle: null, findings: [{ severity: 'error', code: 'file', location: file, text: input.problem, spec: '' }], loss: [] });
      output.line(`${file}\n  ✗ ${input.problem}`);
      continue;
    }
    for (const bytes of splitMessages(input.bytes)) {
      const { understood: { reading, normalized, order } } = planOf(bytes, config, planner);
      const findings = [...reading.findings, ...reading.documents.flatMap((one) => one.findings), ...(order?.findings ?? []), ...normalized.findings];
      if (findings.some((one) => one.severity === 'error')) exit = 1;
      const bundle = withDocuments(normalized.bundle, normalized.binaries, reading.documents);
      output.record({ file, format: reading.format, messageType: reading.identified.type, bundle, findings: findings.map((one) => findingRecord(one, output)), loss: normalized.losses });
      if (!output.json) {
        output.line(JSON.stringify(bundle, null, 2));
        for (const one of findings) for (const text of findingLines(one, output)) process.stderr.write(`${text}\n`);
        for (const one of normalized.losses) process.stderr.write(`  - ${one.location} : ${one.reason}\n`);
      }
    }
  }
  return exit;
}
