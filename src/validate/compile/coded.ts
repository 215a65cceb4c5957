import { nearest } from '../run/nearest.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { hint } from './binding.ts';
import type { Build } from './build.ts';
import { isObject, passes, type Check, type Json } from './check.ts';

/** What is true of a code whatever the profile: it exists in its system when that is at hand, and says its display. */
export function codedCheck(code: string, build: Build): Check {
  const { terminology } = build.compiler;
  if (code === 'Coding') return (value, run) => isObject(value) ? coding(value, run, terminology) : undefined;
  if (code === 'Quantity') return (value, run) => isObject(value) ? unit(value, run, terminology) : undefined;
  return passes;
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
  if (typeof display === 'string' && concept.display !== undefined && !isDisplay(display, [concept.display, ...concept.designations])) {
    run.report(profileRules.display, [concept.code, system, concept.display]);
  }
}

function unknownCode(system: string, code: string, run: Run, terminology: Terminology): void {
  const shown = /^[\w.:/ -]{1,64}$/.test(code) ? code : '…';
  const [first] = run.silent ? [] : terminology.codeSystems(system);
  const close = first === undefined || first.codes.size > 5000 ? undefined : nearest(code, first.codes.keys());
  run.report(profileRules.codeUnknown, [shown, system, ...hint(close)]);
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
