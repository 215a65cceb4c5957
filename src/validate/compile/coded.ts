import { nearest } from '../run/nearest.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { hint } from './binding.ts';
import type { Build } from './build.ts';
import { allOf, isObject, passes, type Check, type Json } from './check.ts';

/**
 * What is true of an element whatever the profile: a code exists in its system when that is at hand and says its
 * display, and the rules outside profiles hold.
 */
export function codedCheck(code: string, build: Build): Check {
  const { terminology } = build.compiler;
  const own: Check = code === 'Coding' ? (value, run) => isObject(value) ? coding(value, run, terminology) : undefined
    : code === 'Quantity' ? (value, run) => isObject(value) ? unit(value, run, terminology) : undefined
      : passes;
  return allOf([own, build.compiler.elementRule(code)]);
}

function coding(value: Json, run: Run, terminology: Terminology): void {
  const { system, code, display } = value;
  if (typeof system !== 'string' || typeof code !== 'string') return;
  const concept = terminology.concept(system, code);
  if (concept === undefined) return;
  if (concept === null) {
    unknownCode(system, code, run, terminology);
    return;
  }
  if (concept.code !== code) run.report(profileRules.codeCase, [concept.code, system]);
  if (typeof display === 'string' && concept.display !== undefined && display !== concept.display && !isDisplay(display, [concept.display, ...concept.designations])) {
    run.report(profileRules.display, [concept.code, system, concept.display]);
  }
}

function unknownCode(system: string, code: string, run: Run, terminology: Terminology): void {
  const [first] = run.silent ? [] : terminology.codeSystems(system);
  const close = first === undefined || first.codes.size > 5000 ? undefined : nearest(code, first.codes.keys());
  run.report(profileRules.codeUnknown, [system, ...hint(close)]);
}

function isDisplay(display: string, known: readonly string[]): boolean {
  const wanted = display.trim().toLowerCase();
  return known.some(one => one === display || one.trim().toLowerCase() === wanted);
}

function unit(value: Json, run: Run, terminology: Terminology): void {
  const { system, code } = value;
  if (system !== 'http://unitsofmeasure.org' || typeof code !== 'string') return;
  if (terminology.grammar(system)?.(code) === false) run.report(profileRules.ucum, []);
}
