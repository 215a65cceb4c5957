import { randomUUID } from 'node:crypto';
import { hl7v3 } from '../namespaces.ts';
import type { Received } from '../received.ts';
import type { Change, DmpStatus } from '../registry.ts';
import { names, said } from '../vihf.ts';
import { attr, deep, escape, one } from '../xml.ts';

const words: Readonly<Record<DmpStatus, readonly [string, string]>> = { open: ['ACTIF', 'OK'], closed: ['FERME', 'OK'], absent: ['', 'NF'] };

/**
 * TD0.2. The DMP's own answer is not public: this shape (PRPA_IN201308UV02, queryResponseCode OK or NF, subject with statusCode,
 * `administrativeObservation` AUTORISATION) is the simulator's, and says so in its README.
 */
export function existence({ body, registry, vihf }: Received): { action: string; body: string } {
  const value = body === null ? undefined : one([...deep(body)].find((found) => found.name === 'patientIdentifier'), 'value');
  const ins = attr(value, 'extension'), root = attr(value, 'root');
  const [status, code] = words[registry.dmp(ins)];
  const authorised = registry.authorised(ins, said(vihf, names.structure)) ? 'AUTORISE' : 'NON_AUTORISE';
  const subject = status === '' ? '' : `<subject><registrationEvent><statusCode code="${status}"/><subject1><patient><id root="${escape(root)}" extension="${escape(ins)}"/><subjectOf><administrativeObservation><code code="AUTORISATION"/><value code="${authorised}"/></administrativeObservation></subjectOf></patient></subject1></registrationEvent></subject>`;
  return {
    action: 'urn:hl7-org:v3:PRPA_IN201308UV02',
    body: `<PRPA_IN201308UV02 xmlns="${hl7v3}" ITSVersion="XML_1.0"><id root="1.2.250.1.213.4.1.1.1" extension="${randomUUID()}"/><interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201308UV02"/><processingCode code="D"/><acknowledgement><typeCode code="AA"/></acknowledgement><controlActProcess classCode="CACT" moodCode="EVN">${subject}<queryAck><queryResponseCode code="${code}"/></queryAck></controlActProcess></PRPA_IN201308UV02>`,
  };
}

/** TD0.3. The answer is the simulator's own: `setAuthorizationResponse/status` OK. */
export function authorised({ body, vihf }: Received): { change: Change; action: string; body: string } {
  const on = one(body, 'action')?.text.trim() === 'AJOUT';
  return {
    change: { authorised: { ins: said(vihf, names.resource).split('^')[0] ?? '', structure: said(vihf, names.structure), on } },
    action: 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorizationResponse',
    body: '<setAuthorizationResponse xmlns="urn:si-dmp-habilitations"><status>OK</status></setAuthorizationResponse>',
  };
}
