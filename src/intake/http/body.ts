import type { IncomingMessage } from 'node:http';
import type { FaultCode } from '../../domain/catalogue.ts';
import type { Admission } from '../admission.ts';
import { Pieces } from '../../net/pieces.ts';

export type Body = { readonly bytes: Buffer; readonly fault?: never } | { readonly fault: FaultCode; readonly head: Uint8Array; readonly bytes?: never };

const headBytes = 1024;
/** Bodies smaller than this are let in whatever the memory budget says. */
const alwaysHeld = 65_536;

/**
 * The bytes of a request as they are: no decoding, a cap, and a place in the memory budget until `release`.
 * A refused body leaves the request unread: the connection must be closed after the answer.
 */
export function readBody(request: IncomingMessage, maxBytes: number, admission: Admission): Promise<Body & { release: () => void }> {
  const pieces = new Pieces();
  let held = 0;
  const release = () => { admission.release(held); held = 0; };
  return new Promise(resolve => {
    const stop = (fault: FaultCode) => {
      request.off('data', read).off('end', whole).off('close', cut);
      request.pause();
      const head = pieces.cutTo(headBytes);
      release();
      resolve({ fault, head, release });
    };
    const read = (chunk: Buffer) => {
      pieces.add(chunk);
      if (pieces.size > maxBytes) { stop('intake.frame-too-large'); return; }
      const wanted = pieces.size > alwaysHeld ? pieces.size - held : 0;
      if (wanted > 0 && !admission.hold(wanted)) stop('intake.overloaded'); else held += wanted;
    };
    const whole = () => { request.off('close', cut); if (pieces.size === 0) stop('intake.body-incomplete'); else resolve({ bytes: pieces.take(), release }); };
    const cut = () => { stop('intake.body-incomplete'); };
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding !== 'identity') { stop('intake.encoding-unsupported'); return; }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) { stop('intake.frame-too-large'); return; }
    request.on('data', read).on('end', whole).on('close', cut).on('error', () => undefined);
  });
}
