import type { Association, AssociationKind, Submission, SubmissionSet } from '../submission.ts';
import { Classified, Numbering } from './classified.ts';
import { extrinsicObject } from './extrinsic-object.ts';
import { associationObject, associationTypes, namespaces, setSchemes, submissionSetNode } from './schemes.ts';
import { descriptionOf, escaped, nameOf, slot, slotOf, slotsOf } from './xml.ts';

/** The RegistryPackage of a SubmissionSet (IHE ITI TF-3 §4.2.3.3). */
function registryPackage(set: SubmissionSet, numbers: Numbering): string {
  const of = new Classified(set.id, numbers);
  return `<RegistryPackage id="${escaped(set.id)}">`
    + slotOf('submissionTime', set.submissionTime) + slot('intendedRecipient', set.intendedRecipients) + slotsOf(set.slots) + nameOf(set.title) + descriptionOf(set.comments)
    + set.authors.map((author) => of.author(setSchemes.author, author)).join('') + of.code(setSchemes.contentTypeCode, set.contentTypeCode) + of.node(submissionSetNode)
    + of.identifier(setSchemes.patientId, 'XDSSubmissionSet.patientId', set.patientId) + of.identifier(setSchemes.sourceId, 'XDSSubmissionSet.sourceId', set.sourceId)
    + of.identifier(setSchemes.uniqueId, 'XDSSubmissionSet.uniqueId', set.uniqueId)
    + '</RegistryPackage>';
}

const urnOf = (kind: Association['kind']): string => (kind in associationTypes ? associationTypes[kind as AssociationKind] : kind);
const association = ({ kind, source, target, slots }: Association, numbers: Numbering): string =>
  `<Association id="${numbers.next('as')}" associationType="${escaped(urnOf(kind))}" objectType="${associationObject}" sourceObject="${escaped(source)}" targetObject="${escaped(target)}">${slotsOf(slots)}</Association>`;

/**
 * lcm:SubmitObjectsRequest of a lot: the metadata of ITI-41, the body of ITI-57, the content of METADATA.XML (without its XML
 * declaration). The same lot gives the same text. Throws NotXmlText.
 */
export function submitObjectsRequest({ submissionSet, documents, signature, associations }: Submission): string {
  const numbers = new Numbering();
  return `<lcm:SubmitObjectsRequest xmlns:lcm="${namespaces.lcm}"><RegistryObjectList xmlns="${namespaces.rim}">`
    + registryPackage(submissionSet, numbers) + [...documents, ...(signature === undefined ? [] : [signature])].map((one) => extrinsicObject(one, numbers)).join('')
    + associations.map((one) => association(one, numbers)).join('')
    + '</RegistryObjectList></lcm:SubmitObjectsRequest>';
}
