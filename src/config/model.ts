import type { System } from '../domain/delivery.ts';
import type { Source } from '../domain/message.ts';
import type { Secret, TlsSettings } from '../domain/secret.ts';

export type { Secret } from '../domain/secret.ts';

export interface ListenerSettings {
  readonly name: string;
  readonly kind: 'mllp' | 'http' | 'folder' | 'mailbox';
  readonly host: string;
  /** 0 lets the system choose; the port got is printed. */
  readonly port: number;
  readonly roles: readonly ('intake' | 'api' | 'metrics')[];
  /** In clear off loopback, on purpose: something else encrypts. */
  readonly clearText: boolean;
  readonly tls: TlsSettings | null;
  /** Drop folder only: absolute path watched; needs `<file>.ok` beside a file, or a rename into place, when `ready` says so. */
  readonly folder: { readonly path: string; readonly ready: 'rename' | 'flag' | 'stable'; readonly source: string } | null;
  /** Mailbox only. */
  readonly mailbox?: MailboxSettings | null;
  /** Largest message taken, bytes. */
  readonly maxBytes: number;
  /** A connection on which nothing comes for so long is closed. */
  readonly idleMs: number;
  /** A frame or a body must be whole after so long; for a frame, counted anew at each 256 KiB. */
  readonly frameMs: number;
  readonly maxConnections: number;
}

/** Where notices on mails sent (DSN, MDN) come: an IMAP mailbox, whose TLS is the listener's, or a folder of `.eml` files. */
export interface MailboxSettings {
  readonly source: string;
  readonly folder: string | null;
  readonly imap: {
    readonly host: string; readonly port: number; readonly security: 'tls' | 'starttls'; readonly user: string; readonly password: Secret | null; readonly token: Secret | null;
    readonly box: string; readonly doneBox: string;
  } | null;
  readonly pollMs: number;
}

/** Who a message may come from on a listener: at least one of certificate, token, network; the sender named in the message besides. */
export interface SourceSettings extends Source {
  readonly listeners: readonly string[];
  readonly senders: readonly string[];
  readonly certificate: string | null;
  readonly token: Secret | null;
  readonly networks: readonly string[];
  /** DMP when the consent is unknown or NA: follow DESTDMP with a warning (`follow`), or hold (`hold`). */
  readonly unknownConsent: 'follow' | 'hold';
  readonly organisation: string;
  /** Minutes without a message after which the source is called silent; 0: never; null or absent: by what was learnt of it. */
  readonly quietAfterMinutes?: number | null;
  /** Messages a second and at once; null or absent: no limit. */
  readonly rate?: { readonly perSecond: number; readonly burst: number } | null;
}

