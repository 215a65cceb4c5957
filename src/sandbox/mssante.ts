import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fictiveDirectory } from '../../connectors/mssante/simulator/directory-data.ts';
import { flatFileLines, whitelistXml } from '../../connectors/mssante/simulator/directory-files.ts';
import { startDirectorySimulator } from '../../connectors/mssante/simulator/directory.ts';
import { openPages } from '../../connectors/mssante/simulator/pages.ts';
import { startMssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import { testPki } from './pki.ts';
import { scratch } from './scratch.ts';
import type { Simulator, SimulatorPlaces } from './simulators.ts';

const passphrase = 'sandbox';
/** Domains of the fixtures and of the published examples, which a trial is made with. */
const ofTrials = [
  'medecins.mssante.test', 'quatre-vents.mssante.test', 'saint-aubin.mssante.test', 'cabinet.mssante.test', 'demonstration.mssante.test', 'hopital-a.mssante.test', 'labo-b.mssante.test', 'chb.mssante.test',
  'chu-test.mssante.test', 'pro.mssante.test', 'test-ci-sis.mssante.fr', 'medecin.formation.mssante.fr', 'hopitala.mssante.fr', 'institutcancer.mssante.fr', 'domain.mssante.fr', 'mssante.fr', 'interop-mssante.apicrypt.org',
];

/**
 * A simulated MSSanté operator with its test authority, and a simulated Annuaire Santé. The client's certificate (PEM and
 * PKCS#12), the directory's files, and the notices that come back unless the gateway has a mailbox for them, are in a folder of
 * its own, which goes with the sandbox.
 */
export async function mssante({ scratch: base = null, notices = null }: Partial<SimulatorPlaces> = {}): Promise<Simulator> {
  const folder = scratch(base, 'mssante');
  const file = (name: string, content: string | Buffer): string => { const path = join(folder, name); writeFileSync(path, content, { mode: 0o600 }); return path; };
  const pki = testPki('Passerelle sandbox MSSante', Date.now());
  const { cert, key } = pki.issue('server', 'smtp.operateur-test.mssante.test');
  const client = pki.issue('client', 'passerelle.sandbox.test');
  const paths = { ca: file('ca.pem', pki.ca), cert: file('client.pem', client.cert), key: file('client.key', client.key), pfx: file('client.p12', pki.pkcs12(client, passphrase)), passphrase: file('passphrase', passphrase), notices: notices ?? join(folder, 'notices') };
  const simulator = await startMssSimulator({ tls: { cert, key, ca: pki.ca }, notices: { folder: paths.notices, automatic: true } });
  const pages = await openPages(simulator);
  const published = fictiveDirectory(200);
  const domains = [...published.professionals.flatMap(({ mailboxes, roles }) => [...mailboxes, ...roles.flatMap((one) => one.mailboxes)]), ...published.structures.flatMap(({ mailboxes }) => mailboxes)].map(({ address }) => address.slice(address.indexOf('@') + 1));
  const whitelist = { domains: [...new Set([...domains, ...ofTrials])], date: new Date().toISOString() };
  const directory = await startDirectorySimulator({ directory: published, whitelist });
  // Brought from the simulator, as in operation; there from the first mail on.
  const recipients = {
    directory: { url: directory.fhir, apiKey: { file: file('annuaire-cle', 'sandbox') } }, file: { file: file('annuaire.txt', [...flatFileLines(published)].join('')) },
    whitelist: { file: file('liste-blanche.xml', whitelistXml(whitelist)) }, download: { extraction: directory.flatFile, whitelist: directory.whitelist },
  };
  return {
    address: `smtp://127.0.0.1:${simulator.ports.starttls} (STARTTLS), smtps://127.0.0.1:${simulator.ports.implicit}; rapport / report: ${pages.url}; annuaire / directory: ${directory.fhir}; certificats / certificates: ${folder}`,
    settings: { host: simulator.host, port: simulator.ports.starttls, tls: { pfx: { file: paths.pfx }, passphrase: { file: paths.passphrase }, ca: { file: paths.ca }, mutual: true }, recipients, notices: paths.notices },
    report: () => {
      const { arrivals, mailboxes, duplicates, rules } = simulator.report();
      return { received: arrivals, stored: Object.fromEntries(Object.entries(mailboxes).filter(([, count]) => count > 0)), duplicates: duplicates.length > 0 ? ['mail'] : [], broken: rules.filter((one) => one.broken > 0 && one.severity === 'error').map(({ id }) => id) };
    },
    close: async () => { await Promise.all([simulator.close(), pages.close(), directory.close()]); rmSync(folder, { recursive: true, force: true }); },
  };
}
