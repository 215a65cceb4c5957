/**
 * FSH → FHIR package: runs fsh-sushi offline on `profiles/input` and writes `profiles/package`, a package in npm's
 * layout that the gateway loads like any other. `--check` writes nothing and fails when the result is stale.
 *
 *     npm run profiles          npm run profiles:check
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeCoreCache } from './build/core-cache.ts';
import { type PackageFiles, packageFiles, packageHash } from './build/package-files.ts';
import { type PackagePin, pinsText, readPins, withOurs } from './build/package-pins.ts';
import { runSushi } from './build/sushi.ts';

const here = import.meta.dirname;
const packageFolder = join(here, 'package');
const pinsFile = join(here, 'packages.json');

export interface Built {
  readonly files: PackageFiles;
  readonly problems: readonly string[];
}

/** Builds the package in a folder of its own and returns what would be checked in. */
export function build(): Built {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-profiles-'));
  try {
    const home = join(folder, 'home');
    writeCoreCache(join(home, '.fhir', 'packages'));
    const project = join(folder, 'project');
    mkdirSync(project);
    cpSync(join(here, 'input'), join(project, 'input'), { recursive: true });
    cpSync(join(here, 'sushi-config.yaml'), join(project, 'sushi-config.yaml'));
    const problems = runSushi(project, home);
    return { files: packageFiles(join(project, 'fsh-generated', 'resources'), join(here, 'sushi-config.yaml')), problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names of the files that differ from what is checked in, both ways. */
export function stale(files: PackageFiles): string[] {
  const there = new Map(readdirSync(packageFolder).map(name => [name, readFileSync(join(packageFolder, name), 'utf8')]));
  return [...new Set([...files.keys(), ...there.keys()])].filter(name => files.get(name) !== there.get(name)).sort();
}

function ourPin(files: PackageFiles): PackagePin {
  const { name, version } = JSON.parse(files.get('package.json') ?? '{}') as PackagePin;
  return { name, version, sha256: packageHash(files), source: 'profiles/package' };
}

function write(files: PackageFiles): void {
  rmSync(packageFolder, { recursive: true, force: true });
  mkdirSync(packageFolder);
  for (const [name, text] of files) writeFileSync(join(packageFolder, name), text);
  writeFileSync(pinsFile, pinsText(withOurs(readPins(pinsFile), ourPin(files))));
}

function main(): void {
  const { files, problems } = build();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    process.exitCode = 1;
    return;
  }
  if (process.argv.includes('--check')) {
    const differing = stale(files).map(name => `profiles/package/${name}`);
    const pins = readPins(pinsFile);
    if (pinsText(pins) !== pinsText(withOurs(pins, ourPin(files)))) differing.push('profiles/packages.json');
    for (const name of differing) console.error(`${name} is stale: npm run profiles`);
    process.exitCode = differing.length > 0 ? 1 : 0;
    return;
  }
  write(files);
  console.log(`${files.size} files, sha256 ${packageHash(files)}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
