import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { startDmpSimulator, type DmpSimulator, type DmpSimulatorSettings } from '../../connectors/dmp/simulator/simulator.ts';
import { testPki } from './pki.ts';
import { scratch } from './scratch.ts';
import type { Simulator, SimulatorPlaces } from './simulators.ts';

/** The structure of the sandbox's certificates: a FINESS of the test range. */
const structure = '1990000001';
/** Other entities of the same fictive legal entity. */
const entities = ['1990000019'];
const passphrase = 'passerelle';
/** The simulated DMP takes any number; a true one is its owner's secret. */
const homologation = 'FICTIF-000';
const files = ['ca.pem', 'serveur.pem', 'serveur.key', 'authentification.pem', 'authentification.key', 'authentification.p12', 'signature.pem', 'signature.key', 'signature.p12', 'mot-de-passe', 'homologation'] as const;
type File = typeof files[number];

/** Those of the folder while they last; new ones otherwise. A test authority: nothing else may ever trust it. */
function certificates(folder: string, now: number): Readonly<Record<File, string>> {
  const paths = Object.fromEntries(files.map((name) => [name, join(folder, name)])) as Record<File, string>;
  const good = files.every((name) => existsSync(paths[name])) && Date.parse(new X509Certificate(readFileSync(paths['serveur.pem'])).validTo) > now;
  if (!good) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pki = testPki('AC du bac à sable DMP', now);
    const write = (name: File, content: string | Buffer): void => { writeFileSync(paths[name], content, { mode: 0o600 }); };
    write('ca.pem', pki.ca);
    const server = pki.issue('server', 'localhost');
    write('mot-de-passe', passphrase);
    write('homologation', homologation);
    write('serveur.pem', server.cert);
    write('serveur.key', server.key);
    for (const [name, commonName] of [['authentification', 'DMP AUTH (essai)'], ['signature', 'DMP SIGN (essai)']] as const) {
      const identity = pki.issue('client', commonName, { structure });
      write(`${name}.pem`, identity.cert);
      write(`${name}.key`, identity.key);
      write(`${name}.p12`, pki.pkcs12(identity, passphrase));
    }
  }
  return paths;
}

type Ports = Pick<DmpSimulatorSettings, 'port' | 'pagesPort'>;
const portOf = (url: string): number => Number(new URL(url).port);

/** The ports of the time before when they are free, so that a client need not be set up again; any otherwise. */
async function onSamePorts(file: string | null, start: (ports: Ports) => Promise<DmpSimulator>): Promise<DmpSimulator> {
  if (file === null) return start({});
  let simulator: DmpSimulator;
  try { simulator = await start(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Ports : {}); } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    simulator = await start({});
  }
  writeFileSync(file, JSON.stringify({ port: portOf(simulator.url), pagesPort: portOf(simulator.pagesUrl) }));
  return simulator;
}

/** The simulated DMP with test certificates. In a folder, certificates, record and reports outlive it; without one, nothing does. */
export async function startDmp({ folder: kept, scratch: base = null }: SimulatorPlaces): Promise<Simulator> {
  const folder = kept === null ? scratch(base, 'dmp') : resolve(kept);
  const given = certificates(join(folder, 'certificats'), Date.now());
  const text = (name: File): string => readFileSync(given[name], 'utf8');
  const simulator = await onSamePorts(kept === null ? null : join(folder, 'ports.json'), (ports) => startDmpSimulator({
    tls: { cert: text('serveur.pem'), key: text('serveur.key'), ca: text('ca.pem') }, signing: { ca: text('ca.pem') }, structures: { [structure]: entities }, folder: kept === null ? null : folder, ...ports,
  }));
  return {
    address: simulator.url,
    settings: {
      baseUrl: simulator.url, homologation: { file: given.homologation },
      authentication: { pfx: { file: given['authentification.p12'] }, passphrase: { file: given['mot-de-passe'] }, ca: { file: given['ca.pem'] } },
      signature: { pfx: { file: given['signature.p12'] }, passphrase: { file: given['mot-de-passe'] } },
    },
    shown: [
      { fr: 'rapports et scénarios', en: 'reports and scenarios', value: simulator.pagesUrl },
      { fr: 'autorité du serveur', en: 'server’s authority', value: given['ca.pem'] },
      { fr: `certificat d’authentification (mot de passe ${passphrase})`, en: `authentication certificate (password ${passphrase})`, value: given['authentification.p12'] },
      { fr: `certificat de signature (mot de passe ${passphrase})`, en: `signature certificate (password ${passphrase})`, value: given['signature.p12'] },
      { fr: 'structure des certificats', en: 'structure of the certificates', value: structure },
    ],
    report: () => {
      const { arrivals, stored, duplicates, rules } = simulator.report();
      return { received: arrivals, stored: Object.fromEntries(Object.entries(stored).filter(([, count]) => count > 0)), duplicates, broken: rules.filter((one) => one.broken > 0).map((one) => one.name) };
    },
    close: async () => {
      await simulator.close();
      if (kept === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}
