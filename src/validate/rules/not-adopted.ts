import type { Described } from './resource-rule.ts';

/** What the reference validator does outside the definitions and this one does not, with the reason. */
export const notAdopted: readonly Described[] = [
  {
    id: 'display-error', types: ['Coding'], source: 'reference validator (Display_Name_for__should_be)', decision: 'not adopted',
    why: 'a display that is not the terminology\'s is a warning here: translations are many, and the code is what counts',
  },
  {
    id: 'ucum-error', types: ['Quantity'], source: 'reference validator (Error processing unit)', decision: 'not adopted',
    why: 'a code that is no UCUM unit is a warning here: laboratories send their own units under this system, and a result must not be lost for it',
  },
  {
    id: 'document-reachable', types: ['Bundle'], source: 'reference validator (entry not reachable from the Composition)', decision: 'not adopted',
    why: 'an entry that nothing leads to takes nothing from the document that is read',
  },
  {
    id: 'contained-by-narrative', types: ['*'], source: 'reference validator (dom-3 met by an image of the narrative)', decision: 'not adopted',
    why: 'dom-3 is applied as R4 writes it: a contained resource that only the narrative shows is refused',
  },
  {
    id: 'signature', types: ['Signature'], source: 'reference validator (digital signature of a Bundle)', decision: 'not adopted',
    why: 'signatures are verified where the certificates are known, at the partner\'s door, not by a pure validator',
  },
  {
    id: 'best-practice', types: ['Observation'], source: 'reference validator (bpWarnings: performer, effective…)', decision: 'not adopted',
    why: 'our own profiles say what a flow must carry',
  },
  {
    id: 'reference-exists', types: ['Reference'], source: 'reference validator (ReferenceValidationPolicy CHECK_EXISTS)', decision: 'not adopted',
    why: 'a relative reference may lead to the receiver\'s server, which a pure validator does not ask',
  },
  {
    id: 'markdown', types: ['markdown'], source: 'reference validator (HTML in markdown)', decision: 'not adopted',
    why: 'R4 allows HTML in markdown; whoever shows it must clean it',
  },
  {
    id: 'narrative-language', types: ['*'], source: 'reference validator (lang and xml:lang of the div)', decision: 'not adopted',
    why: 'French senders leave it out, and no reader depends on it',
  },
  {
    id: 'code-system-count', types: ['CodeSystem'], source: 'reference validator (CodeSystem.count)', decision: 'not adopted',
    why: 'no verdict depends on it',
  },
];