export interface DestinationSettings {
  readonly id: string;
  readonly system: System;
  /** A production partner: refused until `enabled` says so by name (design.md §7). */
  readonly production: boolean;
  readonly enabled: boolean;
  readonly concurrency: number;
  /** Days before a delivery is given up. */
  readonly deadlineDays: number;
  readonly attemptMs: number;
  /** After an attempt whose outcome is unknown, where the partner cannot be asked: wait this long for evidence, then send again flagged (invariant 8). */
  readonly evidenceMs: number;
  /** A replacement or a deletion that came before the version it names, where the partner cannot be asked: it waits so long for it. */
  readonly initialWaitMs: number;
  readonly backoff: { readonly firstMs: number; readonly maxMs: number };
  readonly breaker: { readonly failures: number; readonly probeMs: number };
  /** DMP only: what is done of a document of confidentiality R or V; absent, it is held. */
  readonly restricted?: 'hold' | 'send';
  /** Age of the oldest waiting delivery above which an incident opens; 0: never; null or absent: `alerts.backlogMinutes`. */
  readonly backlogMinutes?: number | null;
  /** What leaves against FHIR profiles, before it is sent; `packages` are `id#version` of the package store and nothing else is consulted. */
  readonly validation: { readonly mode: 'off' | 'report' | 'enforce'; readonly packages: readonly string[]; readonly profiles: readonly string[] };
  /** How fast it is agreed to be: `percent` of its deliveries within so long; null or absent: nothing is agreed. */
  readonly slo?: { readonly withinSeconds: number; readonly percent: number } | null;
  /** The connector's own settings, checked by its `config`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A configured route, tried in order after the message's own flags; all that match apply. */
export interface RouteRule {
  readonly name: string;
  readonly when: { readonly format?: readonly string[]; readonly type?: readonly string[]; readonly source?: readonly string[]; readonly carries?: 'document' | 'results' | 'patient' | 'encounter'; readonly volet?: 'cda' | 'lps' };
  readonly to: readonly string[];
}

/** A test of the rules, written beside them: the destinations, in any order, that they must choose. */
export interface RuleTest {
  readonly name: string;
  readonly given: { readonly format: string; readonly type: string; readonly source: string; readonly carries: readonly string[]; readonly volet: 'cda' | 'lps' | null };
  readonly expect: readonly string[];
}

/** Incidents: when one opens and closes, and who is told. */
export interface AlertSettings {
  /** What this gateway is called in notices. */
  readonly name: string;
  /** Of the times in texts. */
  readonly timeZone: string;
  readonly openAfterMinutes: number;
  readonly closeAfterMinutes: number;
  readonly backlogMinutes: number;
  readonly diskDays: number;
  /** Hours between two verifications of the journal's counts against its rows. */
  readonly conservationHours: number;
  /** Address of the console, put into mails. */
  readonly console: string | null;
  readonly mail: MailNotices | null;
  readonly webhooks: readonly WebhookNotices[];
}
export interface MailNotices {
  readonly host: string; readonly port: number; readonly security: 'tls' | 'starttls' | 'none'; readonly user: string | null; readonly password: Secret | null; readonly ca: Secret | null;
  readonly from: string; readonly to: readonly string[];
}
export interface WebhookNotices { readonly name: string; readonly url: string; readonly secret: Secret; readonly ca: Secret | null }
export interface AccessSettings {
  readonly sessionHours: number;
  readonly idleMinutes: number;
  readonly requestsPerSecond: number;
  /** Addresses and networks of our own proxies, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly openid: OpenIdSettings | null;
}
export interface OpenIdSettings {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The console's address as browsers see it. */
  readonly console: string;
  readonly scope: string;
  readonly acrValues: string | null;
  readonly accountClaim: string;
  readonly roles: readonly OpenIdRole[];
}
/** Who of the provider's gets which role; the first that fits. */
export interface OpenIdRole {
  readonly name: string;
  readonly claim: string;
  readonly value: string;
  readonly role: 'viewer' | 'operator' | 'administrator' | 'vendor';
  readonly organisation: string | null;
  readonly organisationClaim: string | null;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}

export interface Config {
  readonly version: 1;
  readonly data: string;
  readonly keys: Secret;
  readonly language: 'fr' | 'en';
  readonly listeners: readonly ListenerSettings[];
  readonly sources: readonly SourceSettings[];
  readonly destinations: readonly DestinationSettings[];
  readonly rules: readonly RouteRule[];
  readonly tests: readonly RuleTest[];
  /** Where `packages add` keeps FHIR packages, and the registry it may fetch them from. */
  readonly packages: { readonly folder: string; readonly registry: string | null };
  /** Profiles that the Bundle of a message must meet; `to` of a rule are canonicals. `report` never refuses. */
  readonly validation: { readonly mode: 'off' | 'report' | 'enforce'; readonly packages: readonly string[]; readonly profiles: readonly RouteRule[] };
  /** Folder of newer national tables, null for those built in; whether the DMP takes MASQUE_PS and INVISIBLE_PATIENT together. */
  readonly documents: { readonly tables: string | null; readonly maskedAndInvisible: boolean };
  /** What operators may do alone: `secondPersonAbove`, of a replay; how long a revealed content is seen. */
  readonly operators: { readonly revealMinutes: number; readonly secondPersonAbove: number; readonly secondPersonForCorrections: boolean };
  /** What is taken at once over all listeners: messages between reception and answer, how long one may wait for its turn, memory of unfinished ones. */
  readonly intake: { readonly inFlight: number; readonly waitMs: number; readonly memoryMiB: number };
  readonly alerts: AlertSettings;
  /** OpenTelemetry: the collector's address, null for the environment's; percent of messages traced, null for the environment's. */
  readonly traces: { readonly endpoint: string | null; readonly percent: number | null };
  readonly workers: number;
  /** A message over this in the pure stages is stored first and answered later or refused; ms. */
  readonly stageBudgetMs: number;
  readonly crashesBeforeQuarantine: number;
  readonly repeatWindowDays: number;
  readonly retention: { readonly payloadDays: number; readonly messageDays: number };
  /** Sessions of the console and the API, and the pace of their requests. */
  readonly access: AccessSettings;
  /** Refuse (AR/503) when the data disk has less than this left, in MiB. */
  readonly minFreeMiB: number;
}
