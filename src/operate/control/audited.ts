import type { Audit } from '../audit/audit.ts';
import type { By, Control, PlainControl } from './control.ts';

/** The role written for who acts by a command: whoever may run it on this machine. */
const role = 'command-line';

/** The same control, whose acts by a person are rows of the audit log; each is told before it is done, and its end after: what the log cannot keep is not done. */
export function auditedControl(control: PlainControl, audit: Audit): Control {
  const told = async <T>(act: string, objects: Readonly<Record<string, string>>, { by, why }: By, work: () => Promise<T>): Promise<T> => {
    const entry = { who: by, role, organisation: null, address: null, act, objects, reason: why };
    const begun = audit.begin(entry);
    let made: T;
    try { made = await work(); } catch (error) {
      const { code } = error as { readonly code?: unknown };
      audit.write({ ...entry, outcome: typeof code === 'string' ? 'refused' : 'failed', fault: typeof code === 'string' ? code : null }, begun);
      throw error;
    }
    // Nothing of that name: nothing was done or shown.
    audit.write({ ...entry, ...(made === null ? { outcome: 'refused', fault: 'api.not-found' } : { outcome: 'done', fault: null }) }, begun);
    return made;
  };
  const delivery = (id: number) => ({ delivery: String(id) });
  return {
    ...control,
    verifyAudit: () => audit.verify(),
    release: (id, by) => told('release', delivery(id), by, () => control.release(id, by)),
    abandon: (id, by) => told('abandon', delivery(id), by, () => control.abandon(id, by)),
    replay: (id, by) => told('replay', delivery(id), by, () => control.replay(id, by)),
    replan: (ref, by) => told('replan', { message: ref }, by, () => control.replan(ref, by)),
    reveal: (ref, by, parts) => told('reveal', { message: ref, ...(parts === undefined ? {} : { parts }) }, by, () => control.reveal(ref, by, parts)),
    pause: (destination, by) => told('pause', { destination }, by, () => control.pause(destination, by)),
    resume: (destination, by) => told('resume', { destination }, by, () => control.resume(destination, by)),
  };
}
