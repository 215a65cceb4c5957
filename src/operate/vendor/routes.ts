import { raw, Router, type RequestHandler } from 'express';

export interface VendorPorts {
  /** OperationOutcome (JSON bytes) of a resource's text. Rejects when no worker could do it. */
  validate(text: string, profiles: readonly string[]): Promise<Uint8Array>;
  /** `{format, messageType, bundle, findings, loss}` (JSON bytes) of a message. */
  convert(bytes: Uint8Array): Promise<Uint8Array>;
  /** Lets through who may send messages here, and nobody else. */
  readonly known: RequestHandler;
  readonly maxBytes: number;
}

const refusal = (code: string, text: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }] });

/**
 * For vendors (design.md §6): `POST /$validate` and `POST /$convert`, to be mounted at `/fhir`. Stateless: nothing is kept.
 * A resource that is not valid is still a 200: its OperationOutcome is the answer asked for (FHIR R4 §3.1.0.12 $validate).
 */
export function vendorRoutes(ports: VendorPorts): Router {
  const router = Router();
  const body = raw({ type: () => true, limit: ports.maxBytes });
  const bytesOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
  router.post('/$validate', ports.known, body, async (request, response) => {
    const asked = request.query.profile;
    const profiles = [asked].flat().filter((one): one is string => typeof one === 'string');
    const outcome = await ports.validate(bytesOf(request.body).toString('utf8'), profiles);
    response.type('application/fhir+json').send(Buffer.from(outcome));
  });
  router.post('/$convert', ports.known, body, async (request, response) => {
    response.type('application/json').send(Buffer.from(await ports.convert(bytesOf(request.body))));
  });
  router.all(['/$validate', '/$convert'], (_request, response) => { response.status(405).set('Allow', 'POST').json(refusal('not-supported', 'POST')); });
  return router;
}
