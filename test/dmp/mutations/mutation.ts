import { provide, type Certificates, type LotOptions, type Made, type Spoil } from '../request.ts';

/** One thing changed in a good request, and the one rule that must say so. */
export interface Mutation { readonly rule: string; readonly what: string; make(own: Certificates): Made }

/** Puts `to` in place of the first `from`; a mutation that changes nothing is a mistake of the test. */
export const swap = (from: string | RegExp, to: string) => (text: string): string => {
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`nothing to change: ${String(from)}`);
  return changed;
};
export const every = (from: string, to: string) => (text: string): string => {
  if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
  return text.replaceAll(from, to);
};
/** Both, one after the other. */
export const both = (...changes: ((text: string) => string)[]) => (text: string): string => changes.reduce((sofar, change) => change(sofar), text);

/** A submission spoilt at one stage. */
export const spoilt = (rule: string, what: string, spoil: Spoil | ((own: Certificates) => Spoil), options: LotOptions | ((own: Certificates) => LotOptions) = {}): Mutation =>
  ({ rule, what, make: (own) => provide(own.signature, { ...(typeof options === 'function' ? options(own) : options), spoil: typeof spoil === 'function' ? spoil(own) : spoil }) });
export const metadata = (rule: string, what: string, change: (xml: string) => string): Mutation => spoilt(rule, what, { metadata: change });
export const header = (rule: string, what: string, change: (type: string) => string): Mutation => spoilt(rule, what, { headers: (all) => ({ ...all, 'content-type': change(all['content-type'] ?? '') }) });
