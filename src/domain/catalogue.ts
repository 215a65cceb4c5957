import type { FaultEntry } from './fault.ts';
import { acceptanceFaults } from './faults/acceptance.ts';
import { apiFaults } from './faults/api.ts';
import { cdaPackFaults } from './faults/cda-pack.ts';
import { configFaults } from './faults/config.ts';
import { deliverFaults } from './faults/deliver.ts';
import { dmpFaults } from './faults/dmp.ts';
import { documentFaults } from './faults/document.ts';
import { emitFaults } from './faults/emit.ts';
import { factsFaults } from './faults/facts.ts';
import { hl7v2Faults } from './faults/hl7v2.ts';
import { identityFaults } from './faults/identity.ts';
import { intakeFaults } from './faults/intake.ts';
import { journalFaults } from './faults/journal.ts';
import { mailboxFaults } from './faults/mailbox.ts';
import { mssFaults } from './faults/mss.ts';
import { normalizeFaults } from './faults/normalize.ts';
import { noticeFaults } from './faults/notice.ts';
import { operateFaults } from './faults/operate.ts';
import { recipientsFaults } from './faults/recipients.ts';
import { regionalFaults } from './faults/regional.ts';
import { routeFaults } from './faults/route.ts';
import { soapFaults } from './faults/soap.ts';
import { validateFaults } from './faults/validate.ts';
import { voletFaults } from './faults/volet.ts';
import { xdmFaults } from './faults/xdm.ts';
import { xdsFaults } from './faults/xds.ts';

const parts = {
  ...acceptanceFaults, ...apiFaults, ...cdaPackFaults, ...configFaults, ...deliverFaults, ...dmpFaults, ...documentFaults, ...emitFaults, ...factsFaults,
  ...hl7v2Faults, ...identityFaults, ...intakeFaults, ...journalFaults, ...mailboxFaults, ...mssFaults, ...normalizeFaults, ...noticeFaults, ...operateFaults,
  ...recipientsFaults, ...regionalFaults, ...routeFaults, ...soapFaults, ...validateFaults, ...voletFaults, ...xdmFaults, ...xdsFaults,
};
export type FaultCode = keyof typeof parts;

/** Every fault and finding of the product, by its stable code (`<part>.<words-with-dashes>`). */
export const catalogue: Readonly<Record<FaultCode, FaultEntry>> = parts;
