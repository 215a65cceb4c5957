import { createRequire } from 'node:module';

interface UcumUtils { validateUnitString(unit: string, suggest?: boolean): { status: string } }

const maxKept = 5000;

/**
 * Is a text a UCUM unit? By @lhncbc/ucum-lhc, loaded at the first question (it takes 30 ms), each unit asked once.
 * Hand it to `createValidator` as `terminology.ucum`.
 */
export function openUcum(): (unit: string) => boolean {
  const known = new Map<string, boolean>();
  let utils: UcumUtils | undefined;
  return unit => {
    const answer = known.get(unit);
    if (answer !== undefined) return answer;
    utils ??= (createRequire(import.meta.url)('@lhncbc/ucum-lhc') as { UcumLhcUtils: { getInstance(): UcumUtils } }).UcumLhcUtils.getInstance();
    const valid = unit.length <= 100 && utils.validateUnitString(unit).status === 'valid';
    if (known.size >= maxKept) known.clear();
    known.set(unit, valid);
    return valid;
  };
}
