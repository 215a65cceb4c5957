import { nearest } from '../run/nearest.ts';
import type { Run } from '../run/run.ts';
import { structureRules } from '../run/structure-rules.ts';
import type { Build } from './build.ts';
import { isObject, type Check, type Json } from './check.ts';
import { anything, closureDispatch, generatedDispatch, type Dispatching, type Property } from './dispatch.ts';
import type { Host } from './host.ts';
import type { ElementPlan, TypePlan } from './plan.ts';
import { isPrimitive } from './primitive.ts';
import { propertyCheck } from './property.ts';

export interface ObjectOptions {
  /** A resource carries `resourceType`; a primitive's `_name` object has no `value`; of a partial only some children are said. */
  readonly kind: 'resource' | 'element' | 'sibling' | 'partial';
  readonly host: Host;
}

type Absent = (holder: Json, run: Run) => void;

/** The check of an object with these children: each property by its name, then what should have been there. */
export function objectCheck(children: readonly ElementPlan[], build: Build, options: ObjectOptions): Check {
  const properties = new Map<string, Property>();
  const needed: { readonly bit: number; readonly absent: Absent }[] = [];
  let bits = 0;
  if (options.kind === 'resource') properties.set('resourceType', { check: () => undefined, bit: 0, choice: false });
  for (const plan of children) {
    if (options.kind === 'sibling' && plan.name === 'value') continue;
    const compiled = propertyCheck(plan, build, options.host);
    const bit = plan.choice || (compiled.absent !== undefined && bits < 20) ? 1 << bits++ : 0;
    for (const [key, check] of compiled.checks) properties.set(key, { check, bit, choice: plan.choice });
    if (compiled.absent !== undefined) needed.push({ bit, absent: bit === 0 ? unlessThere(plan, compiled.absent) : compiled.absent });
  }
  const all = needed.reduce((mask, one) => mask | one.bit, needed.some(one => one.bit === 0) ? ~0 : 0);
  const dispatching: Dispatching = {
    properties,
    unknown: options.kind === 'partial' ? () => undefined : (key, _holder, run) => unknownProperty(key, run, children, properties, build),
    twice: (key, holder, run) => run.report(structureRules.oneChoice, [choiceOf(children, key), ...thoseOf(children, key, holder)]),
  };
  const dispatch = (build.compiler.mode === 'generated' ? generatedDispatch(dispatching) : undefined) ?? closureDispatch(dispatching);
  const mayBeEmpty = options.kind === 'sibling';
  return (value, run) => {
    if (!isObject(value)) {
      run.report(structureRules.mustBeObject, [build.structure.definition.type]);
      return;
    }
    if (++run.nesting > 120) {
      run.report(structureRules.tooDeep, []);
      run.nesting -= 1;
      return;
    }
    const seen = dispatch(value, run);
    if ((seen & all) !== all) for (const { bit, absent } of needed) if ((seen & bit) === 0) absent(value, run);
    if (!mayBeEmpty && (seen & anything) === 0) run.report(structureRules.emptyObject, []);
    run.nesting -= 1;
  };
}

function unlessThere(plan: ElementPlan, absent: Absent): Absent {
  const { name } = plan;
  const sibling = `_${name}`;
  if (!plan.types.some(type => isPrimitive(type.code))) return (holder, run) => holder[name] === undefined ? absent(holder, run) : undefined;
  return (holder, run) => holder[name] === undefined && holder[sibling] === undefined ? absent(holder, run) : undefined;
}

function unknownProperty(key: string, run: Run, children: readonly ElementPlan[], properties: ReadonlyMap<string, Property>, build: Build): void {
  const bare = key.startsWith('_') ? key.slice(1) : key;
  const choice = children.find(plan => plan.choice && bare.startsWith(plan.name) && /^[A-Z]/.test(bare.slice(plan.name.length)));
  const type = choice === undefined ? undefined : build.compiler.model.type(codeOf(bare.slice(choice.name.length), build));
  if (choice !== undefined && type !== undefined) {
    const allowed = choice.types.map(one => one.code).join(', ');
    run.report(structureRules.typeNotAllowed, [choice.path, allowed, type.name], build.structure.label);
    return;
  }
  const close = nearest(key, properties.keys());
  // A name that could be a property is repeated; anything else could be a value in the wrong place.
  const shown = /^_?[a-z][A-Za-z]{0,63}$/.test(key) ? key : '…';
  run.report(structureRules.unknownProperty, close === undefined ? [shown, '', ''] : [shown, `Vouliez-vous dire « ${close} » ?`, `Did you mean "${close}"?`]);
}

function codeOf(suffix: string, build: Build): string {
  const primitive = suffix.charAt(0).toLowerCase() + suffix.slice(1);
  return isPrimitive(primitive) && build.compiler.model.type(suffix) === undefined ? primitive : suffix;
}

function choiceOf(children: readonly ElementPlan[], key: string): string {
  return children.find(plan => plan.types.some((type: TypePlan) => type.key === key || `_${type.key}` === key))?.path ?? key;
}

/** The two names that clash. */
function thoseOf(children: readonly ElementPlan[], key: string, holder: Json): string[] {
  const plan = children.find(one => one.types.some(type => type.key === key));
  return (plan?.types ?? []).map(type => type.key).filter(name => holder[name] !== undefined);
}

