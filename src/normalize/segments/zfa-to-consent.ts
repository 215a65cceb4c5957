import type { Consent, Extension, Organization, Reference } from '@medplum/fhirtypes';
import { extensions, own } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

/** The two questions of ZFA: field of the answer, of its date, and what the answers mean. */
const questions = [
  { category: 'alimentation', answer: 9, at: 10, provision: { IO: 'deny', INO: 'permit' } },
  { category: 'consultation', answer: 11, at: 12, provision: { INC: 'deny', IC: 'permit' } },
] as const;

/**
 * ZFA-9 and ZFA-11 as one Consent each: may this establishment feed the patient's DMP, may its professionals read it. An
 * answer not collected (NA) is a Consent that is only proposed: neither yes nor no. `sent` dates what ZFA does not.
 */
export function zfaToConsents(zfa: Tracked, patient: string, organization: Reference<Organization>, zone: string, sent: string): Consent[] {
  return questions.flatMap(({ category, answer, at, provision }): Consent[] => {
    const code = zfa.text(answer);
    if (code === '') return [];
    const type = (provision as Readonly<Record<string, 'deny' | 'permit' | undefined>>)[code];
    const collected = zfa.time(zone, at) || sent;
    return [{
      resourceType: 'Consent', status: type ? 'active' : 'proposed',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: `${own}/CodeSystem/passerelle-dmp-consent-category`, code: category }] }],
      patient: { reference: patient }, ...(collected === '' ? {} : { dateTime: collected }),
      organization: [organization],
      policyRule: { coding: [{ system: `${own}/CodeSystem/pam-zfa-${answer}`, code }] },
      ...(type ? { provision: { type } } : {}),
    }];
  });
}

/** ZFA-1 to 3: the state of the DMP as the sender knows it, when it was looked up, when the DMP was closed. */
export function dmpStatus(zfa: Tracked, zone: string): Extension | null {
  const extension: Extension[] = [], status = zfa.text(1), seen = zfa.time(zone, 2), closed = zfa.time(zone, 3);
  if (status !== '') extension.push({ url: 'status', valueCode: status });
  if (seen !== '') extension.push({ url: 'seen', valueDateTime: seen });
  if (closed !== '') extension.push({ url: 'closed', valueDateTime: closed });
  return extension.length > 0 ? { url: extensions.dmp, extension } : null;
}
