import type { RequestHandler } from 'express';
import { TLSSocket } from 'node:tls';
import type { Config, ListenerSettings } from '../config/model.ts';
import { plainAddress } from '../intake/sources.ts';
import type { IntakePorts } from '../intake/take.ts';
import { operationOutcome } from '../net/operation-outcome.ts';
import { certificateOf } from '../net/peer-certificate.ts';
import type { CatalogueJudge } from '../operate/vendor/handlers.ts';
import type { VendorPorts } from '../operate/vendor/routes.ts';
import { version } from '../version.ts';
import type { VendorJob, VendorSettings } from '../workers/jobs.ts';
import { createPool, type Pool } from '../workers/pool.ts';

const script = new URL('../workers/vendor.worker.ts', import.meta.url);

/** Who may send messages on this listener may have them judged here, and nobody else: no message names its sender yet. */
const knownPeer = (listener: string, ports: IntakePorts): RequestHandler => (request, response, next) => {
  const [, token = null] = /^Bearer (.+)$/.exec(request.get('authorization') ?? '') ?? [];
  const certificate = request.socket instanceof TLSSocket ? certificateOf(request.socket) : null;
  if (ports.sources.knows({ listener, address: plainAddress(request.socket.remoteAddress ?? ''), certificate, token })) next();
  else response.status(401).type('application/fhir+json').send(operationOutcome('intake.no-credential'));
};

export interface Vendor extends VendorPorts, Pick<CatalogueJudge, 'checkFile' | 'convertFile'> { close(): Promise<void> }

/** The vendors' side of a listener. Its worker starts with the first question: a gateway that is never asked loads no profile. */
export function vendorOf(config: Config, listener: ListenerSettings, ports: IntakePorts): Vendor {
  const data: VendorSettings = { config, version };
  let pool: Pool | null = null;
  const ask = (payload: VendorJob): Promise<Uint8Array> => {
    pool ??= createPool({ workers: 1, script, data, hardLimitMs: 60_000, heapMb: 1024 });
    return pool.run({ kind: 'vendor', payload });
  };
  return {
    validate: (text, profiles) => ask({ ask: 'validate', text, profiles }), convert: (bytes) => ask({ ask: 'convert', bytes }),
    checkFile: (bytes, language) => ask({ ask: 'check-file', bytes, language }), convertFile: (bytes, language) => ask({ ask: 'convert-file', bytes, language }),
    known: knownPeer(listener.name, ports), maxBytes: listener.maxBytes, close: async () => { await pool?.close(); },
  };
}
