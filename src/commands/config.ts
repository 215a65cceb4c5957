import { explained, explainText } from '../config/explain.ts';
import { faultLine } from '../config/fault.ts';
import { lintConfig } from '../config/load.ts';
import { testRules } from '../config/test-rules.ts';
import { connectors } from '../../connectors/index.ts';
import { preparersFor } from '../plan-settings.ts';
import { matchRules, type Carries } from '../route/rules.ts';
import { missingPackages } from '../compose/missing-packages.ts';
import { unaddressed } from '../compose/unaddressed.ts';
import { checkTls } from '../net/check-tls.ts';
import type { Output } from './output.ts';

/** `config lint`: every fault at once, the connectors' own settings included. Exit 0 when it can be used. */
export function lint(file: string | null, output: Output): number {
  const linted = lintConfig(file);
  if (linted.config !== null) {
    for (const { name, tls } of linted.config.listeners) {
      if (tls === null) continue;
      for (const { code, args } of checkTls(tls, name, Date.now())) linted.fault(code, `listeners.${name}.tls`, null, args);
    }
    for (const one of linted.config.destinations) {
      const alone = unaddressed({ ...linted.config, destinations: [one] });
      try { preparersFor(alone, connectors); } catch (error) { linted.fault('config.connector-settings', `destinations.${one.id}.settings`, null, [one.id, error instanceof Error ? error.message : 'unknown']); }
    }
  }
  for (const { destination, name } of linted.config === null ? [] : missingPackages(linted.config)) {
    linted.fault('config.package-missing', `destinations.${destination}.validation.packages`, null, [name, destination]);
  }
  const errors = linted.faults.filter((one) => one.severity === 'error').length;
  output.record({ file: linted.file, valid: errors === 0, faults: linted.faults.map(({ code, severity, location, line, column, text, near }) => ({ code, severity, location, line, column, text, near })) });
  for (const fault of linted.faults) output.line(faultLine(fault, output.language));
  if (errors === 0) output.line(output.words(`${linted.file} : utilisable`, `${linted.file}: usable`));
  return errors === 0 ? 0 : 1;
}

export function explain(path: string, output: Output): number {
  output.record(explained().filter((one) => one.path.startsWith(path)));
  output.line(explainText(output.language, path));
  return 0;
}

/** `config test`: the tests written beside the rules, played with routing's own matcher. */
export function test(file: string | null, output: Output): number {
  const { config, faults } = lintConfig(file);
  if (config === null) { for (const fault of faults) output.line(faultLine(fault, output.language)); return 1; }
  const results = testRules(config, (rules, given) => matchRules(rules, {
    ...given, carries: new Set(given.carries as Carries[]),
  }).map((one) => one.destination));
  for (const one of results) {
    output.record(one);
    output.line(`${one.passed ? '✓' : '✗'} ${one.name}${one.passed ? '' : output.words(` : attendu ${one.expected.join(', ') || 'rien'}, obtenu ${one.got.join(', ') || 'rien'}`, `: expected ${one.expected.join(', ') || 'nothing'}, got ${one.got.join(', ') || 'nothing'}`)}`);
  }
  return results.every((one) => one.passed) ? 0 : 1;
}
