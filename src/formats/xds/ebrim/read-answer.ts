import { finding, type Finding } from '../../../domain/finding.ts';
import { attributeOf } from './object.ts';
import { readEntry, type RegisteredDocument } from './read-entry.ts';
import { scanRim } from './scan.ts';

/** A RegistryError as it came (ebRS 3.0 §2.1.6): unknown codes are kept raw, for the operator to see. */
export interface RegistryError { readonly code: string; readonly context: string; readonly severity: 'Error' | 'Warning'; readonly location: string; readonly text: string }

export interface RegistryAnswer {
  /** Last word of the status URN; '' when the bytes hold no answer. */
  readonly status: 'Success' | 'PartialSuccess' | 'Failure' | '';
  readonly errors: readonly RegistryError[];
  /** entryUUIDs of an ObjectRef answer. */
  readonly objectRefs: readonly string[];
  readonly documents: readonly RegisteredDocument[];
  readonly findings: readonly Finding[];
}

const known = ['Success', 'PartialSuccess', 'Failure'] as const;
const lastWord = (urn: string): string => urn.slice(urn.lastIndexOf(':') + 1);

/** RegistryResponse or AdhocQueryResponse, alone or inside its SOAP envelope. Never throws. Contexts may quote a patient's identifier: they are for the journal, never for a log. */
export function readRegistryAnswer(bytes: Uint8Array): RegistryAnswer {
  const errors: RegistryError[] = [];
  const objectRefs: string[] = [];
  const documents: RegisteredDocument[] = [];
  const statuses: RegistryAnswer['status'][] = [];
  const stopped = scanRim(bytes, {
    answer: (urn) => { statuses.push(known.find((one) => one === lastWord(urn)) ?? ''); },
    object: (object) => {
      switch (object.name) {
        case 'RegistryError':
          errors.push({
            code: lastWord(attributeOf(object, 'errorCode')), context: attributeOf(object, 'codeContext'), severity: lastWord(attributeOf(object, 'severity')) === 'Warning' ? 'Warning' : 'Error',
            location: attributeOf(object, 'location'), text: object.text.trim(),
          });
          break;
        case 'ObjectRef': objectRefs.push(attributeOf(object, 'id')); break;
        case 'ExtrinsicObject': documents.push(readEntry(object)); break;
        default: break;
      }
    },
  });
  if (stopped !== null) return { status: '', errors: [], objectRefs: [], documents: [], findings: [stopped] };
  const [status = ''] = statuses;
  return { status, errors, objectRefs, documents, findings: status === '' ? [finding('xds.no-answer', '/')] : [] };
}
