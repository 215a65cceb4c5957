import type { DestinationState } from '../operate/control/destinations.ts';
import type { By } from '../operate/control/control.ts';
import { controlled } from './controlled.ts';
import type { Output } from './output.ts';

const when = (at: number): string => new Date(at).toISOString();

/** Who paused a destination, since when and why; null when it runs. */
export function pausedLine({ id, paused }: Pick<DestinationState, 'id' | 'paused'>, output: Output): string | null {
  if (paused === null) return null;
  return output.words(`${id} : suspendue depuis ${when(paused.at)} par ${paused.by} (${paused.why}) ; rien ne part`, `${id}: paused since ${when(paused.at)} by ${paused.by} (${paused.why}); nothing leaves`);
}

export async function list(file: string | null, history: boolean, output: Output): Promise<number> {
  if (history) {
    for (const act of await controlled(file, (control) => control.switches())) {
      output.record(act);
      output.line(`${when(act.at)}  ${act.destination.padEnd(16)} ${act.paused ? output.words('suspendue', 'paused') : output.words('reprise', 'resumed')} ${output.words('par', 'by')} ${act.by} : ${act.why}`);
    }
    return 0;
  }
  for (const one of await controlled(file, (control) => control.destinations())) {
    output.record(one);
    const counts = Object.entries(one.deliveries).filter(([state]) => state !== 'delivered').map(([state, count]) => `${count} ${state}`).join(', ');
    const off = one.production && !one.enabled ? output.words(' (production, non autorisée)', ' (production, not enabled)') : '';
    output.line(`${one.id.padEnd(16)} ${one.system.padEnd(9)}${off} ${counts}`.trimEnd());
    const paused = pausedLine(one, output);
    if (paused !== null) output.line(`  ! ${paused}`);
  }
  return 0;
}

export async function switchTo(file: string | null, what: 'pause' | 'resume', destination: string, by: By, output: Output): Promise<number> {
  const running = await controlled(file, async (control, isRunning) => { await control[what](destination, by); return isRunning; });
  output.record({ destination, act: what, running });
  const later = running ? '' : output.words(' La passerelle ne tourne pas : cela vaudra dès son démarrage.', ' The gateway does not run: this holds from its next start.');
  output.line(what === 'pause'
    ? output.words(`${destination} suspendue : les essais en cours se terminent, plus rien d’autre ne part. Rien n’est perdu ; reprise : « destinations resume ${destination} ».`, `${destination} paused: attempts under way end, nothing else leaves. Nothing is lost; resume with "destinations resume ${destination}".`) + later
    : output.words(`${destination} reprise : ce qui attendait part, dans l’ordre.`, `${destination} resumed: what waited leaves, in order.`) + later);
  return 0;
}
