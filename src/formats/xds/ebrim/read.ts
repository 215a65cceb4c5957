import { finding, type Finding } from '../../../domain/finding.ts';
import type { Association, Submission, SubmittedDocument } from '../submission.ts';
import { attributeOf, childrenOf, slotsOf, type RimElement } from './object.ts';
import { readEntry, readSubmissionSet } from './read-entry.ts';
import { scanRim } from './scan.ts';
import { associationTypes, submissionSetNode } from './schemes.ts';

const kinds: ReadonlyMap<string, Association['kind']> = new Map(Object.entries(associationTypes).map(([kind, urn]) => [urn, kind as Association['kind']]));

function association(object: RimElement, findings: Finding[]): Association {
  const urn = attributeOf(object, 'associationType');
  const kind = kinds.get(urn);
  if (kind === undefined) findings.push(finding('xds.association-type', 'Association/@associationType', 'Association/@associationType'));
  return { kind: kind ?? (urn.startsWith('urn:') ? urn as `urn:${string}` : `urn:${urn}`), source: attributeOf(object, 'sourceObject'), target: attributeOf(object, 'targetObject'), slots: Object.fromEntries(slotsOf(object)) };
}

const isSet = (object: RimElement, nodes: ReadonlySet<string>): boolean =>
  nodes.has(attributeOf(object, 'id')) || childrenOf(object, 'Classification').some((one) => attributeOf(one, 'classificationNode') === submissionSetNode);

/** A lot's signature document (IHE ITI DSG, dmp.md §1.4). */
const isSignature = ({ entry }: SubmittedDocument): boolean => entry.classCode?.code === 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1';

/** What makes a lot usable at all; the rest of the metadata is the receiver's to judge. */
function missing({ submissionSet, documents, associations }: Submission): Finding[] {
  const absent = [
    ...(submissionSet.uniqueId === '' ? ['XDSSubmissionSet.uniqueId'] : []),
    ...documents.flatMap(({ entry }, i) => (entry.uniqueId === '' ? [`XDSDocumentEntry[${String(i + 1)}].uniqueId`] : [])),
  ];
  const held = new Set(associations.filter(({ kind, source }) => kind === 'HasMember' && source === submissionSet.id).map(({ target }) => target));
  const loose = documents.flatMap(({ id }, i) => (held.has(id) ? [] : [`XDSDocumentEntry[${String(i + 1)}]`]));
  return [...absent.map((place) => finding('xds.metadata-missing', place, place)), ...loose.map((place) => finding('xds.not-a-member', place, place))];
}

export interface SubmissionRead { readonly submission: Submission | null; readonly findings: readonly Finding[] }

/** The lot of an lcm:SubmitObjectsRequest (METADATA.XML, ITI-41 or ITI-57 body). Never throws; `submission` is null when there is none to use. */
export function readSubmission(bytes: Uint8Array): SubmissionRead {
  const packages: RimElement[] = [];
  const nodes = new Set<string>();
  const read: SubmittedDocument[] = [];
  const associations: Association[] = [];
  const findings: Finding[] = [];
  const stopped = scanRim(bytes, {
    object: (object) => {
      switch (object.name) {
        case 'RegistryPackage': packages.push(object); break;
        case 'ExtrinsicObject': { const { registered: _registered, ...document } = readEntry(object); read.push(document); break; }
        case 'Association': associations.push(association(object, findings)); break;
        case 'Classification': if (attributeOf(object, 'classificationNode') === submissionSetNode) nodes.add(attributeOf(object, 'classifiedObject')); break;
        default: break;
      }
    },
  });
  if (stopped !== null) return { submission: null, findings: [stopped] };
  const [set, another] = packages.filter((one) => isSet(one, nodes));
  if (set === undefined || another !== undefined) return { submission: null, findings: [finding('xds.submission-set', 'RegistryPackage', set === undefined ? '0' : '2+')] };
  const signature = read.find(isSignature);
  const submission: Submission = {
    submissionSet: readSubmissionSet(set), documents: read.filter((one) => one !== signature), associations, ...(signature === undefined ? {} : { signature: { id: signature.id, entry: signature.entry } }),
  };
  return { submission, findings: [...findings, ...missing(submission)] };
}
