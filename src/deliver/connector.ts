import type { ResourceTexts } from '../emit/texts.ts';
import type { Envelope, PlannedDelivery, Receipt } from '../domain/delivery.ts';
import type { Clock, Ids } from '../domain/clock.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Emitted } from '../emit/emitted.ts';

/**
 * A connector speaks to one kind of partner (design.md §4). `prepare` is pure and may run in a worker thread; `transport` has
 * the part with a network. One contract suite (test/contract/connector.ts) runs over all of them.
 */
export interface ConnectorDefinition<Config> {
  readonly name: string;
  /** Checks and completes the destination's settings. Throws ConfigFault-like Errors with a path when they are wrong. */
  config(raw: Readonly<Record<string, unknown>>, destination: string, rules?: ConnectorRules): Config;
  readonly capabilities: {
    /** After an ambiguous outcome the partner can be asked whether it has the thing. */
    readonly lookup: boolean;
    /**
     * Something must be asked before each sending (an entryUUID to replace…): then plans carry no envelope. `missing`: only of a
     * delivery without a recipient, once, before its envelope is made.
     */
    readonly resolve: boolean | 'missing';
  };
  /** Pure. `answers`: those of the first asking; later ones come with the sending, the envelope does not change. */
  prepare(work: Work, config: Config, answers: Answers | null): Prepared;
  /** What it takes to speak to the partner, with its libraries: loaded only where deliveries leave, and for the systems that are configured. */
  transport(): Promise<Transport<Config>>;
}

export interface Transport<Config> { open(config: Config, ports: ConnectorPorts): Connector }

/** `version`: the product's. `secret`: this installation's, for names that nobody else can make; absent where nothing leaves (check, a preview). */
export interface ConnectorRules { readonly production: boolean; readonly version?: string; readonly secret?: Uint8Array }

/** The frozen part of a delivery; `headers` of it are shown by `check`. */
export interface Prepared {
  readonly envelope: Envelope;
  readonly headers: Record<string, unknown>;
  /** The FHIR resources in the envelope, for the check against the destination's profiles; only called where one is asked for. */
  readonly emitted?: () => readonly Emitted[];
}

export interface Work {
  readonly trace: string;
  readonly destination: string;
  readonly action: PlannedDelivery['action'];
  readonly content: Readonly<Record<string, unknown>>;
  readonly gate: PlannedDelivery['gate'];
  /** The message Bundle, parsed; document bytes are not in it. Null for a business acknowledgement. */
  readonly bundle: unknown;
  /** The JSON of its resources, where it was just made: what leaves needs no second text of them. */
  readonly texts?: ResourceTexts;
  /** The message as received, for systems that are fed with it; absent once its retention took it. */
  readonly message?: Uint8Array;
  /** Size and hash of each kept document, by name. */
  readonly documents: ReadonlyMap<string, { readonly size: number; readonly sha1: string }>;
}
/** What the partner answered when it was asked first; kept in the journal, JSON. */
export type Answers = Readonly<Record<string, unknown>>;
/** `receipt`: by what it answered, the delivery goes no further now. */
export type Resolved = { readonly answers: Answers } | { readonly receipt: Receipt };

/** What a partner has of an earlier attempt. `receipt`: asking again tells no more, a person or a setting must help. */
export type LookedUp = 'found' | 'absent' | 'unknown' | { readonly receipt: Extract<Receipt, { kind: 'held' | 'refused' }> };

export interface ConnectorPorts {
  readonly clock: Clock; readonly ids: Ids; readonly destination: string;
  /** Tells an operator what no delivery tells: a list that cannot be used, say. Codes and places only. */
  readonly alarm?: (fault: FaultCode, detail: string) => void;
}

/** An attempt: the frozen envelope with its bodies readable. */
export interface Sending {
  /** Deterministic, the same in every attempt and after a restart: `<trace>/<delivery id>`. */
  readonly key: string;
  readonly attempt: number;
  /** An earlier attempt may have arrived: say so where the protocol can. */
  readonly possibleDuplicate: boolean;
  readonly envelope: Envelope;
  /** Of the latest asking; absent where the connector asks nothing. */
  readonly answers?: Answers;
  /** The bytes of one step's body, documents included. */
  body(step: number): Promise<Uint8Array>;
}

export interface Connector {
  /** Can the partner be reached and does it accept us? Texts without secrets, in French; `english` where it has words. */
  check(): Promise<{ ok: boolean; text: string; english?: string }>;
  /** Asked before each sending. `earlier`: what it answered for the same delivery before, to be kept where it still holds; null at first. `attempt`: 1 for the first. */
  resolve?(work: Work, signal: AbortSignal, earlier: Answers | null, attempt?: number): Promise<Resolved>;
  /** Whatever the partner does is a Receipt, `unknown` when in doubt; what is thrown is a defect of ours, which the engine tells. Respects the signal (deadline of one attempt). */
  send(sending: Sending, signal: AbortSignal): Promise<Receipt>;
  /** Only where capabilities.lookup. `found` must mean: the whole delivery is there. */
  lookup(sending: Sending, signal: AbortSignal): Promise<LookedUp>;
  close(): Promise<void>;
}
