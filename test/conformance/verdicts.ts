import type { Checked } from './command.ts';

type Verify = (checked: Checked) => boolean;
const found = (code: string, severity?: string): Verify => ({ findings }) => findings.some((one) => one.code === code && (severity === undefined || one.severity === severity));
const all = (...verify: readonly Verify[]): Verify => (checked) => verify.every((one) => one(checked));
const not = (verify: Verify): Verify => (checked) => !verify(checked);
const anywhere: Verify = () => true;
const to = (destination: string): ((checked: Checked) => Checked['deliveries']) => ({ deliveries }) => deliveries.filter((one) => one.destination === destination);
const isPatients = (recipient: string | null): boolean => recipient?.endsWith('@patient.mssante.fr') === true;
const [toDmp, toMail, toRegion] = [to('dmp'), to('mssante'), to('region')];
const professional: Verify = (checked) => toMail(checked).filter(({ recipient }) => !isPatients(recipient)).length === 1;
const patientMails = (checked: Checked): readonly string[] => toMail(checked).flatMap(({ recipient }) => (recipient !== null && isPatients(recipient) ? [recipient] : []));
/** ERR-3 207 and ERR-5 906 at a document. */
const notCda = (count: number): Verify => ({ ack }) => ack?.errors.filter((one) => one.code === 'document.not-cda' && one.err3 === 207 && one.err5 === 906 && /^OBX\[\d+\]-5$/.test(one.location)).length === count;
const consent = (alimentation: string, consultation: string, dated: boolean): Verify => ({ facts }) =>
  facts.some((one) => one.kind === 'consent' && one.alimentation === alimentation && one.consultation === consultation && (one.at !== null) === dated);

/** Each phrase of the deliveries column, and what it asks of `check`. */
export const deliveryPhrases: readonly (readonly [RegExp, Verify])[] = [
  [/^none$|^none \(consumed\b/, ({ deliveries }) => deliveries.length === 0],
  [/^dmp submit$/, (checked) => toDmp(checked).map(({ action }) => action).join() === 'submit'],
  [/^dmp replace$/, (checked) => toDmp(checked).map(({ action }) => action).join() === 'replace'],
  [/^dmp submit with INVISIBLE_PATIENT and INVISIBLE_REPRESENTANTS_LEGAUX$/, (checked) => {
    const [{ action, headers } = { action: '', headers: {} as Readonly<Record<string, unknown>> }] = toDmp(checked);
    const codes = headers.confidentialityCode as readonly string[] | undefined;
    return action === 'submit' && ['INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX'].every((code) => codes?.some((one) => one.startsWith(`${code}^^`)));
  }],
  [/^mssante 1( professional)?$/, professional],
  // The address computed from the INS of PID-3, never that of the message.
  [/^patient mailbox$/, (checked) => patientMails(checked).join() === `${checked.identity?.matriculeIns ?? ''}@patient.mssante.fr`],
  [/^no patient mail$/, (checked) => patientMails(checked).length === 0],
  [/^regional$/, (checked) => toRegion(checked).length === 1],
  [/^regional \(patient, event ADM\)$/, (checked) => toRegion(checked).length === 1 && (toRegion(checked)[0]?.headers.requests as { event?: string }[]).some(({ event }) => event === 'ADM')],
  [/^by rule only \(hl7v2 and\/or regional\)$/, ({ deliveries }) => deliveries.length > 0 && deliveries.every(({ reason }) => reason.code === 'route.rule')],
  [/^never dmp or mssante$/, (checked) => toDmp(checked).length + toMail(checked).length === 0],
];

/** Each phrase of the "must be found" column. */
export const findingPhrases: readonly (readonly [RegExp, Verify])[] = [
  [/^mail body CORPSMAIL_PS truncated/, found('volet.mail-body-dropped', 'warning')],
  [/^patient address in PRT .* is not the INS: finding/, found('volet.patient-address')],
  [/^combination not in the published matrix|^matrix warning$/, found('route.mail-matrix', 'warning')],
  [/^TXA-12 (carries an authority|warning)/, found('volet.document-id-form', 'warning')],
  [/^the document is not a CDA: AE 207\/906 at the document OBX-5$/, (checked) => notCda(1)(checked) || notCda(2)(checked)],
  [/^the document is not a CDA: AE 207\/906 at the document OBX-5 \(both\)$/, notCda(2)],
  [/^base64 padding missing: decoded, warning$/, all(found('document.base64-tolerated', 'warning'), not(found('document.base64')))],
  [/^hash over the bytes decoded$/, ({ facts }) => facts.some((one) => one.kind === 'document' && /^[0-9a-f]{40}$/.test(String(one.sha1)))],
  [/^base64 damaged and not a CDA$/, all(found('document.base64', 'error'), ({ findings }) => findings.some(({ code, severity }) => severity === 'error' && /^document\.not-(cda|well-formed)$/.test(code)))],
  [/^ORC-1 SC( with OBX-11 C)?$/, found('volet.order-control')],
  [/^ORC absent$/, found('volet.order-absent')],
  [/^DESTMSSANTEPS=Y without recipient$/, found('volet.recipient-missing', 'error')],
  [/^older flag names understood$/, ({ findings }) => findings.every(({ code }) => !code.startsWith('volet.flag'))],
  [/^consent facts: alimentation INO, consultation IC$|^consent facts INO\/IC$/, consent('INO', 'IC', true)],
  [/^consent facts NA\/NA without dates$/, consent('NA', 'NA', false)],
  // The sandbox is no production target: planned.
  [/^MSH-11 D(: production targets refused, sandbox allowed)?$/, (checked) => toRegion(checked).every(({ state }) => state === 'planned')],
  [/^negative: DMP closed$/, found('route.notice-negative')],
  [/^$/, anywhere],
];
