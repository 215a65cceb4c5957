import { Ajv } from 'ajv';
import type { Secret, TlsSettings } from '../../src/domain/secret.ts';
import type { Action } from './actions.ts';
import { settingsSchema } from './settings-schema.ts';

/** A coded role of the VIHF (JDV_J65-SubjectRole-DMP). */
export interface Role { readonly code: string; readonly codeSystem: string; readonly displayName: string }

/** What the VIHF says beside the patient and the sender (dmp.md §1.3). */
export interface VihfSettings {
  readonly version: '3.0' | '4.0';
  /** Plain indirect, or AIR: the establishment authenticates its user strongly. */
  readonly mode: 'INDIRECTE' | 'INDIRECTE_RENFORCEE';
  /** Both orders of a distinguished name are met in the wild. */
  readonly issuer: 'country-first' | 'country-last';
  /** Code of JDV_J61. */
  readonly sector: string;
  /** PS_IdNat or internal number of who answers for the automaton. */
  readonly responsible: string;
  /** Who acts: the sender that the message names (PRT SB), or always the gateway. */
  readonly actor: 'sender' | 'gateway';
  readonly authentication: string;
  readonly roles: readonly Role[];
}

export type SignatureIdentity = Pick<TlsSettings, 'cert' | 'key' | 'pfx' | 'passphrase'>;

/** Settings of a DMP destination, checked and completed. */
export interface DmpConfig {
  readonly destination: string;
  /** The destination is one of production. */
  readonly production: boolean;
  readonly baseUrl: string;
  readonly paths: { readonly patients: string; readonly repository: string; readonly registry: string };
  /** ORG_AUTH_CLI, and the only authorities the DMP is checked against. */
  readonly authentication: Omit<TlsSettings, 'mutual'>;
  /** ORG_SIGN: another certificate (EX_GEN-1450). */
  readonly signature: SignatureIdentity;
  /** LPS_ID_HOMOLOGATION_DMP, which its owner undertook to keep secret (EX_0.X-1110). */
  readonly homologation: Secret;
  /** OID of this installation (EX_GEN-1350). */
  readonly sourceId: string;
  /** The certificates' structure, and those it may also speak for (entities of one legal entity). */
  readonly structure: { readonly id: string; readonly name: string; readonly also: readonly string[] };
  /** LPS_Nom, LPS_Version (the product's unless it is said), LPS_ID. */
  readonly software: { readonly name: string; readonly version: string; readonly id?: string; readonly service: string };
  readonly vihf: VihfSettings;
  readonly lot: { readonly algorithm: 'sha1' | 'sha256' };
  /** TD0.2 before sending: an extra request for each delivery, and no surprise for a closed record. */
  readonly existence: 'never' | 'before-sending';
  /** Beyond it our clock is said to be wrong (EX_GEN-1460). */
  readonly clockSkewMs: number;
  readonly limits: {
    readonly connections: number; readonly connectMs: number; readonly maxAnswerBytes: number;
    /** No public text gives the DMP's own limits. */
    readonly maxDocumentBytes: number; readonly maxLotBytes: number;
    /** Attempts before an internal error of the DMP is left to a person. */
    readonly internalErrors: number;
  };
  /** Answers that this site classes otherwise, by their code. */
  readonly answers: Readonly<Record<string, Action>>;
}

/** Settings as they are written, completed by their schema. */
type Given = Omit<DmpConfig, 'destination' | 'production' | 'software'> & { readonly software: Omit<DmpConfig['software'], 'version'> & { readonly version?: string } };

/** The production service; test and training hosts have a name before it (`dev6.lps2…`, `formation1.lps2…`). */
const productionHost = 'lps2.dmp.gouv.fr';

const validate = new Ajv({ useDefaults: true, allErrors: true, strict: false }).compile(settingsSchema);

const hasIdentity = ({ pfx, cert, key }: SignatureIdentity): boolean => pfx !== undefined || (cert !== undefined && key !== undefined);

function inconsistencies(settings: Given, production: boolean): string[] {
  const { authentication, signature, baseUrl } = settings;
  const host = new URL(baseUrl).hostname;
  return [
    ...(hasIdentity(authentication) ? [] : ['authentication needs pfx, or cert and key']),
    ...(hasIdentity(signature) ? [] : ['signature needs pfx, or cert and key']),
    ...(authentication.pfx !== undefined && JSON.stringify(authentication.pfx) === JSON.stringify(signature.pfx) ? ['signature must not be the certificate of authentication (EX_GEN-1450)'] : []),
    ...(host === productionHost && !production ? ['baseUrl is the production service: it needs production: true on the destination'] : []),
  ];
}

/** Checks and completes the settings. Throws an Error that names every wrong one by its path, never its value. */
export function dmpConfig(raw: Readonly<Record<string, unknown>>, destination: string, { production = false, version = '0' }: { readonly production?: boolean; readonly version?: string } = {}): DmpConfig {
  const settings = structuredClone(raw) as unknown as Given;
  const wrong = validate(settings)
    ? inconsistencies(settings, production)
    : (validate.errors ?? []).map(({ instancePath, message = '', params }) => `${instancePath.slice(1).replaceAll('/', '.')} ${message}${'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : ''}`.trim());
  if (wrong.length > 0) throw new Error(`${destination}.settings: ${wrong.join('; ')}`);
  return { ...settings, software: { ...settings.software, version: settings.software.version ?? version }, destination, production, baseUrl: settings.baseUrl.replace(/\/+$/, '') };
}
