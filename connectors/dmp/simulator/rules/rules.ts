import { families, type Rule } from '../rule.ts';
import { codeRules } from './codes.ts';
import { documentRules } from './document.ts';
import { entryRules } from './entry.ts';
import { lotRules } from './lot.ts';
import { maskingRules } from './masking.ts';
import { queryRules } from './query.ts';
import { rightsRules } from './rights.ts';
import { schemaRules } from './schema.ts';
import { signatureRules } from './signature.ts';
import { soapRules } from './soap.ts';
import { storeRules } from './store.ts';
import { timeRules } from './times.ts';
import { transportRules } from './transport.ts';
import { updateRules } from './update.ts';
import { vihfAttributeRules } from './vihf-attributes.ts';
import { vihfRules } from './vihf.ts';

/** Every rule, family by family. */
export const rules: readonly Rule[] = [
  ...transportRules, ...soapRules, ...vihfRules, ...vihfAttributeRules, ...rightsRules, ...schemaRules, ...lotRules, ...entryRules, ...codeRules, ...timeRules,
  ...maskingRules, ...documentRules, ...signatureRules, ...storeRules, ...updateRules, ...queryRules,
].sort((a, b) => families.indexOf(a.family) - families.indexOf(b.family));
