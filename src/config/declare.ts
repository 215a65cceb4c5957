/** A text in both languages of the product. */
export interface Said { readonly fr: string; readonly en: string }

/** What a value must look like, in words for the fault that says it does not. */
export interface Shape extends Said { readonly fits: (text: string) => boolean }

/** `path` and `secret` files are made absolute from the configuration's folder; `free` is left as it is for a connector. */
export type Kind =
  | { readonly is: 'text' | 'texts'; readonly shape?: Shape }
  | { readonly is: 'choice' | 'choices'; readonly of: readonly string[] }
  | { readonly is: 'integer'; readonly min: number; readonly max: number }
  | { readonly is: 'boolean' | 'secret' | 'path' | 'free' };

/** The one declaration of a setting: loading, lint, explain and the documentation all come from it. */
export interface Leaf {
  readonly node: 'leaf';
  readonly kind: Kind;
  readonly about: Said;
  /** Absent: the setting is required. */
  readonly default?: unknown;
  readonly example: string;
  /** Rarely to be changed. */
  readonly advanced: boolean;
}
export interface Group {
  readonly node: 'group';
  readonly about: Said;
  readonly fields: Readonly<Record<string, Setting>>;
  /** What an absent group is: null, or all its defaults. */
  readonly absent: 'null' | 'defaults';
}
export interface List {
  readonly node: 'list';
  readonly about: Said;
  readonly item: Group;
  /** The field that names an item; it must be unique. */
  readonly key: string;
}
export type Setting = Leaf | Group | List;

interface Rest { readonly default?: unknown; readonly advanced?: boolean }
export const leaf = (kind: Kind, fr: string, en: string, example: string, rest: Rest = {}): Leaf =>
  ({ node: 'leaf', kind, about: { fr, en }, example, advanced: rest.advanced ?? false, ...('default' in rest ? { default: rest.default } : {}) });
export const group = (fr: string, en: string, fields: Group['fields'], absent: Group['absent'] = 'defaults'): Group =>
  ({ node: 'group', about: { fr, en }, fields, absent });
export const list = (fr: string, en: string, key: string, fields: Group['fields']): List =>
  ({ node: 'list', about: { fr, en }, key, item: group(fr, en, fields) });

/** A setting that rarely needs changing, with its default. */
export const tuned = (value: unknown): Rest => ({ default: value, advanced: true });

/** Shapes used by several settings. */
export const name: Shape = { fr: 'un nom en lettres, chiffres, « - », « _ » ou « . »', en: 'a name in letters, digits, "-", "_" or "."', fits: text => /^[A-Za-z0-9][\w.-]{0,62}$/.test(text) };
export const packageVersion: Shape = { fr: 'un paquet et sa version, comme hl7.fhir.fr.core#2.1.0', en: 'a package and its version, such as hl7.fhir.fr.core#2.1.0', fits: text => /^[A-Za-z0-9][\w.@-]{0,120}#[A-Za-z0-9][\w.+-]{0,60}$/.test(text) };
export const timeZone: Shape = {
  fr: 'un fuseau IANA, comme Europe/Paris', en: 'an IANA time zone, such as Europe/Paris',
  fits: text => { try { new Intl.DateTimeFormat('en', { timeZone: text }); return true; } catch { return false; } },
};
