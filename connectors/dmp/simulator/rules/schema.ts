import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { XmlDocument, XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { soap12, xop } from '../namespaces.ts';
import { family, short, type Broken, type Rule } from '../rule.ts';
import { withDocument } from '../xml.ts';

const rule = family('lot', 'IHE XDS.b_DocumentRepository.xsd', 'XDSRepositoryMetadataError');
const validators = new Map<string, XsdValidator>();

/** Loaded once a folder: it takes tens of milliseconds. Its imports are found beside it. */
function validator(folder: string): XsdValidator {
  const known = validators.get(folder);
  if (known !== undefined) return known;
  xmlRegisterFsInputProviders();
  const url = join(folder, 'XDS.b_DocumentRepository.xsd');
  const schema = XmlDocument.fromBuffer(readFileSync(url), { url });
  try {
    const made = XsdValidator.fromDoc(schema);
    validators.set(folder, made);
    return made;
  } finally { schema.dispose(); }
}

function broken(root: Uint8Array, folder: string): Broken[] {
  return withDocument(root, (document) => {
    const body = document.get('/s:Envelope/s:Body/*[1]', { s: soap12 });
    if (!(body instanceof XmlElement)) return [];
    // An xop:Include stands for the base64 of its part (XOP §3.2): the schema knows the base64 only.
    for (const include of body.find('.//x:Include', { x: xop })) include.remove();
    try { validator(folder).validate(body); return []; } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error;
      // The names of elements and attributes, never a value of the message.
      return [{ at: 'soap:Body', extract: short((error.details[0]?.message ?? '').replace(/'[^']*'(?= is not a valid value)/, '…').replace(/The value '[^']*'/, 'The value …').trim()) }];
    }
  });
}

export const schemaRules: readonly Rule[] = [
  rule('lot-schema', 'Le corps est valide selon le schéma d’IHE (quand le simulateur l’a).', 'The body is valid against IHE’s schema (when the simulator has it).',
    ({ transaction, root, settings, lot }) => (settings.schemas === null || root === null || lot === null || transaction !== 'TD2.1' ? null : broken(root, settings.schemas))),
];
