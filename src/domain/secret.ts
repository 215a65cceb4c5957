/** A secret comes from a file or the environment, never from the configuration's own text. */
export type Secret = { readonly file: string } | { readonly env: string };

/** How a listener shows itself and checks its peers, or how a connector does. Either `cert` and `key` (PEM), or `pfx` (PKCS#12). */
export interface TlsSettings {
  readonly cert?: Secret; readonly key?: Secret; readonly pfx?: Secret; readonly passphrase?: Secret;
  /** The only authorities peers are checked against, and their revocation lists (PEM). */
  readonly ca?: Secret; readonly crl?: Secret;
  /** Ask and check a client certificate (listeners). */
  readonly mutual: boolean;
}
