import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { startDmpSimulator, type DmpSimulator, type DmpSimulatorSettings } from '../../connectors/dmp/simulator/simulator.ts';
import { certificates, now, send, type Answered, type Certificates, type Made } from './request.ts';

/** A simulated DMP for a test file: started once, emptied before each test. */
export function simulated(settings: Partial<DmpSimulatorSettings> = {}) {
  let simulator: DmpSimulator | undefined, own: Certificates | undefined;
  beforeAll(async () => {
    own = certificates();
    simulator = await startDmpSimulator({ tls: { ...own.server, ca: own.pki.ca }, signing: { ca: own.pki.ca }, now: () => now, ...settings });
  });
  beforeEach(() => { simulator?.reset(); });
  afterAll(async () => { await simulator?.close(); });
  const dmp = (): DmpSimulator => { if (simulator === undefined) throw new Error('not started'); return simulator; };
  const keys = (): Certificates => { if (own === undefined) throw new Error('not started'); return own; };
  return {
    dmp, keys, signer: () => keys().signature,
    send: (made: Made): Promise<Answered> => send(dmp().url, made, keys()),
    /** Rules the last request broke, refused or told. */
    broken: (status: 'fail' | 'warn' = 'fail'): string[] => dmp().submissions()[0]?.rules.filter((one) => one.status === status).map((one) => one.id) ?? [],
    /** The current version of a document. */
    current: (uniqueId = '1.2.250.1.999.7.1') => dmp().entries().find((one) => one.uniqueId === uniqueId && /Approved$|Archived$/.test(one.status)),
  };
}
export const success = 'ResponseStatusType:Success';
export const errorCode = ({ text }: Answered): string => /errorCode="([^"]*)"/.exec(text)?.[1] ?? '';
export const references = ({ text }: Answered): string[] => [...text.matchAll(/<rim:ObjectRef id="([^"]*)"/g)].map((found) => found[1] ?? '');
export const objects = ({ text }: Answered): string[] => [...text.matchAll(/<ExtrinsicObject [^>]* id="([^"]*)"/g)].map((found) => found[1] ?? '');
