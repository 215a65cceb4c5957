import { mailboxOf, noticeAcknowledgements, toEach } from '../acknowledge/deliveries.ts';
import { evidence, weightOf, reasonOf } from '../acknowledge/evidence.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import { finding } from '../domain/finding.ts';
import type { Source } from '../domain/message.ts';
import type { CorrelationKey, Notice, Report } from '../formats/notice/notice.ts';
import { isDaemon, isPatient } from '../formats/notice/read.ts';
import { fits } from '../intake/sources.ts';
import type { DeliveryFull, Journal, Noticed, NoticeClosing, NewPlan } from '../journal/journal.ts';

/** The mail that brought the notice. */
export interface NoticeMail { readonly source: Source; readonly trace: string; readonly receivedAt: number }

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * The delivery a notice names: by the ids we gave its mail, the surest it has; only one that may have left, at a destination of this
 * mailbox. Its weaker names count only where it has no surer one: a notice that contradicts itself is about nothing of ours.
 */
async function deliveryOf(journal: Journal, keys: readonly CorrelationKey[], source: Source): Promise<DeliveryFull | null> {
  const [surest] = keys;
  for (const { by, value } of keys) {
    if (by === 'subject' || by !== surest?.by) continue;
    // Our Message-ID is our ENVID at our domain: some answer with the one, some with the other.
    for (const id of new Set([value, value.split('@', 1)[0] ?? ''])) {
      const found = id === '' ? null : await journal.correlated(id);
      const delivery = found === null ? null : await journal.delivery(found);
      if (delivery !== null && mayHaveLeft(delivery) && source.notices?.includes(delivery.destination) === true) return delivery;
    }
  }
  return null;
}

const same = (one: string, other: string): boolean => one !== '' && one.toLowerCase() === other.toLowerCase();
/** A bounce in words names nobody: its mail had one recipient. A reader who names nobody speaks of the mailbox it writes from. */
const about = ({ finalRecipient, originalRecipient }: Report, { kind, from }: Notice, mailbox: string): boolean =>
  same(finalRecipient, mailbox) || same(originalRecipient, mailbox) || (finalRecipient === '' && originalRecipient === '' && (kind === 'delivery' || same(from, mailbox)));

/**
 * Who may tell: of a reading, the recipient's own domain only; of a delivery, also the servers of the configuration (the trust
 * space, the operator's). A citizen's word counts for nobody but the citizen: the result may be the citizen's own.
 */
const believed = ({ kind, from }: Notice, mailbox: string, { noticesFrom = [] }: Source): boolean => {
  if (isPatient(from)) return same(from, mailbox) || (kind === 'delivery' && isDaemon(from) && same(domainOf(from), domainOf(mailbox)));
  const domain = domainOf(from).toLowerCase();
  if (domain !== '' && domain === domainOf(mailbox).toLowerCase()) return true;
  return kind === 'delivery' && domain !== '' && noticesFrom.some((pattern) => fits(pattern.toLowerCase(), domain));
};

/** The mail may have left: an attempt is under way, or one had another end than a clear no. */
const mayHaveLeft = ({ state, inDoubt, attemptsMade }: DeliveryFull): boolean =>
  state === 'sending' || inDoubt || attemptsMade.some(({ outcome }) => outcome !== 'busy' && outcome !== 'refused');

function closing(delivery: DeliveryFull, report: Report, { trace, receivedAt }: NoticeMail): NoticeClosing {
  const told = evidence(report.action, delivery);
  const { action, status, smtpCode } = report;
  return {
    delivery: delivery.id, code: reasonOf[action], was: { state: delivery.state, reason: delivery.reason, askers: delivery.askers.length }, becomes: told.becomes,
    followUps: toEach(delivery, (one) => noticeAcknowledgements(one, report, told, trace, receivedAt)),
    detail: JSON.stringify({ notice: trace, action, status, smtpCode, code: reasonOf[action], applied: told.becomes !== null }),
  };
}

/** What a notice does, as the journal stands now. Never throws on what the notice says. @throws JournalFault */
export async function noticed(journal: Journal, notice: Notice, mail: NoticeMail): Promise<Noticed> {
  const none = (code: FaultCode): Noticed => ({ closings: [], unapplied: [code] });
  const delivery = await deliveryOf(journal, notice.keys, mail.source);
  if (delivery === null) return none(notice.keys.some(({ by }) => by !== 'subject') || notice.keys.length === 0 ? 'notice.unknown-mail' : 'notice.approximate');
  const mailbox = mailboxOf(delivery) ?? '';
  const reports = notice.reports.filter((report) => about(report, notice, mailbox));
  const [report] = reports.toSorted((a, b) => weightOf(reasonOf[b.action]) - weightOf(reasonOf[a.action]));
  if (report === undefined) return none('notice.other-recipient');
  if (!believed(notice, mailbox, mail.source)) return none('notice.untrusted-sender');
  const closes = closing(delivery, report, mail);
  return { closings: [closes], unapplied: closes.becomes === null && report.action !== 'delayed' ? ['notice.already-known'] : [] };
}

/** The plan of a mail with what its notice does, and why it does not, in its record. */
export async function withNotice(journal: Journal, plan: NewPlan, notice: Notice, mail: NoticeMail): Promise<NewPlan> {
  const found = await noticed(journal, notice, mail);
  const codes = [...found.closings.map(({ code }) => code), ...found.unapplied];
  const record = JSON.parse(Buffer.from(plan.record).toString()) as { readonly findings: readonly unknown[] };
  const findings = [...record.findings, ...codes.map((code) => finding(code, 'mail'))];
  return { ...plan, notice: found, record: Buffer.from(JSON.stringify({ ...record, findings })) };
}
