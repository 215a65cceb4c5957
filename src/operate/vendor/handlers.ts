import type { Language } from '../../domain/finding.ts';
import * as routes from '../api/contract/vendor.ts';
import { ApiFault } from '../api/fault.ts';
import { holds, serve, type Served } from '../api/served.ts';
import type { catalogueOf } from './catalogue.ts';

export interface CatalogueJudge {
  /** OperationOutcome (JSON bytes) of a resource's text. */
  validate(text: string, profiles: readonly string[]): Promise<Uint8Array>;
  /** `{messages: […]}` (JSON bytes), one entry a message of the file. */
  checkFile(bytes: Uint8Array, language: Language): Promise<Uint8Array>;
  convertFile(bytes: Uint8Array, language: Language): Promise<Uint8Array>;
}
export interface VendorRoutesPorts {
  readonly judge: CatalogueJudge;
  readonly catalogue: ReturnType<typeof catalogueOf>;
  /** The sandbox's simulators, as they are now; none without a sandbox. */
  readonly reports: (language: Language) => readonly routes.SimulatorReport[];
}

/** The vendors' part of the API. Stateless but for the simulators; what is judged is kept nowhere. */
export function vendorHandlers({ judge, catalogue, reports }: VendorRoutesPorts): Served[] {
  const some = (body: Uint8Array): Uint8Array => {
    if (body.length === 0) throw new ApiFault('api.invalid', ['body', 'empty'], { place: 'body' });
    return body;
  };
  return [
    serve(routes.vendorCheck, ({ body, language }) => judge.checkFile(some(body), language)),
    serve(routes.vendorConvert, ({ body, language }) => judge.convertFile(some(body), language)),
    serve(routes.vendorValidate, ({ body, query }) => judge.validate(Buffer.from(some(body)).toString('utf8'), query.profile ?? [])),
    serve(routes.fixtureList, () => ({ fixtures: [...catalogue.list()] })),
    serve(routes.fixtureOne, ({ params }) => {
      const found = catalogue.get(params.id);
      if (found === null) throw new ApiFault('api.not-found');
      return found;
    }),
    serve(routes.reportList, ({ caller, language }) => ({ reports: reports(language).filter(({ id }) => holds(caller.scope.destinations, id)) })),
    serve(routes.reportOne, ({ params, language }) => {
      const found = reports(language).find(({ id }) => id === params.id);
      if (found === undefined) throw new ApiFault('api.not-found');
      return found;
    }),
  ];
}
