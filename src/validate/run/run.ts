import type { EntryResources } from '../fhirpath/ground.ts';
import type { Env } from '../fhirpath/env.ts';
import { resourceNode, type FhirNode } from '../fhirpath/item.ts';
import { rootOf, type Frame } from './frame.ts';
import type { BundleIndex } from './resolve.ts';
import type { Issue } from './issue.ts';
import { placeOf, type Step } from './place.ts';
import { ResourceRecord, type Verdict } from './resource-record.ts';
import type { Rule, Severity } from './rule.ts';
import type { Structure } from '../registry/structures.ts';

/** Beyond this nobody reads on; a hostile resource could make millions. */
const maxIssues = 500;
const maxNesting = 120;

export interface RunOptions {
  readonly unknownExtensions: 'error' | 'warning' | 'ignore';
  readonly resolve: (run: Run, reference: string, from: Frame) => Target | undefined;
}


/** What a reference points at, inside the Bundle or contained. */
export interface Target { readonly resource: Readonly<Record<string, unknown>>; readonly type: string; readonly frame: Frame }

/** Everything that changes while one resource is validated. Compiled checks are shared, a Run never is. */
export class Run {
  readonly options: RunOptions;
  readonly steps: (Step | number)[] = [];
  depth = 0;
  nesting = 0;
  frame: Frame;
  /** Steps that lead to the resource in focus. */
  frameDepth = 0;
  readonly whole: Frame['resource'];
  readonly env: MutableEnv;
  issues: Issue[] = [];
  /** Errors counted, including those of a probe, which are not kept. */
  errors = 0;
  unchecked: Map<string, string> | undefined;
  /** What references lead to, for each Bundle looked into. */
  bundles: Map<unknown, BundleIndex> | undefined;
  /** What is known of each resource, so that Bundle slices and references do not repeat the work. */
  #records: Map<unknown, ResourceRecord> | undefined;
  /** The one asked for last: a resource is asked about many times in a row, and most messages are one resource. */
  #record: ResourceRecord;
  /** Kept by direct invariants. */
  readonly entries: EntryResources = new Map();
  readonly root: string;
  #silent = 0;
  #errorsKept = 0;
  /** Everything reported, kept or not: tells a check that found nothing at all. */
  #reports = 0;
  #said: Map<string, Issue[]> | undefined;
  #visits: Map<unknown, Set<string>> | undefined;

  constructor(root: Frame, env: MutableEnv, options: RunOptions) {
    this.frame = root;
    this.whole = root.resource;
    this.#record = new ResourceRecord(root.resource);
    this.env = env;
    this.options = options;
    this.root = root.type;
  }

  push(step: Step | number): void {
    this.steps[this.depth++] = step;
  }

  pop(): void {
    this.depth -= 1;
  }

  get silent(): boolean {
    return this.#silent > 0;
  }

  /** True when the content is nested so deeply that the walk must stop here. */
  get tooDeep(): boolean {
    return this.nesting > maxNesting;
  }

