import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fhirpath from 'fhirpath';
import r4Model from 'fhirpath/fhir-context/r4/index.js';
import { planOf } from '../../src/compose/judge.ts';
import { openPackage } from '../../src/packages/open-package.ts';
import { openUcum } from '../../src/packages/ucum.ts';
import { createPlannerFor } from '../../src/plan-settings.ts';
import { elementList } from '../../src/validate/snapshot/element-tree.ts';
import { createValidator, type Validator } from '../../src/validate/validator.ts';
import { coreDefinitions, testCache } from '../core-definitions.ts';
import { configWith } from '../conformance/accepted.ts';
import { sharedFolder } from '../shared-folder.ts';
import { labResult } from './message.ts';
import { compare, type ValidationLine } from './validation-compare.ts';
import { medplumLines, type MedplumProfile } from './validation-medplum.ts';
import { breakBundle, instances, type LabBundle } from './validation-instances.ts';

const count = 2000;
const root = join(import.meta.dirname, '..', '..');
const r4 = r4Model as unknown as NonNullable<Parameters<typeof fhirpath.evaluate>[3]>;

const frenchExamples = [
  ['FR Core Observation (body weight)', 'Observation-FRCoreObservationBodyWeightExample'],
  ['FR Core Observation (blood pressure)', 'Observation-FRCoreObservationBPExample'],
  ['FR Core Patient INS', 'Patient-ExampleFRCorePatient001'],
] as const;

/** The validation lines of design.md §8. FR Core comes from the development material; without it our own profiles are measured alone. */
export function validationLines(): ValidationLine[] {
  const ours = openPackage(join(root, 'profiles', 'package'));
  const archive = join(sharedFolder, 'packages', 'hl7.fhir.fr.core-2.1.0.tgz');
  const french = existsSync(archive) ? [openPackage(archive, { cacheFolder: testCache })] : [];
  const validator = createValidator({ definitions: coreDefinitions(), packages: [...french, ours], terminology: { ucum: openUcum() } });
  const lines: ValidationLine[] = [];
  const examples = french.length === 0 ? [] : frenchExamples.map(([name, file]) => [name, template(join(sharedFolder, 'examples', 'regional', 'frcore-2.1.0', `${file}.json`))] as const);
  for (const [name, resource] of examples) lines.push(measure(`validate ${name}`, resource, validator, []));
  const fixture = (name: string): Template => template(join(root, 'fixtures', 'fhir', name, 'in.json'));
  for (const [label, name] of [['our Patient', 'patient/validated'], ['our laboratory Observation', 'lab-observation/glucose'], ['our laboratory message', 'message/lab-result']] as const) {
    const path = join(root, 'fixtures', 'fhir', name);
    if (!existsSync(path)) continue;
    const { profile } = JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')) as { profile: string };
    lines.push(measure(`validate ${label}`, fixture(name), validator, [profile]));
  }
  lines.push(laboratoryLine(validator), ...medplumLines(fixture('lab-observation/glucose'), french.length === 0 ? null : { archive, examples }, [['our Patient', withSnapshot('https://passerelle.test/fhir/StructureDefinition/passerelle-patient', validator), fixture('patient/validated')]]), fhirpathLine(fixture('patient/validated')));
  return lines;
}

type Template = Record<string, unknown>;

/** A profile as a tool that only reads snapshots needs it. */
function withSnapshot(canonical: string, { structures }: Validator): MedplumProfile {
  const structure = structures.find(canonical);
  const tree = structure === undefined ? undefined : structures.tree(structure);
  if (structure === undefined || tree === undefined) throw new Error(`${canonical} has no snapshot`);
  return { ...structure.definition, snapshot: { element: elementList(tree) } } as unknown as MedplumProfile;
}

function template(path: string): Template {
  return JSON.parse(readFileSync(path, 'utf8')) as Template;
}

