import { coreBase } from '../registry/type-code.ts';
import { isObject, type ResourceRule } from './resource-rule.ts';

/** observation-vitalsigns.html, table "Vital Signs Profiles": LOINC code → core profile. */
const profiles: Readonly<Record<string, string>> = {
  '85353-1': 'vitalspanel', '9279-1': 'resprate', '8867-4': 'heartrate', '2708-6': 'oxygensat', '8310-5': 'bodytemp',
  '8302-2': 'bodyheight', '9843-4': 'headcircum', '29463-7': 'bodyweight', '39156-5': 'bmi', '85354-9': 'bp',
};

/** An Observation with the code of a vital sign is held to the core profile of that sign. */
export const vitalSigns: ResourceRule = {
  id: 'vital-signs', types: ['Observation'], source: 'R4 observation-vitalsigns.html: "SHALL conform"; reference validator', decision: 'adopted',
  why: 'R4 makes these profiles mandatory for these codes',
  check: (resource, run, compiler) => {
    const { code } = resource;
    const codings = isObject(code) && Array.isArray(code.coding) ? code.coding as unknown[] : [];
    for (const coding of codings) {
      if (!isObject(coding)) continue;
      const name = coding.system === 'http://loinc.org' && typeof coding.code === 'string' ? profiles[coding.code] : undefined;
      const profile = name === undefined ? undefined : compiler.structures.find(coreBase + name);
      // A profile derived from the core one, checked already, has said it all.
      if (profile !== undefined && !run.held(resource).some(held => compiler.structures.lineage(held).has(profile.url))) compiler.once(resource, profile, run);
    }
  },
};
