import type { Language } from '../../domain/finding.ts';
import { destinationList, destinationPause, destinationResume, destinationShow, type CertificateSeen, type DestinationStory } from '../api/contract/destinations.ts';
import { serve, type Caller, type Served } from '../api/served.ts';
import type { DestinationControl } from '../control/destinations.ts';
import type { Present } from './now.ts';
import type { Reader } from './reader.ts';
import { causeOf, found } from './words.ts';

/** What the configuration says of a destination, besides what its row tells. */
export interface DestinationSet { readonly id: string; readonly concurrency: number; readonly attemptMs: number; readonly deadlineDays: number; readonly breaker: { readonly failures: number; readonly probeMs: number }; readonly rules: readonly string[] }
export interface DestinationPorts {
  readonly reader: Pick<Reader, 'causes'>;
  readonly present: Present;
  readonly control: DestinationControl;
  readonly configured: readonly DestinationSet[];
  readonly certificates: (destination: string) => readonly CertificateSeen[];
}

export function destinationRoutes({ reader, present, control, configured, certificates }: DestinationPorts): Served[] {
  const rows = async (caller: Caller, language: Language) => (await present.destinations(caller.scope, language)).map((one) => ({ ...one, certificates: [...certificates(one.id)] }));
  const story = async (name: string, caller: Caller, language: Language): Promise<DestinationStory> => {
    const destination = found((await rows(caller, language)).find(({ id }) => id === name));
    const { concurrency, attemptMs, deadlineDays, breaker, rules } = found(configured.find(({ id }) => id === name));
    return {
      destination, switches: (await control.switches()).filter((one) => one.destination === name).map(({ paused, by, why, at }) => ({ paused, by, why, at })).reverse(),
      // Of all sources: who sees some only is told no numbers of others.
      causes: caller.scope.sources !== null ? [] : (await reader.causes(name)).map(({ state, reason, count, oldestAt }) => ({ state, cause: causeOf(reason, language), count, oldestAt })),
      rules: [...rules], settings: { concurrency, attemptMs, deadlineDays, breakerFailures: breaker.failures, breakerProbeMs: breaker.probeMs },
    };
  };
  return [
    serve(destinationList, async ({ caller, language }) => ({ destinations: await rows(caller, language) })),
    serve(destinationShow, ({ params: { name }, caller, language }) => story(name, caller, language)),
    serve(destinationPause, async ({ params: { name }, body: { reason }, caller, language }) => { await control.pause(name, { by: caller.account, why: reason }); return story(name, caller, language); }),
    serve(destinationResume, async ({ params: { name }, body: { reason }, caller, language }) => { await control.resume(name, { by: caller.account, why: reason }); return story(name, caller, language); }),
  ];
}
