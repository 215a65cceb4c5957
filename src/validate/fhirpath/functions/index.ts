import type { FunctionBuilder } from '../compile.ts';
import { collectionFunctions } from './collection.ts';
import { conversionFunctions } from './conversion.ts';
import { fhirFunctions } from './fhir.ts';
import { filterFunctions } from './filter.ts';
import { mathFunctions } from './math.ts';
import { stringFunctions } from './string.ts';

/** All functions by name (N1 and the additions of R4 fhirpath.html). */
export const functions: Readonly<Record<string, FunctionBuilder>> = {
  ...collectionFunctions, ...filterFunctions, ...stringFunctions, ...mathFunctions, ...conversionFunctions, ...fhirFunctions,
};
