import type { Language } from '../domain/finding.ts';
import type { Said, Setting } from './declare.ts';
import { expected } from './expected.ts';
import { settings } from './settings/all.ts';

/** One setting, explained. `path` has `[]` where a list repeats. */
export interface Explained {
  readonly path: string;
  readonly about: Said;
  /** What it may be; null for a group or a list. */
  readonly type: Said | null;
  readonly required: boolean;
  readonly default: unknown;
  readonly example: string | null;
  readonly advanced: boolean;
  readonly secret: boolean;
}

/** Every setting, in the order of the documentation. */
export function explained(setting: Setting = settings, path = ''): Explained[] {
  const heading = { path, about: setting.about, type: null, required: false, default: undefined, example: null, advanced: false, secret: false };
  const inside = (fields: Readonly<Record<string, Setting>>, prefix: string) =>
    Object.entries(fields).flatMap(([key, field]) => explained(field, prefix === '' ? key : `${prefix}.${key}`));
  switch (setting.node) {
    case 'group': return [...(path === '' ? [] : [heading]), ...inside(setting.fields, path)];
    case 'list': return [heading, ...inside(setting.item.fields, `${path}[]`)];
    case 'leaf': {
      const { fr, en } = expected(setting.kind);
      const several = setting.kind.is === 'texts' || setting.kind.is === 'choices';
      return [{
        ...heading, type: several ? { fr: `liste ; ${fr}`, en: `list; ${en}` } : { fr, en }, required: !('default' in setting), default: setting.default,
        example: setting.example, advanced: setting.advanced, secret: setting.kind.is === 'secret',
      }];
    }
  }
}

/** For people at a terminal. `only`: the settings under that path. */
export function explainText(language: Language, only = ''): string {
  const fr = language === 'fr';
  return explained().filter(one => one.path === only || one.path.startsWith(only)).map(one => {
    const lines = [one.path, `  ${one.about[language]}`];
    if (one.type) lines.push(`  ${fr ? 'Valeur' : 'Value'} : ${one.type[language]}${one.required ? fr ? ' (obligatoire)' : ' (required)' : ''}`);
    if (one.default !== undefined && one.default !== null) lines.push(`  ${fr ? 'Par défaut' : 'Default'} : ${JSON.stringify(one.default)}`);
    if (one.example !== null) lines.push(`  ${fr ? 'Exemple' : 'Example'} : ${one.example}`);
    return lines.join('\n');
  }).join('\n\n');
}
