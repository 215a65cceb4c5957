import type { XdsAuthor, XdsCode } from '../document-entry.ts';
import { escaped, nameOf, slot, slotOf } from './xml.ts';

/** Ids of classifications, identifiers and associations: unique in one request, the same for the same content. */
export class Numbering {
  #last = 0;
  next(prefix: string): string { this.#last += 1; return `${prefix}${String(this.#last).padStart(2, '0')}`; }
}

/** Classifications and external identifiers of one registry object. */
export class Classified {
  readonly #object: string;
  readonly #numbers: Numbering;
  constructor(object: string, numbers: Numbering) { this.#object = object; this.#numbers = numbers; }

  author(scheme: string, { person, institutions, roles, specialties }: XdsAuthor): string {
    return this.#classification(scheme, '', slotOf('authorPerson', person) + slot('authorInstitution', institutions) + slot('authorRole', roles) + slot('authorSpecialty', specialties));
  }

  code(scheme: string, code: XdsCode | null): string {
    return code === null ? '' : this.#classification(scheme, code.code, slotOf('codingScheme', code.scheme) + nameOf(code.display));
  }

  node(node: string): string { return `<Classification classificationNode="${node}" classifiedObject="${escaped(this.#object)}" id="${this.#numbers.next('cla')}"/>`; }

  identifier(scheme: string, name: string, value: string): string {
    return value === '' ? '' : `<ExternalIdentifier id="${this.#numbers.next('ei')}" identificationScheme="${scheme}" registryObject="${escaped(this.#object)}" value="${escaped(value)}">${nameOf(name)}</ExternalIdentifier>`;
  }

  #classification(scheme: string, nodeRepresentation: string, content: string): string {
    return `<Classification classificationScheme="${scheme}" classifiedObject="${escaped(this.#object)}" id="${this.#numbers.next('cla')}" nodeRepresentation="${escaped(nodeRepresentation)}">${content}</Classification>`;
  }
}
