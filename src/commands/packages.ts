import { existsSync, readFileSync } from 'node:fs';
import { cacheFolder, definitionReader } from '../compose/validator.ts';
import type { Config } from '../config/model.ts';
import { asArchive } from '../packages/as-archive.ts';
import { fetchPackage } from '../packages/fetch-package.ts';
import { openPackageStore, type StoredPackage } from '../packages/store.ts';
import { CommandFault, type Output } from './output.ts';

type Settings = Config['packages'];
const storeOf = ({ folder }: Settings) => openPackageStore(folder, cacheFolder());

function show(one: StoredPackage, output: Output): void {
  output.record(one);
  output.line(`${one.id}#${one.version}  ${one.definitions} ${output.words('définitions', 'definitions')}  sha256 ${one.sha256.slice(0, 16)}…  ${one.title}`);
}

/** The bytes of a file, or of a name when a registry is configured. */
async function archiveOf(source: string, { registry }: Settings, output: Output): Promise<Buffer> {
  if (existsSync(source)) return readFileSync(source);
  if (registry === null) throw new CommandFault(output.words(`${source} : fichier introuvable, et aucun registre FHIR n’est configuré (packages.registry)`, `${source}: no such file, and no FHIR registry is configured (packages.registry)`), 2);
  return fetchPackage(source, { registry, fetch: (url) => fetch(url) });
}

export async function add(settings: Settings, sources: readonly string[], output: Output): Promise<number> {
  const store = storeOf(settings);
  for (const source of sources) show(store.add(asArchive(await archiveOf(source, settings, output), source, definitionReader()), source), output);
  return 0;
}

export function list(settings: Settings, output: Output): number {
  const found = storeOf(settings).list();
  for (const one of found) show(one, output);
  if (found.length === 0) output.line(output.words('Aucun paquet ajouté.', 'No package added.'));
  return 0;
}

export function remove(settings: Settings, name: string, output: Output): number {
  show(storeOf(settings).remove(name), output);
  return 0;
}
