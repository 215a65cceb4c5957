import { step } from '../run/place.ts';
import { rule } from '../run/rule.ts';
import type { ElementRule } from './resource-rule.ts';

const local = rule('absolute-system', 'error', 'invalid', 'system doit être une référence absolue', 'system must be an absolute reference, not a local reference', 'Écrire https://… ou urn:oid:…', 'Write https://… or urn:oid:…');
const valueSet = rule('system-is-value-set', 'error', 'invalid', 'system désigne un ensemble de valeurs, non un système de codes', 'The Coding references a value set, not a code system', 'Utiliser l’url du CodeSystem', 'Use the url of the CodeSystem');

const scheme = /^[A-Za-z][\w+.-]*:/;

/** The system of a code or identifier is a uri that means the same everywhere. */
export const absoluteSystem: ElementRule = {
  id: 'absolute-system', types: ['Coding', 'Identifier', 'Quantity'], source: 'R4 datatypes.html#Coding, #Identifier; reference validator', decision: 'adopted',
  why: 'a local system names nothing outside the sender',
  check: (value, run, compiler) => {
    const { system } = value;
    if (typeof system !== 'string' || system === '' || system.startsWith('urn:')) return;
    if (!system.startsWith('http://') && !scheme.test(system)) run.reportAt(step('system'), local, []);
    else if (compiler.terminology.namesValueSet(system)) run.reportAt(step('system'), valueSet, []);
  },
};
