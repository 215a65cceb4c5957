import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyRing, parseKeyRing } from '../../src/journal/keys.ts';
import type { NewMessage, NewPlan } from '../../src/journal/journal.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';

/**
 * node test/bench/journal.ts [MESSAGES] : main-thread CPU of accept + begin + settle for a structured message (3 KB received,
 * 20 KB Bundle, 20 KB envelope, six search keys, one fact per new patient), by the number of calls sharing a commit.
 */
const messages = Number(process.argv[2] ?? 4000);
const patients = 10_000;
const word = (n: number) => ((n * 2654435761) >>> 0).toString(16).padStart(8, '0');
const utf8 = new TextEncoder();

function shape(n: number): { message: NewMessage; plan: NewPlan } {
  const patient = Math.floor(patients * Math.random() ** 3);
  const obx = Array.from({ length: 10 }, (_, i) => `OBX|${i + 1}|NM|${1000 + ((n * 7 + i * 13) % 9000)}-${i}^ANALYTE ${i} ${word(i)}^LN||${((n * 31 + i * 17) % 1000) / 10}|mmol/L|3.5-5.1||||F|||20260101${1000 + (n % 1000)}||${'commentaire '.repeat(14)}`);
  const raw = `MSH|^~\\&|LABO|EXEMPLE|PFI|REGION|20260101||ORU^R01|${n}|P|2.5\rPID|||${patient}^^^LABO||MARTIN^${word(patient)}\r${obx.join('\r')}\r`;
  const entry = Array.from({ length: 14 }, (_, i) => ({
    fullUrl: `urn:uuid:${crypto.randomUUID()}`,
    resource: {
      resourceType: 'Observation', meta: { profile: ['https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-observation'] }, status: 'final',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: `${1000 + ((n * 7 + i * 13) % 9000)}-${i}`, display: `ANALYTE ${i} ${word(i)}` }] }, subject: { reference: `urn:uuid:${crypto.randomUUID()}` },
      valueQuantity: { value: ((n * 31 + i * 17) % 1000) / 10, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' }, note: [{ text: 'commentaire '.repeat(50) }],
    },
  }));
  const bundle = utf8.encode(JSON.stringify({ resourceType: 'Bundle', type: 'message', entry }));
  const key = `ID|1.2.3|${patient}`;
  return {
    message: {
      trace: crypto.randomUUID(), source: 'labo', receivedAt: Date.now(), bytes: utf8.encode(raw), contentDigest: utf8.encode(word(n).repeat(4)),
      identified: { format: 'hl7v2', type: 'ORU^R01', sender: 'LABO|EXEMPLE', controlId: String(n), charset: '', processing: 'P', enhanced: false },
    },
    plan: {
      disposition: 'planned', ack: { code: 'AA', bytes: utf8.encode(raw.slice(0, 120)) }, bundle, record: utf8.encode('{"findings":[],"loss":[]}'), plannedAt: Date.now(),
      facts: seen.has(patient) ? [] : [{ kind: 'identity', keys: [key], birthDate: null, sex: null, statuses: [] }], factsUpTo: n, identities: [key],
      keys: [{ kind: 'patient', value: String(patient) }, { kind: 'visit', value: word(n) }, { kind: 'accession', value: word(n + 1) }, { kind: 'ins', value: word(patient) }],
      settlements: [], documents: new Map(), deliveries: [{
        destination: 'region', system: 'regional', action: 'submit', state: 'planned', reason: { code: 'journal.repeat' }, recipient: null, headers: { requests: ['POST /'] }, series: [], content: {},
        gate: { identities: [key], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] }, deadline: null,
        envelope: { steps: [{ name: 'transaction', meta: { method: 'POST', path: '/' }, body: [utf8.encode(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }))] }] },
      }],
    },
  };
}

const seen = new Set<number>();
for (const together of [1, 8, 32]) {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-journal-'));
  const journal = await openSqliteJournal({ folder, keys: parseKeyRing(newKeyRing()), clock: Date.now, repeatWindowMs: 2_592_000_000, crashesBeforeQuarantine: 3 });
  seen.clear();
  let cpu = 0;
  const started = performance.now();
  for (let n = 1; n <= messages; n += together) {
    const batch = Array.from({ length: together }, (_, i) => { const made = shape(n + i); for (const { keys } of made.plan.facts) seen.add(Number(keys[0].split('|')[2])); return made; });
    const before = process.threadCpuUsage();
    const planned = await Promise.all(batch.map(({ message, plan }) => journal.accept(message, plan)));
    const ids = planned.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
    await Promise.all(ids.map((id) => journal.begin([id], Date.now())));
    await Promise.all(ids.map((id) => journal.settle(id, { at: Date.now(), receipt: { kind: 'delivered', remoteId: 'Bundle/1' }, next: { state: 'delivered' }, reason: 'deliver.ok' }, [])));
    const used = process.threadCpuUsage(before);
    cpu += used.user + used.system;
  }
  const perSecond = messages / (performance.now() - started) * 1000;
  await journal.close();
  const disk = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  process.stdout.write(`${together} a commit: ${(cpu / messages / 1000).toFixed(3)} ms CPU a message, ${perSecond.toFixed(0)} messages/s, ${(disk / messages / 1024).toFixed(1)} KB a message\n`);
  rmSync(folder, { recursive: true });
}
