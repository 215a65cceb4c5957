import { readdirSync, readFileSync } from 'node:fs';
import { converted, planOf } from '../../src/compose/judge.ts';
import { unaddressed } from '../../src/compose/unaddressed.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/model.ts';
import { createPlannerFor } from '../../src/plan-settings.ts';
import type { Planned } from '../../src/planner.ts';
import { labResult } from '../bench/message.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

function* inputs(): Generator<[name: string, bytes: Uint8Array]> {
  yield ['benchmark', Buffer.from(labResult(1, 1, 'R'))];
  for (const [root, file, families] of [['hl7v2', 'in.hl7', ['oru-r01', 'mdm-t02', 'adt', 'volet']], ['cda', 'in.xml', ['cr-bio', 'cr-imagerie', 'ldl-ses']]] as const) {
    for (const family of families) for (const name of readdirSync(new URL(`${root}/${family}/`, fixtures)).sort()) {
      yield [`${root}/${family}/${name}`, readFileSync(new URL(`${root}/${family}/${name}/${file}`, fixtures))];
    }
  }
}

/** The sample configuration, its Bundles not checked by the gateway itself, with a regional destination's settings changed. */
export function configWith(regional: Readonly<Record<string, unknown>> = {}): Config {
  const config = unaddressed(loadConfig(null));
  return {
    ...config, validation: { ...config.validation, mode: 'off' },
    destinations: config.destinations.map((one) => (one.system === 'regional' ? { ...one, settings: { ...one.settings, ...regional } } : one)),
  };
}

/** Plans each fixture, and the benchmark's message, that `check` would answer AA. */
export function accepted(config: Config): (readonly [name: string, planned: Planned])[] {
  const planner = createPlannerFor(config, 'test');
  return [...inputs()].map(([name, bytes]) => [name, planOf(bytes, config, planner)] as const).filter(([, { outcome }]) => outcome.ack === 'AA');
}

/** As JSON text says it: what the journal keeps, what `convert --json` prints. */
const said = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
export const keptBundle = ({ outcome }: Planned): unknown => said(outcome.bundle);
export const convertedBundle = (planned: Planned): unknown => said(converted(planned).bundle);

interface Sent { readonly step: string; readonly resource: { readonly resourceType: string; readonly entry?: readonly { readonly resource: Record<string, unknown> & { resourceType: string } }[] } }

/** What leaves for a destination, each body complete with its documents' bytes. */
export function sentTo(destination: string, { plan, understood }: Planned): Sent[] {
  const bytesOf = (name: string): Uint8Array => understood.reading.documents.find((one) => one.name === name)?.bytes ?? new Uint8Array();
  return plan.deliveries.filter((one) => one.destination === destination).flatMap(({ envelope }) => envelope?.steps ?? []).map(({ name, body }) => {
    const text = Buffer.concat(body.map((part) => (part instanceof Uint8Array ? part : Buffer.from(Buffer.from(bytesOf(part.document)).toString(part.encoding === 'raw' ? 'utf8' : 'base64')))));
    return { step: name, resource: JSON.parse(text.toString('utf8')) as Sent['resource'] };
  });
}
