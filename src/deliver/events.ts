import type { FaultCode } from '../domain/catalogue.ts';

/** One wide event per attempt and per move, for logs and metrics. Places and codes only (invariant 10). */
export interface AttemptEvent {
  readonly kind: 'attempt';
  readonly trace: string;
  readonly seq: number;
  readonly delivery: number;
  readonly destination: string;
  readonly system: string;
  readonly action: string;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'submitted' | 'refused' | 'held' | 'busy' | 'unknown';
  readonly fault: string | null;
  /** What the partner said when it was asked first; null when it was not. */
  readonly asked: 'found' | 'absent' | 'unknown' | null;
  readonly possibleDuplicate: boolean;
  readonly ms: number;
  readonly next: 'delivered' | 'refused' | 'submitted' | 'held' | 'waiting';
  readonly notBefore: number | null;
  /** Milliseconds from plan to now. */
  readonly age: number;
}
export interface MoveEvent {
  readonly kind: 'move';
  readonly trace: string;
  readonly seq: number;
  readonly delivery: number;
  readonly destination: string;
  readonly to: 'held' | 'waiting' | 'refused' | 'abandoned' | 'delivered';
  readonly reason: string;
  readonly by: string;
}
export interface BreakerEvent { readonly kind: 'breaker'; readonly destination: string; readonly state: 'open' | 'closed'; readonly fault: string | null }
/** Something went wrong on our side. `where` is a place in the program, without the error's own text. */
export interface TroubleEvent { readonly kind: 'trouble'; readonly fault: FaultCode; readonly destination: string | null; readonly delivery: number | null; readonly what: string; readonly where: string }
export type DeliverEvent = AttemptEvent | MoveEvent | BreakerEvent | TroubleEvent;
export type Log = (event: DeliverEvent) => void;

/** Where an error was thrown, without its text: a text may quote what it choked on (invariant 10). */
export function placeOf(error: unknown): { what: string; where: string } {
  if (!(error instanceof Error)) return { what: typeof error, where: '' };
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))?.trim() ?? '';
  return { what: error.name, where: frame };
}
