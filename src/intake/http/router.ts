import { Router, type Request, type Response } from 'express';
import { TLSSocket } from 'node:tls';
import { catalogue, type FaultCode } from '../../domain/catalogue.ts';
import { operationOutcome } from '../../net/operation-outcome.ts';
import { certificateOf } from '../../net/peer-certificate.ts';
import type { Answer } from '../accept.ts';
import { plainAddress, type Peer } from '../sources.ts';
import { take, type IntakePorts } from '../take.ts';
import { readBody } from './body.ts';

export interface HttpIntake { readonly name: string; readonly maxBytes: number }

/** How a format is answered: the type of its acknowledgement, and what is written when a message is not taken. */
interface Spoken { readonly path: string; readonly type: string; readonly refusal: (ports: IntakePorts, head: Uint8Array, fault: FaultCode) => Uint8Array | string }
const spoken: readonly Spoken[] = [
  { path: '/hl7v2', type: 'application/hl7-v2', refusal: (ports, head, fault) => ports.refuse(head, fault) },
  // A CDA has no acknowledgement of its own: it is answered by an OperationOutcome.
  { path: '/cda', type: 'application/fhir+json', refusal: (_ports, _head, fault) => operationOutcome(fault) },
];

const status: Readonly<Record<NonNullable<Answer['code']>, number>> = { AA: 200, CA: 202, AE: 422, CE: 422, AR: 503, CR: 503 };
const retryAfterSeconds = '30';

/**
 * `POST /hl7v2` and `/cda`, to be mounted at `/in` (design.md §6). The body is the message's bytes, whatever the content type;
 * the answer is the format's own acknowledgement, the trace in `X-Passerelle-Trace`.
 */
export function intakeRouter(listener: HttpIntake, ports: IntakePorts): Router {
  const router = Router();
  for (const format of spoken) {
    router.post(format.path, async (request, response) => { await receive(request, response, format, listener, ports); });
    router.all(format.path, (_request, response) => { response.status(405).set('Allow', 'POST').end(); });
  }
  return router;
}

async function receive(request: Request, response: Response, format: Spoken, listener: HttpIntake, ports: IntakePorts): Promise<void> {
  const peer = peerOf(request, listener.name);
  const refuse = (fault: FaultCode, head: Uint8Array, retryAfterMs?: number) => {
    const code = (catalogue[fault]).http ?? 503;
    if (code === 401) response.set('WWW-Authenticate', 'Bearer realm="passerelle"');
    if (code === 503 || code === 429) response.set('Retry-After', retryAfterMs === undefined ? retryAfterSeconds : String(Math.ceil(retryAfterMs / 1000)));
    // What was not read of the body would be taken for the next request.
    if (!request.complete) response.set('Connection', 'close');
    response.status(code).type(format.type).send(Buffer.from(format.refusal(ports, head, fault)));
  };
  const told = (fault: FaultCode, head: Uint8Array) => { ports.report({ fault, listener: listener.name, peer: peer.address }); refuse(fault, head); };

  // Nobody unknown makes us hold his bytes.
  if (!ports.sources.knows(peer)) { told('intake.no-credential', new Uint8Array(0)); return; }
  const body = await readBody(request, listener.maxBytes, ports.admission);
  try {
    if (body.fault !== undefined) { told(body.fault, body.head); return; }
    const { answer, refused, retryAfterMs } = await take(ports, request.socket, peer, body.bytes, 'http', `${listener.name}#${peer.address}:${request.socket.remotePort ?? 0}`);
    if (refused !== undefined) { refuse(refused, body.bytes, retryAfterMs); return; }
    response.set('X-Passerelle-Trace', answer.trace);
    if (answer.code === null || answer.bytes === null) { response.status(204).end(); return; }
    if (status[answer.code] === 503) response.set('Retry-After', retryAfterSeconds);
    response.status(status[answer.code]).type(format.type).send(Buffer.from(answer.bytes));
  } finally { body.release(); }
}

function peerOf(request: Request, listener: string): Peer {
  const { socket } = request;
  const [, token = null] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return { listener, address: plainAddress(socket.remoteAddress ?? ''), token, certificate: socket instanceof TLSSocket && socket.authorized ? certificateOf(socket) : null };
}
