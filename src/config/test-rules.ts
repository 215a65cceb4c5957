import { finding, type Finding } from '../domain/finding.ts';
import type { Config, RouteRule, RuleTest } from './model.ts';

export interface RuleTestResult { readonly name: string; readonly expected: readonly string[]; readonly got: readonly string[]; readonly passed: boolean; readonly fault: Finding | null }

/** Plays the tests written beside the rules. `match` is routing's own: what is tested is what runs. */
export function testRules(config: Config, match: (rules: readonly RouteRule[], given: RuleTest['given']) => readonly string[]): RuleTestResult[] {
  return config.tests.map(({ name, given, expect }, i) => {
    const got = [...new Set(match(config.rules, given))].sort();
    const expected = [...new Set(expect)].sort();
    const passed = expected.length === got.length && expected.every((one, i) => one === got[i]);
    return { name, expected, got, passed, fault: passed ? null : finding('config.rule-test-failed', `tests[${i}]`, name, told(got), told(expected)) };
  });
}

const told = (ids: readonly string[]) => ids.length === 0 ? '∅' : ids.join(', ');
