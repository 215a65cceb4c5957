import type { ElementConstraint } from '../registry/definition.ts';
import type { DefinitionPackage } from '../../domain/definition-package.ts';
import type { Structure, Structures } from '../registry/structures.ts';
import { coreBase } from '../registry/type-code.ts';
import type { TypeModel } from '../registry/type-model.ts';
import type { ElementRule, ResourceRule } from '../rules/resource-rule.ts';
import { frameWithin } from '../run/frame.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { Build } from './build.ts';
import { allOf, isObject, lazily, passes, type Check, type Json } from './check.ts';
import { claimedProfiles, profilesEverywhere, type Everywhere } from './claimed.ts';
import { planOf, type ElementPlan } from './plan.ts';
import { rootCheck } from './root.ts';

export interface CompilerParts {
  readonly structures: Structures;
  readonly model: TypeModel;
  readonly terminology: Terminology;
  readonly mode: 'generated' | 'closures';
  /** Rules outside profiles, by resource type; `*` for all. */
  readonly rules: ReadonlyMap<string, readonly ResourceRule[]>;
  readonly elementRules: ReadonlyMap<string, readonly ElementRule[]>;
  /** Profiles that every resource of their type must meet, contained ones apart. */
  readonly everywhere: readonly string[];
}

/** Makes checks of definitions, each once, each when first needed. */
export class Compiler {
  readonly structures: Structures;
  readonly model: TypeModel;
  readonly terminology: Terminology;
  readonly mode: 'generated' | 'closures';
  readonly #asked: readonly string[];
  #everywhere: Everywhere | undefined;
  readonly #rules: CompilerParts['rules'];
  readonly #elementRules: CompilerParts['elementRules'];
  readonly #rulesOf = new Map<string, readonly ResourceRule[]>();
  readonly #builds = new Map<Structure, Build | undefined>();
  readonly #profiles = new Map<Structure, Check>();
  readonly #types = new Map<string, Check>();
  readonly #constraints = new Map<string, readonly ElementConstraint[]>();

  constructor(parts: CompilerParts) {
    this.structures = parts.structures;
    this.model = parts.model;
    this.terminology = parts.terminology;
    this.mode = parts.mode;
    this.#asked = parts.everywhere;
    this.#rules = parts.rules;
    this.#elementRules = parts.elementRules;
  }

  /** The plan of a definition; undefined when it has no usable snapshot. */
  build(structure: Structure): Build | undefined {
    if (this.#builds.has(structure)) return this.#builds.get(structure);
    const tree = this.structures.tree(structure);
    const build = tree === undefined ? undefined : { compiler: this, structure, root: planOf(structure, tree).root };
    this.#builds.set(structure, build);
    return build;
  }

  buildOf(canonical: string, from: DefinitionPackage | undefined): Build | undefined {
    const structure = this.structures.find(canonical, from);
    return structure === undefined ? undefined : this.build(structure);
  }

  /** The check of a whole profile or type on a value. */
  profile(structure: Structure): Check {
    let check = this.#profiles.get(structure);
    if (check === undefined) {
      check = lazily(() => {
        const build = this.build(structure);
        const reason = this.structures.problems(structure)[0]?.element ?? '';
        const unusable: Check = (_value, run) => run.report(profileRules.profileUnusable, [structure.label, reason]);
        try {
          return build === undefined ? unusable : rootCheck(build);
        } catch {
          return unusable; // a definition that is no StructureDefinition in some part
        }
      });
      this.#profiles.set(structure, check);
    }
    return check;
  }

  /** The check of a datatype by its code. */
  type(code: string): Check {
    let check = this.#types.get(code);
    if (check === undefined) {
      const structure = this.structures.ofType(code);
      check = structure === undefined ? passes : this.profile(structure);
      this.#types.set(code, check);
    }
    return check;
  }

  /** What every resource of a type must meet, whatever it claims. */
  get everywhere(): Everywhere {
    this.#everywhere ??= profilesEverywhere(this.structures, this.#asked);
    return this.#everywhere;
  }

  isResource(code: string): boolean {
    return code === 'Resource' || code === 'DomainResource' || this.model.type(code)?.kind === 'resource';
  }

  /** The invariants on the root of a datatype: they hold for every element of that type. */
  typeConstraints(code: string): readonly ElementConstraint[] {
    const known = this.#constraints.get(code);
    if (known !== undefined) return known;
    const build = this.isResource(code) ? undefined : this.buildOf(coreBase + code, undefined);
    const constraints = build?.root.constraints ?? [];
    this.#constraints.set(code, constraints);
    return constraints;
  }

  /** `id` and `extension` of a primitive type. */
  elementChildren(code: string): readonly ElementPlan[] {
    return (this.buildOf(coreBase + code, undefined) ?? this.buildOf(`${coreBase}Element`, undefined))?.root.children ?? [];
  }

  /** A resource against its type and the profiles it claims, and the rules outside profiles. */
  claimed(resource: Json, run: Run): void {
    if (!run.silent && !run.firstLook(resource)) return;
    const type = resource.resourceType;
    const base = typeof type === 'string' && this.isResource(type) ? this.structures.ofType(type) : undefined;
    if (base === undefined || base.definition.abstract === true) {
      this.unknownResource(resource, run);
      return;
    }
    const profiles = claimedProfiles(resource, base, this, run);
    if (profiles.length === 0 && !run.held(resource).some(held => held.definition.type === base.definition.type)) this.once(resource, base, run);
    for (const profile of profiles) this.once(resource, profile, run);
    this.applyRules(resource, base.definition.type, run);
  }

  applyRules(resource: Json, type: string, run: Run): void {
    let rules = this.#rulesOf.get(type);
    if (rules === undefined) this.#rulesOf.set(type, rules = [...this.#rules.get(type) ?? [], ...this.#rules.get('*') ?? []]);
    for (const rule of rules) rule.check(resource, run, this);
  }

  /** The rules outside profiles for a datatype, as one check. */
  elementRule(code: string): Check {
    const rules = this.#elementRules.get(code) ?? [];
    return allOf(rules.map(({ check }): Check => (value, run) => isObject(value) ? check(value, run, this) : undefined));
  }

  /** Checks a resource against a profile unless this run has done so, or does so now. */
  once(resource: Json, structure: Structure, run: Run): void {
    if (run.silent) this.profile(structure)(resource, run);
    else if (run.hold(resource, structure) && !run.isClean(resource, structure)) run.learn(resource, structure, () => this.profile(structure)(resource, run));
  }

  /** Does a value meet a profile? Nothing is reported. A resource is looked at from where it stands. */
  conforms(value: unknown, structure: Structure, run: Run): boolean {
    const check = this.profile(structure);
    const name = isObject(value) ? value.resourceType : undefined;
    const { type } = structure.definition;
    if (!isObject(value) || typeof name !== 'string' || !this.isResource(type)) return run.probe(() => check(value, run));
    if (name !== type && type !== 'Resource' && type !== 'DomainResource') return false;
    return run.verdictOf(value, structure, () => run.within(frameWithin(value, name, run.frame), () => check(value, run))).passed;
  }

  unknownResource(resource: unknown, run: Run): void {
    const name = isObject(resource) ? resource.resourceType : undefined;
    const known = typeof name === 'string' && /^[A-Z][A-Za-z]{1,40}$/.test(name);
    run.report(profileRules.resourceType, known ? [`resourceType : ${name}`, `resourceType: ${name}`] : ['', '']);
  }
}