  report(rule: Rule, args: readonly string[], profile?: string, severity: Severity = rule.severity, id: string = rule.id): void {
    const error = severity === 'error' || severity === 'fatal';
    this.#reports += 1;
    if (error) this.errors += 1;
    if (this.#silent > 0) return;
    // Warnings never crowd out the errors that decide.
    if (error ? this.#errorsKept >= maxIssues : this.issues.length >= maxIssues) return;
    const place = placeOf(this.root, this.steps, this.depth);
    // The base type and several profiles may all say the same of one place: it is said once.
    this.#said ??= new Map();
    const here = this.#said.get(place.expression);
    if (here?.some(one => one.id === id && one.severity === severity && one.args.join(' ') === args.join(' ')) === true) return;
    const issue = { rule, severity, place, args, id, profile };
    if (here === undefined) this.#said.set(place.expression, [issue]);
    else here.push(issue);
    if (error) this.#errorsKept += 1;
    this.issues.push(issue);
  }

  /** Reports at a child of the present place. */
  reportAt(step: Step, rule: Rule, args: readonly string[], profile?: string): void {
    this.push(step);
    this.report(rule, args, profile);
    this.pop();
  }

  notChecked(valueSet: string): void {
    this.#reports += 1;
    if (this.#silent > 0) return;
    this.unchecked ??= new Map();
    if (!this.unchecked.has(valueSet)) this.unchecked.set(valueSet, this.expression());
  }

  expression(): string {
    return placeOf(this.root, this.steps, this.depth).expression;
  }

  /**
   * Does a resource pass a definition? Asked once a run: the Patient of a message is the target of all its references.
   * The check runs in silence, from where the resource stands.
   */
  verdictOf(resource: unknown, definition: Structure, check: () => void): Verdict {
    const record = this.#of(resource);
    const known = record.verdict(definition);
    if (known !== undefined) return known;
    const before = this.#reports;
    const passed = this.probe(check);
    return record.keep({ definition, passed, clean: this.#reports === before });
  }

  /** Runs a check that reports, and keeps what came of it: who refers to the resource later need not ask again. */
  learn(resource: unknown, definition: Structure, check: () => void): void {
    const { errors } = this;
    const before = this.#reports;
    check();
    this.#of(resource).keep({ definition, passed: this.errors === errors, clean: this.#reports === before });
  }

  /** True the first time: a resource of a sliced Bundle is met as an entry and as an item of its slice. */
  firstLook(resource: unknown): boolean {
    const record = this.#of(resource);
    if (record.looked && resource !== this.whole) return false;
    record.looked = true;
    return true;
  }

  /** Was a resource found to be without any remark against a definition? */
  isClean(resource: unknown, definition: Structure): boolean {
    return this.#of(resource).verdict(definition)?.clean === true;
  }

  #of(resource: unknown): ResourceRecord {
    if (resource === this.#record.resource) return this.#record;
    this.#records ??= new Map([[this.#record.resource, this.#record]]);
    let record = this.#records.get(resource);
    if (record === undefined) this.#records.set(resource, record = new ResourceRecord(resource));
    this.#record = record;
    return record;
  }

  /** Does a check pass here? Nothing it reports is kept. */
  probe(check: () => void): boolean {
    const before = this.errors;
    const { depth, nesting } = this;
    this.#silent += 1;
    check();
    this.#silent -= 1;
    const passed = this.errors === before;
    this.errors = before;
    this.depth = depth;
    this.nesting = nesting;
    return passed;
  }

  /** Runs a check with another resource in focus: at the present place, or elsewhere in the Bundle, while paths stay where they are. */
  within(frame: Frame, check: () => void): void {
    const { frame: outer, frameDepth } = this;
    this.frame = frame;
    this.frameDepth = this.depth;
    check();
    this.frame = outer;
    this.frameDepth = frameDepth;
  }

  /** Points the FHIRPath environment at an element of the resource in focus. */
  focus(context: FhirNode | undefined): void {
    const { env, frame } = this;
    if (env.resource?.value !== frame.resource) {
      env.resource = resourceNode(frame.resource, env.model);
      const root = rootOf(frame);
      env.rootResource = root === frame ? env.resource : resourceNode(root.resource, env.model);
    }
    env.context = context;
    env.self = context;
  }

  /** fullUrl of the Bundle entry whose resource is at the present place. */
  entryFullUrl(): string | undefined {
    const index = this.steps[this.depth - 2];
    const { entry } = this.frame.resource as { entry?: unknown };
    const one: unknown = Array.isArray(entry) && typeof index === 'number' ? entry[index] : undefined;
    const url = (one as { fullUrl?: unknown } | undefined)?.fullUrl;
    return typeof url === 'string' ? url : undefined;
  }

  /** The definitions a resource was checked against in this run. */
  held(resource: unknown): readonly Structure[] {
    return this.#of(resource).held;
  }

  /** Notes that a resource is checked against a definition; false when it was already. */
  hold(resource: unknown, structure: Structure): boolean {
    const { held } = this.#of(resource);
    if (held.includes(structure)) return false;
    held.push(structure);
    return true;
  }

  /** Back to the root, after a check was cut short. */
  reset(): void {
    this.depth = 0;
    this.nesting = 0;
    this.#silent = 0;
  }

  /** Is this target being checked against these profiles already, further up? Marks it when not. */
  visiting(target: unknown, key: string): boolean {
    this.#visits ??= new Map();
    const keys = this.#visits.get(target);
    if (keys?.has(key) === true) return true;
    if (keys === undefined) this.#visits.set(target, new Set([key]));
    else keys.add(key);
    return false;
  }

  visited(target: unknown, key: string): void {
    this.#visits?.get(target)?.delete(key);
  }
}

/** The environment as the run moves it along. */
export type MutableEnv = { -readonly [K in keyof Env]: Env[K] };
