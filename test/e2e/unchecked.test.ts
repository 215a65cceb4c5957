import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, runningGateway, settings, type RunningGateway } from './gateway.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const missing = 'https://mos.esante.gouv.fr/NOS/JDV_J999-Absent/FHIR/JDV-J999-Absent';
const url = 'https://example.org/bound';
/** A Bundle whose type is bound to a value set nobody added. */
const profile = { resourceType: 'StructureDefinition', url, version: '1', kind: 'resource', type: 'Bundle', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Bundle', differential: { element: [{ path: 'Bundle.type', binding: { strength: 'required', valueSet: missing } }] } };
const place = folder(['bundle.json']);
const file = join(place.path, 'bound.json');
const bundle = { resourceType: 'Bundle', type: 'collection' };
let gateway: RunningGateway;
const at = (path: string): string => `http://127.0.0.1:${String(gateway.ports.http)}${path}`;

beforeAll(async () => {
  writeFileSync(file, JSON.stringify(profile));
  gateway = await runningGateway(settings(place.path, {
    listeners: [{ name: 'http', kind: 'http', port: 0, roles: ['intake', 'api', 'metrics'] }],
    sources: [{ id: 'lab', organisation: 'Test', listeners: ['http'], networks: ['127.0.0.0/8'], senders: ['*'] }],
    validation: { mode: 'enforce', packages: [file], profiles: [{ name: 'all', when: { format: 'hl7v2' }, to: [url] }] },
  }));
}, 60_000);
afterAll(async () => { await gateway.stop(); place.remove(); });

describe('a binding that could not be checked never turns a verdict, and is seen everywhere', () => {
  it('in the metrics, once a message', async () => {
    const send = async (n: number) => (await fetch(at('/in/hl7v2'), { method: 'POST', body: readFileSync(join(root, 'fixtures/hl7v2/oru-r01/haematology/in.hl7'), 'latin1').replace(/^(MSH(?:\|[^|]*){8}\|)[^|]*/, `$1UNCHECKED${String(n)}`) })).status;
    expect([await send(1), await send(2)]).toEqual([200, 200]);
    expect(await (await fetch(at('/metrics'))).text()).toMatch(/^passerelle_bindings_unchecked_total\{source="lab"\} 2$/m);
  });

  it('in the outcome of $validate', async () => {
    const answer = await fetch(at(`/fhir/$validate?profile=${encodeURIComponent(url)}`), { method: 'POST', body: JSON.stringify(bundle) });
    const { issue } = await answer.json() as { issue: { severity: string; details: { coding: { code: string }[]; text: string }; expression: string[]; diagnostics: string }[] };
    expect(issue.map(({ severity, details, expression }) => [severity, details.coding[0]?.code, expression[0], details.text.includes(missing)])).toEqual([['information', 'binding-unchecked', 'Bundle.type', true]]);
    expect(issue[0]?.diagnostics).not.toBe('');
  }, 60_000);

  it('in `unchecked` of the command', () => {
    const resource = join(place.path, 'bundle.json');
    writeFileSync(resource, JSON.stringify(bundle));
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'bin/passerelle.js'), 'validate', resource, '--profile', url, '--packages', file, '--json'], { encoding: 'utf8', timeout: 60_000 });
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { valid: true, unchecked: [{ valueSet: missing, path: 'Bundle.type' }] }]);
  }, 60_000);
});
