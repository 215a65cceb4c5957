import type { Socket } from 'node:net';
import type { ServerResponse } from 'node:http';
import type { Arrived } from './simulator-rule.ts';

/** How the partner misbehaves, for so many requests of a kind. */
export interface Failure {
  readonly mode: 'status' | 'hang' | 'reset-before' | 'reset-after' | 'slow' | 'garbage' | 'entry' | 'flood';
  times: number;
  /** Only requests of this kind; all when absent. */
  readonly on?: Arrived['kind'];
  /** status: the HTTP status, an issue code for an OperationOutcome (none: an empty body), and Retry-After in seconds. */
  readonly status?: number;
  readonly issue?: string;
  readonly retryAfter?: number;
  /** slow: milliseconds before it serves as usual. */
  readonly delayMs?: number;
}

const outcome = (code: string): string => JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, expression: ['Bundle.entry[0].resource'] }] });

/** Fails one request in the way asked; `go` serves it as if nothing were wrong. */
export function failNow(failure: Failure, socket: Socket, response: ServerResponse, go: () => void): void {
  switch (failure.mode) {
    case 'status':
      response.writeHead(failure.status ?? 500, { 'content-type': 'application/fhir+json', ...(failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) }) });
      response.end(failure.issue === undefined ? '' : outcome(failure.issue));
      return;
    case 'hang': return;
    case 'reset-before': socket.resetAndDestroy(); return;
    case 'reset-after': {
      // Stored, and the answer never leaves: the request is in doubt for the sender.
      response.writeHead = () => response;
      response.end = () => { socket.resetAndDestroy(); return response; };
      go();
      return;
    }
    case 'slow': setTimeout(go, failure.delayMs ?? 50); return;
    case 'garbage': response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Portail</html>'); return;
    case 'entry':
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      response.end(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry: Array.from({ length: failure.status ?? 1 }, () => ({ response: { status: '422', outcome: JSON.parse(outcome(failure.issue ?? 'invariant')) as unknown } })) }));
      return;
    case 'flood':
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      response.end(Buffer.alloc(failure.status ?? 1 << 24, 0x20));
  }
}
