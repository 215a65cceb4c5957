import type { Config } from '../config/model.ts';
import { emissionCheck } from '../emit/check-emitted.ts';
import type { EmissionCheck } from '../emit/emitted.ts';
import type { Validator } from '../validate/validator.ts';
import { openValidator } from './validator.ts';

/** The checks of what leaves, by destination, where one is asked for. Destinations that pin the same share a validator. Throws PackageFault. */
export function emissionChecks({ destinations, packages, language }: Config): Map<string, EmissionCheck> {
  const checks = new Map<string, EmissionCheck>();
  const validators = new Map<string, Validator>();
  for (const { id, validation: { mode, packages: pinned, profiles } } of destinations) {
    if (mode === 'off') continue;
    const key = JSON.stringify([pinned, profiles]);
    const validator = validators.get(key) ?? openValidator({ store: packages.folder, pinned, everywhere: profiles, packages: [], unknownExtensions: 'warning', language });
    validators.set(key, validator);
    checks.set(id, emissionCheck(validator, { destination: id, mode, profiles }));
  }
  return checks;
}
