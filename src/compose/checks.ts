import { randomUUID } from 'node:crypto';
import { connectors } from '../../connectors/index.ts';
import type { Config } from '../config/model.ts';
import { sandboxed } from '../config/sandbox.ts';
import type { Partner } from '../deliver/destination.ts';
import type { Clock } from '../domain/clock.ts';
import type { DestinationCheck } from '../operate/control/checks.ts';
import { openPartners } from './partners.ts';
import { certificatesOf } from './tls-settings.ts';

/** A partner that answers nothing must not hold the others' results back. */
const longestMs = 20_000;

const late = { ok: false, text: `aucune réponse en ${longestMs / 1000} s`, english: `no answer in ${longestMs / 1000} s` };

async function asked({ connector }: Partner): Promise<Pick<DestinationCheck, 'ok' | 'text' | 'english'>> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([connector.check(), new Promise<typeof late>((done) => { timer = setTimeout(done, longestMs, late); })]);
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.name : 'unknown' };
  } finally { clearTimeout(timer); }
}

/** Every destination whose connector exists: can it be reached, does it accept us, when do our certificates end? */
export const checkPartners = (partners: ReadonlyMap<string, Partner>, { destinations }: Pick<Config, 'destinations'>, clock: Clock): Promise<DestinationCheck[]> =>
  Promise.all(destinations.flatMap(({ id, system, settings }) => {
    const partner = partners.get(id);
    return partner === undefined ? [] : [asked(partner).then((said): DestinationCheck => ({ destination: id, system, at: clock(), ...said, certificates: certificatesOf(settings) }))];
  }));

/**
 * The same of a gateway that does not run: each connector is opened, asked and closed. Simulators run with the gateway only,
 * and are left out. What cannot be opened says why.
 */
export async function standingChecks(config: Config): Promise<DestinationCheck[]> {
  const simulated = new Set(sandboxed(config).map(({ destination }) => destination));
  const found = await Promise.all(config.destinations.filter(({ id }) => !simulated.has(id)).map(async (one) => {
    const alone = { ...config, destinations: [one] };
    try {
      const partners = await openPartners(alone, connectors, Date.now, randomUUID);
      try { return await checkPartners(partners, alone, Date.now); } finally { await Promise.all([...partners.values()].map(({ connector }) => connector.close())); }
    } catch (error) {
      const { id: destination, system, settings } = one;
      return [{ destination, system, at: Date.now(), ok: false, text: error instanceof Error ? error.message : 'unknown', certificates: certificatesOf(settings) }];
    }
  }));
  return found.flat();
}
