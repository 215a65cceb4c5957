import type { Scalar } from 'yaml';
import type { Kind, Said } from './declare.ts';

/** What one value of a setting must be, and in words. */
export interface Described extends Said { readonly fits: (value: unknown) => boolean }

const oneOf = (of: readonly string[]): Described => ({ fr: `l’une de : ${of.join(', ')}`, en: `one of: ${of.join(', ')}`, fits: value => typeof value === 'string' && of.includes(value) });

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function expected(kind: Kind): Described {
  switch (kind.is) {
    case 'text': case 'texts': {
      const { shape } = kind;
      if (!shape) return { fr: 'un texte', en: 'a text', fits: isText };
      return { fr: shape.fr, en: shape.en, fits: value => isText(value) && shape.fits(value) };
    }
    case 'choice': case 'choices': return oneOf(kind.of);
    case 'integer': {
      const { min, max } = kind;
      return { fr: `un entier de ${min} à ${max}`, en: `an integer from ${min} to ${max}`, fits: value => Number.isInteger(value) && (value as number) >= min && (value as number) <= max };
    }
    case 'boolean': return { fr: 'true ou false', en: 'true or false', fits: value => typeof value === 'boolean' };
    case 'path': return { fr: 'un chemin', en: 'a path', fits: value => typeof value === 'string' && value !== '' };
    case 'secret': return { fr: '{ file: … } ou { env: … }', en: '{ file: … } or { env: … }', fits: () => false };
    case 'free': return { fr: 'des réglages du connecteur', en: 'settings of the connector', fits: () => false };
  }
}

/** Where a text is wanted, `010000024` and `1.2` are texts as they were written: YAML would make numbers of them, and lose a FINESS its zero. */
export function valueOf(scalar: Scalar, kind: Kind): unknown {
  const text = kind.is === 'text' || kind.is === 'texts';
  return text && typeof scalar.value === 'number' ? scalar.source ?? String(scalar.value) : scalar.value;
}
