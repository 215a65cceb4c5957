import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from '../../connectors/dmp/connector.ts';
import { dmp } from '../../connectors/dmp/definition.ts';
import type { DmpConfig } from '../../connectors/dmp/config.ts';
import type { DmpAnswers, DmpContent } from '../../connectors/dmp/content.ts';
import { startDmpSimulator, type DmpSimulator, type DmpSimulatorSettings } from '../../connectors/dmp/simulator/simulator.ts';
import type { Connector, Sending, Work } from '../../src/deliver/connector.ts';
import { readCdaHeader } from '../../src/formats/cda/read.ts';
import { documentEntry } from '../../src/formats/xds/entry.ts';
import { testPki } from '../../src/sandbox/pki.ts';
import { secrets } from '../canary.ts';

/** The instant of these tests: after their documents. */
export const now = Date.parse('2026-03-02T08:00:00Z');
const fixture = readFileSync(new URL('../../fixtures/dmp/compte-rendu.xml', import.meta.url), 'utf8')
  .replace('code="AMBULATOIRE"', 'code="AMBULATOIRE" displayName="Ambulatoire"').replace('code="SA25"', 'code="SA25" displayName="Laboratoire de biologie médicale"');

/** A version of the n-th document: the first, or one that replaces it. */
export const uniqueIdOf = (n: number, version = 1): string => `1.2.250.1.999.7.${String(n)}.${String(version)}`;
export function cdaOf(n: number, version = 1, replaces: number | null = null): Buffer {
  const related = replaces === null ? '' : `<relatedDocument typeCode="RPLC"><parentDocument><id root="${uniqueIdOf(n, replaces)}"/></parentDocument></relatedDocument>`;
  return Buffer.from(fixture.replace('<id root="1.2.250.1.999.7.1"/>', `<id root="${uniqueIdOf(n, version)}"/>`).replace('root="1.2.250.1.999.7"', `root="1.2.250.1.999.7.${String(n)}"`)
    .replace('  <componentOf>', `  ${related}<componentOf>`));
}

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
/** The delivery of one document, as route plans it. */
export function workOf(action: DmpContent['action'], bytes: Uint8Array, changed: Partial<DmpContent> = {}): Work {
  const read = readCdaHeader(bytes, { timeZone: 'Europe/Paris' });
  if (!read.ok) throw new Error('the fixture is no CDA');
  const kept = { size: bytes.length, sha1: sha1(bytes) };
  const flags = { maskedToProfessionals: false, invisibleToPatient: false, invisibleToRepresentatives: false, secretConnection: false };
  const { entry, findings } = documentEntry(read.header, { ...kept, flags });
  const wrong = findings.filter((one) => one.severity === 'error');
  if (wrong.length > 0) throw new Error(wrong.map((one) => one.code).join(' '));
  const content: DmpContent = { action, entries: [{ name: 'document-1', entry }], patientClass: 'O', secretConnection: false, sender: null, ...changed };
  const gate: Work['gate'] = { identities: [], birthDate: null, sex: null, qualified: true, messageQualified: true, dmpConsentOf: null, test: true, after: [] };
  return { trace: 'trace', destination: 'dmp', action, gate, bundle: null, content: { ...content }, documents: new Map([['document-1', kept]]) };
}

/** A simulated DMP, and a connector to it over mutual TLS, with test certificates. */
export interface DmpSample {
  readonly simulator: DmpSimulator;
  /** Where its certificates and secrets are. */
  readonly folder: string;
  /** As a configuration has them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly config: DmpConfig;
  readonly connector: Connector;
  /** The same to a place where nothing listens, or with other settings. */
  connect(changed: Readonly<Record<string, unknown>>, clock?: () => number): Connector;
  /** Resolved, prepared, sent once. The receipt of the question when that one ends it. */
  deliver(work: Work, bytes: Uint8Array, connector?: Connector): ReturnType<Connector['send']>;
  sending(work: Work, bytes: Uint8Array, answers: DmpAnswers, attempt?: number): Sending;
  resolved(work: Work, connector?: Connector): Promise<DmpAnswers>;
  close(): Promise<void>;
}

/** `at`: when its certificates are made, and its clock stands; null for the machine's own time. */
export async function startDmpSample(more: Partial<DmpSimulatorSettings> = {}, at: number | null = now): Promise<DmpSample> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-dmp-sample-'));
  const pki = testPki('AC fictive', at ?? Date.now());
  const file = (name: string, content: string | Buffer): { readonly file: string } => { writeFileSync(join(folder, name), content); return { file: join(folder, name) }; };
  const server = pki.issue('server', 'localhost');
  const passphrase = file('passphrase', `${secrets.passphrase}\n`);
  const identity = (name: string) => {
    const p12 = pki.pkcs12(pki.issue('client', name, { structure: '1990000001' }), secrets.passphrase);
    file(`${name} copy.p12`, p12);
    return { pfx: file(`${name}.p12`, p12), passphrase };
  };
  const simulator = await startDmpSimulator({ tls: { ...server, ca: pki.ca }, signing: { ca: pki.ca }, ...(at === null ? {} : { now: () => at }), ...more });
  const settings = {
    baseUrl: simulator.url, authentication: { ...identity('DMP AUTH'), ca: file('ca.pem', pki.ca) }, signature: identity('DMP SIGN'), homologation: file('homologation', `${secrets.homologation}\n`),
    sourceId: '1.2.250.1.999.1.1', structure: { id: '1990000001', name: 'LABORATOIRE FICTIF' }, vihf: { sector: 'SA25', responsible: '1990000001/passerelle' },
  };
  const opened: Connector[] = [];
  const connect = (changed: Readonly<Record<string, unknown>>, clock = () => at ?? Date.now()): Connector => {
    const one = open(dmp.config({ ...settings, ...changed }, 'dmp'), { clock, ids: randomUUID, destination: 'dmp' });
    opened.push(one);
    return one;
  };
  const config = dmp.config(settings, 'dmp');
  const connector = connect({});
  const signal = (): AbortSignal => AbortSignal.timeout(10_000);
  const resolveWith = async (work: Work, by: Connector) => by.resolve?.(work, signal(), null);
  const sending: DmpSample['sending'] = (work, bytes, answers, attempt = 1) => {
    const { envelope } = dmp.prepare(work, config, { ...answers });
    const [step] = envelope.steps;
    const body = Buffer.concat((step?.body ?? []).map((part) => (part instanceof Uint8Array ? part : bytes)));
    return { key: 'trace/1', attempt, possibleDuplicate: attempt > 1, envelope, answers: { ...answers }, body: () => Promise.resolve(body) };
  };
  return {
    simulator, folder, settings, config, connector, connect, sending,
    resolved: async (work, by = connector) => {
      const asked = await resolveWith(work, by);
      if (asked === undefined || 'receipt' in asked) throw new Error(`not resolved: ${JSON.stringify(asked?.receipt)}`);
      return asked.answers as unknown as DmpAnswers;
    },
    deliver: async (work, bytes, by = connector) => {
      const asked = await resolveWith(work, by);
      if (asked === undefined) throw new Error('this connector asks first');
      return 'receipt' in asked ? asked.receipt : by.send(sending(work, bytes, asked.answers as unknown as DmpAnswers), signal());
    },
    close: async () => { await Promise.all([...opened.map((one) => one.close()), simulator.close()]); rmSync(folder, { recursive: true }); },
  };
}
