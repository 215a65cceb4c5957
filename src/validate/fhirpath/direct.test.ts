import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { openPackage } from '../../packages/open-package.ts';
import { typeCode } from '../registry/type-code.ts';
import type { StructureDefinition } from '../registry/definition.ts';
import type { TypeInfo } from '../registry/type-model.ts';
import { makeEnv } from '../run/make-env.ts';
import { createValidator } from '../validator.ts';
import { FhirPathError } from './ast.ts';
import { compileDirect } from './direct.ts';
import { repaired } from './errata.ts';
import { compileExpression } from './expression.ts';
import { FhirNode, resourceNode } from './item.ts';
import { allChildren } from './navigate.ts';
import { parseFhirPath } from './parser.ts';
import { heldWith, heldWithout, isAbsent, isPresent } from './presence.ts';

type Json = Record<string, unknown>;

const root = join(import.meta.dirname, '..', '..', '..');
const ours = openPackage(join(root, 'profiles', 'package'));
const packages = [...coreDefinitions(), ours];
const { compiler, structures } = createValidator({ definitions: coreDefinitions(), packages: [ours] });
const { model } = compiler;
const env = makeEnv(model, compiler.terminology, compiler, () => undefined);

/** Every invariant of the core definitions and of our profiles, by the type of its element. */
const invariants = new Map<TypeInfo, Set<string>>();
for (const entry of packages.flatMap(one => one.entries)) {
  if (entry.resourceType !== 'StructureDefinition') continue;
  const definition = entry.load() as StructureDefinition;
  const structure = structures.find(definition.url);
  const tree = structure === undefined ? undefined : structures.tree(structure);
  const walk = (node: NonNullable<typeof tree>): void => {
    const own = node.parent === undefined ? model.type(definition.type) : model.at(node.def.base?.path ?? node.def.path);
    for (const type of [own, ...(node.def.type ?? []).map(one => model.type(typeCode(one)))]) {
      if (type === undefined) continue;
      const texts = invariants.get(type) ?? new Set();
      invariants.set(type, texts);
      for (const constraint of node.def.constraint ?? []) texts.add(repaired(constraint) ?? 'true');
    }
    for (const child of [...node.children, ...node.slices]) walk(child);
  };
  if (tree !== undefined) walk(tree);
}

const folder = join(root, 'fixtures', 'fhir');
const instances = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('in.json'))
  .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Readonly<Record<string, unknown>>);

/** Every element of a resource, those of its entries and contained resources too. */
function nodesOf(resource: unknown): { node: FhirNode; within: unknown }[] {
  const found: { node: FhirNode; within: unknown }[] = [];
  const walk = (node: FhirNode, within: unknown): void => {
    const here = node.type?.kind === 'resource' ? node.value : within;
    found.push({ node, within: here });
    const children: unknown[] = [];
    allChildren(node, model, children as never);
    for (const child of children) if (child instanceof FhirNode && found.length < 3000) walk(child, here);
  };
  walk(resourceNode(resource, model), resource);
  return found;
}

function general(expression: string, node: FhirNode, resource: unknown): boolean | undefined {
  const around = resourceNode(resource, model);
  Object.assign(env, { resource: around, rootResource: around, context: node, self: node, fuel: 1_000_000 });
  try {
    return compileExpression(expression).truth([node], env) === true;
  } catch (error) {
    if (error instanceof FhirPathError) return undefined;
    throw error;
  }
}

/** What the presence or absence of one child says without asking the expression (`presence.ts`). */
function decidedByPresence(expression: string, type: TypeInfo, value: Json): boolean {
  const ast = parseFhirPath(expression);
  const without = heldWithout(ast, type);
  const enough = heldWith(ast, type);
  return (without !== undefined && isAbsent(value, without)) || (enough !== undefined && isPresent(value, enough));
}

/** The answers that are not the same, and how many were given. */
function compared(resource: unknown): { differences: string[]; answers: number } {
  const differences: string[] = [];
  let answers = 0;
  for (const { node, within } of nodesOf(resource)) {
    if (typeof node.value !== 'object' || node.value === null || node.type === undefined) continue;
    for (const expression of invariants.get(node.type) ?? []) {
      if (decidedByPresence(expression, node.type, node.value as Json) && general(expression, node, within) === false) differences.push(`${node.type.name}: ${expression} by presence`);
      const direct = compileDirect(expression, node.type, model)?.(node.value, within, new Map());
      if (direct === undefined) continue;
      answers += 1;
      if (direct !== general(expression, node, within)) differences.push(`${node.type.name}: ${expression} directly ${String(direct)}`);
    }
  }
  return { differences, answers };
}

test('every invariant of the core definitions and of our profiles has the same answer directly', () => {
  const results = instances.map(compared);
  expect(results.flatMap(one => one.differences)).toEqual([]);
  expect(results.reduce((sum, one) => sum + one.answers, 0)).toBeGreaterThan(3000);
});

function beside(how: number): boolean {
  return how === 3 || how === 4;
}

/** Something done to one property of one object: taken away, emptied, doubled, given a `_name`, made what it should not be. */
function spoil(resource: unknown, which: number, how: number): void {
  const places: [Json, string][] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) for (const key in value) {
      places.push([value as Json, key]);
      walk((value as Json)[key]);
    }
  };
  walk(resource);
  const [holder, key] = places[which % places.length] ?? [{}, ''];
  const value = holder[key];
  // `_name` beside what is no primitive, or of another shape, is refused: nothing depends on what invariants say of it.
  if (key.startsWith('_')) return;
  if (beside(how) && typeof (Array.isArray(value) ? value[0] : value) === 'object') return;
  switch (how) {
    case 0: Reflect.deleteProperty(holder, key); break;
    case 1: holder[key] = Array.isArray(value) ? [] : {}; break;
    case 2: holder[key] = Array.isArray(value) ? [...value as unknown[], ...value as unknown[]] : [value, value]; break;
    case 3: holder[`_${key}`] = { id: 'x' }; break;
    case 4: holder[`_${key}`] = { extension: [{ url: 'https://example.org/x', valueCode: 'a' }] }; Reflect.deleteProperty(holder, key); break;
    case 5: holder[key] = null; break;
    case 6: holder[key] = Array.isArray(value) ? [null, ...value as unknown[]] : 'other'; break;
    default: holder[key] = 1;
  }
}

test('the same on spoilt resources', () => {
  fc.assert(fc.property(fc.nat(instances.length - 1), fc.array(fc.tuple(fc.nat(5000), fc.nat(7)), { minLength: 1, maxLength: 4 }), (index, spoilings) => {
    const resource = structuredClone(instances[index]);
    // what gets a `_name` is chosen while the resource is whole
    for (const [which, how] of spoilings.toSorted((a, b) => Number(beside(b[1])) - Number(beside(a[1])))) spoil(resource, which, how);
    expect(compared(resource).differences).toEqual([]);
  }), { numRuns: 150 });
});
