import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Partners { readonly region: string; readonly dmp: string; readonly laboratory: string }

/** Short waits, so that a partner's fault costs the test little; everything else as in operation. */
const impatient = { attemptMs: 500, evidenceMs: 100, backoff: { firstMs: 20, maxMs: 200 }, breaker: { failures: 8, probeMs: 100 } };

/** Writes the gateway's configuration (YAML, of which JSON is a part) and gives its path. */
export function writeSettings(folder: string, { region, dmp, laboratory }: Partners): string {
  const file = join(folder, 'passerelle.yaml');
  mkdirSync(join(folder, 'keys'), { recursive: true });
  writeFileSync(file, JSON.stringify({
    version: 1, language: 'en', data: './data', keys: { file: './keys/ring' }, minFreeMiB: 0,
    // The same message may be in the pipeline at many of the crashes made here on purpose.
    crashesBeforeQuarantine: 20,
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }],
    sources: [{ id: 'laboratory', organisation: 'Crash test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], answersTo: 'laboratory' }],
    destinations: [
      { id: 'region', system: 'regional', ...impatient, settings: { baseUrl: region, flows: ['results', 'documents', 'events'], declarant: { idNatSt: '1990000001', name: 'Crash test' } } },
      { id: 'dmp', system: 'dmp', ...impatient, settings: { url: dmp } },
      { id: 'laboratory', system: 'hl7v2', ...impatient, settings: { url: laboratory, lateMs: 1000 } },
    ],
    rules: [{ name: 'results', when: { carries: 'results' }, to: ['region'] }, { name: 'documents', when: { carries: 'document' }, to: ['region'] }],
    tests: [],
  }));
  return file;
}
