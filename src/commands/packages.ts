import { existsSync, readFileSync, statSync } from 'node:fs';
import { cacheFolder } from '../compose/cache-folder.ts';
import { definitionReader } from '../compose/validator.ts';
import type { Config } from '../config/model.ts';
import { asArchive } from '../packages/as-archive.ts';
import { packContents, type PackContents } from '../packages/cda-pack/contents.ts';
import { readPackFiles, type PackFiles } from '../packages/cda-pack/pack-files.ts';
import { isPack, packName, packPrefix, PackStore } from '../packages/cda-pack/pack-store.ts';
import { PackageFault } from '../packages/fault.ts';
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

/** A pack may name hundreds of rules that one missing file makes useless. */
const mostShown = 20;

/** What of a pack is used and what is not: an operator who adds it must not believe that more is checked. */
function showPack(pack: PackContents, output: Output): void {
  const { name, schema, schematrons, general, problems } = pack;
  output.record({ id: packPrefix + name, ...pack });
  output.line(`${packPrefix}${name}  ${schema === null ? output.words('sans schéma XSD', 'no XSD schema') : `XSD ${schema}`}, ${schematrons.length} ${output.words('schématron(s)', 'schematron(s)')}, ${schematrons.reduce((sum, { tests }) => sum + tests, 0)} ${output.words('règles', 'rules')}`);
  if (schematrons.length > 0 && general === null) output.line(`  ! ${output.words('aucun schématron général : un document d’un autre volet n’est contrôlé que par le schéma, et le dit', 'no general schematron: a document of another volet is checked by the schema alone, and says so')}`);
  for (const problem of problems.slice(0, mostShown)) output.line(`  ! ${output.words('non utilisé', 'not used')} : ${problem}`);
  if (problems.length > mostShown) output.line(`  ! ${output.words(`et ${problems.length - mostShown} autre(s)`, `and ${problems.length - mostShown} more`)} (--json)`);
}

/** The files of a CI-SIS pack; null when the source is none: a FHIR package, or a name. */
async function packOf(source: string): Promise<PackFiles | null> {
  if (!existsSync(source)) return null;
  try {
    const files = await readPackFiles(source);
    return isPack(files) ? files : null;
  } catch (error) {
    // A file that is no archive at all is for the FHIR reader to refuse, in its own words.
    if (error instanceof PackageFault && !statSync(source).isDirectory() && !/\.zip$/i.test(source)) return null;
    throw error;
  }
}

export async function add(settings: Settings, sources: readonly string[], output: Output): Promise<number> {
  const store = storeOf(settings);
  for (const source of sources) {
    const pack = await packOf(source);
    if (pack !== null) {
      const contents = packContents(packName(source), [...pack.keys()], (path) => pack.get(path)?.toString('utf8'));
      new PackStore(settings.folder).add(contents, pack);
      showPack(contents, output);
    }
    else if (existsSync(source) && statSync(source).isDirectory()) throw new PackageFault('neither schemas nor schematrons are in this folder', source, 'give a CI-SIS pack (.xsd, .sch), or a FHIR package as a .tgz file');
    else show(store.add(asArchive(await archiveOf(source, settings, output), source, definitionReader()), source), output);
  }
  return 0;
}

export function list(settings: Settings, output: Output): number {
  const found = storeOf(settings).list();
  const packs = new PackStore(settings.folder).list();
  for (const one of found) show(one, output);
  for (const one of packs) showPack(one, output);
  if (found.length + packs.length === 0) output.line(output.words('Aucun paquet ajouté.', 'No package added.'));
  return 0;
}

export function remove(settings: Settings, name: string, output: Output): number {
  if (name.startsWith(packPrefix)) showPack(new PackStore(settings.folder).remove(name.slice(packPrefix.length)), output);
  else show(storeOf(settings).remove(name), output);
  return 0;
}
