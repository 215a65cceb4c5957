import { step } from '../run/place.ts';
import { rule } from '../run/rule.ts';
import { text, type ElementRule } from './resource-rule.ts';

const noUri = rule('identifier-uri', 'error', 'invalid', "L'identifiant dit être un URI et n'en est pas un", 'The identifier says it is a URI and is none', 'Écrire urn:oid:…, urn:uuid:… ou https://…', 'Write urn:oid:…, urn:uuid:… or https://…');

/** `urn:ietf:rfc:3986` says that the value is a full URI (identifier-registry.html). */
export const identifierUri: ElementRule = {
  id: 'identifier-uri', types: ['Identifier'], source: 'R4 datatypes.html#Identifier, identifier-registry.html; reference validator', decision: 'adopted',
  why: 'a bare OID or number under this system is nobody\'s identifier',
  check: (value, run) => {
    const identifier = value.system === 'urn:ietf:rfc:3986' ? text(value.value) : undefined;
    if (identifier !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(identifier)) run.reportAt(step('value'), noUri, []);
  },
};