function measure(line: string, resource: Template, validator: Validator, profiles: readonly string[]): ValidationLine {
  const all = instances(resource, count);
  const texts = all.map(one => one.text);
  const parsed = texts.map(text => JSON.parse(text) as unknown);
  const verdicts = parsed.map(one => validator.validate(one, { profiles }).valid);
  const wrong = all.findIndex((one, i) => verdicts[i] === one.broken);
  if (wrong >= 0) throw new Error(`${line}: instance ${wrong} has the wrong verdict`);
  return compare(line, texts, () => {
    let valid = 0;
    for (const one of parsed) if (validator.validate(one, { profiles }).valid) valid += 1;
    if (valid !== count * 0.9) throw new Error(`${line}: ${valid} valid`);
  });
}

/** What the gateway makes of the benchmark's message of 10 OBX, against our message profile; one in ten is broken. */
function laboratoryLine(validator: Validator): ValidationLine {
  const config = configWith();
  const planner = createPlannerFor(config, 'bench');
  const texts = Array.from({ length: count }, (_, i) => {
    const bundle = structuredClone(planOf(Buffer.from(labResult(i + 1, i, 'R')), config, planner).outcome.bundle) as unknown as LabBundle;
    if (i % 10 === 9) breakBundle(bundle, i);
    return JSON.stringify(bundle);
  });
  const parsed = texts.map(text => JSON.parse(text) as unknown);
  const profiles = ['https://passerelle.test/fhir/StructureDefinition/passerelle-message'];
  const wrong = parsed.findIndex((one, i) => validator.validate(one, { profiles }).valid === (i % 10 === 9));
  if (wrong >= 0) throw new Error(`laboratory Bundle: instance ${wrong} has the wrong verdict`);
  return compare('validate laboratory Bundle, 10 OBX, 10 % broken', texts, () => {
    let valid = 0;
    for (const one of parsed) if (validator.validate(one, { profiles }).valid) valid += 1;
    if (valid !== count * 0.9) throw new Error(`laboratory Bundle: ${valid} valid`);
  }, 2);
}

/** For scale: two invariants of Patient by precompiled fhirpath.js, against the whole validation above. */
function fhirpathLine(resource: Template): ValidationLine {
  const texts = instances(resource, count).map(one => one.text);
  const parsed = texts.map(text => JSON.parse(text) as object);
  const expressions = ["contact.all(name.exists() or telecom.exists() or address.exists() or organization.exists())", "name.all(period.empty() or period.start <= period.end)"]
    .map(text => fhirpath.compile(text, r4, { traceFn: () => undefined }));
  return compare('fhirpath.js, 2 invariants of a Patient', texts, () => {
    for (const one of parsed) for (const expression of expressions) expression(one, {});
  });
}

/** Does memory stay flat? A million validations, the heap after each hundred thousand. */
export function memoryOverAMillion(): number[] {
  const validator = createValidator({ definitions: coreDefinitions(), packages: [openPackage(join(root, 'profiles', 'package'))] });
  const resource = template(join(root, 'fixtures', 'fhir', 'patient', 'validated', 'in.json'));
  const all = instances(resource, 100).map(one => JSON.parse(one.text) as Template);
  const heaps: number[] = [];
  for (let i = 1; i <= 1_000_000; i++) {
    const one = all[i % all.length];
    if (one !== undefined) one.id = `x${i}`;
    validator.validate(one);
    if (i % 100_000 === 0) heaps.push(Math.round(process.memoryUsage().heapUsed / 1e6));
  }
  return heaps;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { line, ratio, perSecond, cpuMs, rssMb, note } of validationLines()) {
    console.log(`${line.padEnd(52)} ${ratio.toFixed(2).padStart(7)} × JSON.parse ${String(perSecond).padStart(8)}/s ${cpuMs.toFixed(3).padStart(8)} ms CPU ${rssMb} MB${note === undefined ? '' : ` ${note}`}`);
  }
  if (process.argv.includes('--memory')) console.log('heap (MB) after each 100 000 validations:', memoryOverAMillion().join(' '));
}
