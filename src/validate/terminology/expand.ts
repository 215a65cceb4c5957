import type { Found } from '../registry/registry.ts';
import { systemsByOid, type DefinitionPackage } from '../../domain/definition-package.ts';
import { CodeSet, type SystemPart } from './code-set.ts';
import type { CodeSystemIndex } from './code-system.ts';
import { passes, type Filter } from './filter.ts';
import type { Terminology } from './terminology.ts';

type Json = Readonly<Record<string, unknown>>;

interface Parts { readonly known: SystemPart[]; readonly unknown: Set<string> }

/**
 * A ValueSet as a CodeSet (valueset.html#compose): enumerated concepts, whole systems, filters, nested value sets,
 * exclusions. What needs a system that is not at hand is taken from a published expansion, or stays unknown.
 */
export function expand({ definition, pack }: Found, terminology: Terminology): CodeSet {
  const json = definition as Json;
  const compose = isObject(json.compose) ? json.compose : undefined;
  const label = typeof json.version === 'string' ? `${String(json.url)}|${json.version}` : String(json.url);
  const parts = collect(list(compose?.include), terminology, pack);
  if (compose === undefined || parts.unknown.size > 0) addExpansion(parts, json, terminology);
  const elsewhere = byOid(compose) && named(parts, terminology);
  const excluded = collect(list(compose?.exclude), terminology, pack).known;
  return new CodeSet(label, parts.known, parts.unknown, (system, code) => excluded.some(part => part.system === system && part.has(code)), elsewhere);
}

function byOid(compose: Json | undefined): boolean {
  return list(compose?.extension).some(one => one.url === systemsByOid);
}

/** Adds the addresses of systems known by their OID. True when one has none: its codes may come under an address nobody told. */
function named(parts: Parts, terminology: Terminology): boolean {
  let missing = false;
  for (const part of [...parts.known]) {
    const address = terminology.addressOf(part.system);
    if (address === undefined) missing = true;
    else parts.known.push({ ...part, system: address });
  }
  return missing;
}

function collect(includes: readonly Json[], terminology: Terminology, pack: DefinitionPackage): Parts {
  const parts: Parts = { known: [], unknown: new Set() };
  for (const include of includes) {
    const nested = texts(include.valueSet).map(canonical => terminology.valueSet(canonical, pack));
    const { system } = include;
    if (typeof system !== 'string') addNested(parts, nested);
    else addSystem(parts, system, include, nested, terminology);
  }
  return parts;
}

/** Several value sets in one include: a code must be in all. */
function addNested(parts: Parts, sets: readonly (CodeSet | undefined)[]): void {
  const [first, ...others] = sets;
  if (first === undefined || others.includes(undefined)) {
    parts.unknown.add('*');
    return;
  }
  for (const part of first.parts()) parts.known.push(restricted(part, others));
  if (sets.some(set => set?.partial === true)) parts.unknown.add('*');
}

function addSystem(parts: Parts, system: string, include: Json, nested: readonly (CodeSet | undefined)[], terminology: Terminology): void {
  const part = systemPart(system, include, terminology);
  if (part === undefined || nested.includes(undefined)) parts.unknown.add(system);
  else parts.known.push(restricted(part, nested));
}

function restricted(part: SystemPart, sets: readonly (CodeSet | undefined)[]): SystemPart {
  if (sets.length === 0) return part;
  const has = (code: string): boolean => part.has(code) && sets.every(set => set?.has(part.system, code) === 'in');
  return { system: part.system, has, codes: part.codes };
}

function systemPart(system: string, include: Json, terminology: Terminology): SystemPart | undefined {
  const concepts = list(include.concept);
  if (concepts.length > 0) return setPart(system, concepts.flatMap(concept => typeof concept.code === 'string' ? concept.code : []));
  const versions = terminology.codeSystems(system);
  const filters = list(include.filter);
  const grammar = terminology.grammar(system);
  if (versions.length === 0) return grammar === undefined || filters.length > 0 ? undefined : { system, has: grammar, codes: undefined };
  if (filters.length === 0) return wholePart(system, versions);
  const codes: string[] = [];
  for (const version of versions) {
    for (const concept of version.codes.values()) {
      const results = filters.map(filter => passes(version, concept, filter as Filter));
      if (results.includes(undefined)) return undefined;
      if (results.every(result => result === true)) codes.push(concept.code);
    }
  }
  return setPart(system, codes, versions.every(version => version.caseSensitive));
}

function wholePart(system: string, versions: readonly CodeSystemIndex[]): SystemPart {
  const [first] = versions;
  const has = (code: string): boolean => versions.some(version => version.codes.has(version.caseSensitive ? code : code.toLowerCase()));
  return { system, has, codes: first === undefined ? undefined : [...first.codes.values()].map(concept => concept.code) };
}

function setPart(system: string, codes: readonly string[], caseSensitive = true): SystemPart {
  if (!caseSensitive) {
    const folded = new Set(codes.map(code => code.toLowerCase()));
    return { system, has: code => folded.has(code.toLowerCase()), codes };
  }
  const set = new Set(codes);
  return { system, has: code => set.has(code), codes: set };
}

/** A published expansion settles what the definition alone leaves open, when it is whole. */
function addExpansion(parts: Parts, json: Json, terminology: Terminology): void {
  for (const variant of [json, ...terminology.variants(String(json.url)) as Json[]]) {
    const expansion = isObject(variant.expansion) ? variant.expansion : undefined;
    const contains = list(expansion?.contains);
    if (contains.length === 0) continue;
    const bySystem = new Map<string, string[]>();
    const count = gather(contains, bySystem);
    for (const [system, codes] of bySystem) parts.known.push(setPart(system, codes));
    const total = expansion?.total;
    if (typeof total === 'number' ? total <= count : count < 1000) parts.unknown.clear();
    return;
  }
}

function gather(contains: readonly Json[], bySystem: Map<string, string[]>): number {
  let count = 0;
  for (const one of contains) {
    const { system, code } = one;
    if (typeof system === 'string' && typeof code === 'string') {
      count += 1;
      const codes = bySystem.get(system);
      if (codes === undefined) bySystem.set(system, [code]);
      else codes.push(code);
    }
    count += gather(list(one.contains), bySystem);
  }
  return count;
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
