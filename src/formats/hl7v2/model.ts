import type { Finding } from '../../domain/finding.ts';

/** The five separators, as MSH-1/MSH-2 declare them (usual `|^~\&`). */
export interface Separators { readonly field: string; readonly component: string; readonly repetition: string; readonly escape: string; readonly subcomponent: string }

/**
 * A message over its received bytes: nothing is copied until it is asked for, so that a field of several MB costs nothing
 * while nobody reads it. Texts come unescaped and decoded by MSH-18. Absent things are empty, never undefined:
 * `segment.field(9).repetition(1).component(3).text` is '' when missing.
 */
export interface Hl7Message {
  readonly bytes: Uint8Array;
  readonly separators: Separators;
  /** Charset used for decoding, and whether it is the one declared. */
  readonly charset: { readonly declared: string; readonly used: 'utf-8' | 'iso-8859-15' | 'windows-1252' | 'us-ascii'; readonly fallback: boolean };
  readonly segments: readonly Segment[];
  /** What the reader itself found (charset fallback, strange separators, lines that are no segment…). */
  readonly findings: readonly Finding[];
  /** The first segment of that name, or an empty one. */
  first(name: string): Segment;
  has(name: string): boolean;
  all(name: string): readonly Segment[];
}

/** A line as one text, and cut into its fields: the segment's name first, then field 1. */
export interface Written { readonly line: string; readonly fields: readonly string[] }

export interface Segment {
  readonly name: string;
  /** 1-based among the segments of the same name. */
  readonly rank: number;
  /** 0-based in the message; -1 for the empty segment that stands for an absent one. */
  readonly index: number;
  /** Received bytes of the whole segment, a view without copy. */
  readonly slice: Uint8Array;
  /** The segment decoded, still escaped; null for a long one, whose fields are decoded as they are asked for, or with separators that are no ASCII. */
  readonly written: Written | null;
  /** Number of the last field present. MSH counts the field separator as MSH-1. */
  readonly size: number;
  field(n: number): Field;
  /** Shortcut: text of field n, repetition 1, component c (default 1), subcomponent 1. */
  text(n: number, c?: number): string;
  /** `PID`, or `OBX[2]` when there are several of that name in the message. */
  readonly place: string;
}

export interface Field {
  /** Nothing between the separators. */
  readonly isEmpty: boolean;
  /** The field is exactly `""`: the sender deletes the value. */
  readonly isNull: boolean;
  readonly repetitions: readonly Repetition[];
  repetition(n: number): Repetition;
  /** Text of the first repetition's first component, first subcomponent. */
  readonly text: string;
  /** Received bytes of the whole field, a view without copy. */
  readonly slice: Uint8Array;
  /** `PID-3`, `OBX[2]-5`. */
  readonly place: string;
}

export interface Repetition {
  readonly isEmpty: boolean;
  readonly components: readonly Component[];
  component(n: number): Component;
  /** Text of component c, subcomponent s (default 1). */
  text(c: number, s?: number): string;
  /** `PID-3(2)`; the (1) is left out when the field does not repeat. */
  readonly place: string;
}

export interface Component {
  readonly isEmpty: boolean;
  /** First subcomponent, unescaped. */
  readonly text: string;
  sub(n: number): string;
  readonly subs: readonly string[];
  /** Received bytes, a view: base64 payloads are taken from here. */
  readonly slice: Uint8Array;
  /** `PID-3(2)-4`; with a subcomponent `PID-3(2)-4-2`. */
  readonly place: string;
}
