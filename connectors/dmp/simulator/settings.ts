/** What the simulator stands in for. Everything that a clock, an authority or a parameter of the DMP decides is an argument. */
export interface DmpSimulatorSettings {
  /** The server's own certificate and the authorities of client certificates (ORG_AUTH_CLI), PEM. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string };
  /** Authorities of signature certificates (ORG_SIGN), PEM, one or several. */
  readonly signing: { readonly ca: string };
  /** Ports of the services (mutual TLS) and of the pages (loopback, HTTP); 0 or absent: any. */
  readonly port?: number;
  readonly pagesPort?: number;
  /** Milliseconds since 1970; the machine's clock when absent. */
  readonly now?: () => number;
  /** How old or how early a VIHF may be; 300 when absent. */
  readonly windowSeconds?: number;
  /** Where the record and the reports are kept across restarts; in memory only when absent. */
  readonly folder?: string | null;
  /** Where `XDS.b_DocumentRepository.xsd` and what it imports are; the schema rule does not apply when absent. */
  readonly schemas?: string | null;
  /** The DMP's parameter cumul-invisible_patient-masque_ps (EX_2.1-1050); false when absent. */
  readonly cumulation?: boolean;
  /** Bytes: 5 MiB a document, 50 MiB a request, when absent. The true limits are not public. */
  readonly maxDocument?: number;
  readonly maxRequest?: number;
  /** Structures a certificate may also speak for, by the structure of its OU (legal entity → geographic entities). */
  readonly structures?: Readonly<Record<string, readonly string[]>>;
  /** Algorithms allowed for the lot's signature; both when absent. */
  readonly lotAlgorithms?: readonly ('sha1' | 'sha256')[];
  /** ITI-41 answers as multipart/related rather than plain SOAP. */
  readonly multipartAnswers?: boolean;
}

export type Settled = Required<Omit<DmpSimulatorSettings, 'tls' | 'signing' | 'port' | 'pagesPort'>> & { readonly signingCa: string };

export const settle = (given: DmpSimulatorSettings): Settled => ({
  now: given.now ?? Date.now, windowSeconds: given.windowSeconds ?? 300, folder: given.folder ?? null, schemas: given.schemas ?? null,
  cumulation: given.cumulation ?? false, maxDocument: given.maxDocument ?? 5 << 20, maxRequest: given.maxRequest ?? 50 << 20,
  structures: given.structures ?? {}, lotAlgorithms: given.lotAlgorithms ?? ['sha1', 'sha256'], multipartAnswers: given.multipartAnswers ?? false,
  signingCa: given.signing.ca,
});
