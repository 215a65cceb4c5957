import type { FaultCode } from '../../src/domain/catalogue.ts';
import type { Action } from './actions.ts';

/** What a code of the DMP means to us. `label` is said to the sender, beside the code (ERR-5.2 of a ZAM^Z01). */
export interface Known { readonly action: Action; readonly fault: FaultCode; readonly label: string; readonly english: string }

const all = (action: Action, fault: FaultCode, label: string, english: string, codes: string): (readonly [string, Known])[] =>
  codes.trim().split(/\s+/).map((code) => [code, { action, fault, label, english }]);

/**
 * Every code that is known, as data (dmp.md §1.6): XDS ones by IHE ITI TF-3 table 4.2.4.1-2, DMP ones as public implementers
 * name them. A site classes a code otherwise by the setting `answers`; a code that is not here is held and shown.
 */
export const knownCodes: ReadonlyMap<string, Known> = new Map([
  ...all('retry', 'dmp.busy', 'Service momentanément indisponible', 'Service not available for the moment', 'XDSRegistryBusy XDSRepositoryBusy XDSRegistryNotAvailable XDSRegistryOutOfResources XDSRepositoryOutOfResources XDSUnavailableCommunity'),
  ...all('retry-then-hold', 'dmp.internal-error', 'Erreur interne du DMP', 'Internal error of the DMP', 'XDSRegistryError XDSRepositoryError'),
  ...all('check-duplicate', 'dmp.duplicate', 'Identifiant déjà utilisé', 'Identifier already used', 'XDSDuplicateUniqueIdInRegistry UNIQUEID'),
  ...all('refuse', 'dmp.non-identical', 'Document déjà présent avec un autre contenu', 'Document already there with other content', 'XDSNonIdenticalHash XDSNonIdenticalSize'),
  ...all('refuse', 'dmp.rejected', 'Lot refusé par le DMP', 'Lot refused by the DMP', `
    XDSRegistryDuplicateUniqueIdInMessage XDSRepositoryDuplicateUniqueIdInMessage XDSMissingDocument XDSMissingDocumentMetadata XDSRegistryMetadataError XDSRepositoryMetadataError
    InvalidDocumentContent XDS_DOCTYPE XDS_CLASSE XDS_PRACTICE XDS_EMPTYDOC XOP_NOT_FOUND INVALID_REQUEST`),
  ...all('refuse', 'dmp.patient', 'DMP absent ou fermé', 'No DMP, or a closed one', 'XDSUnknownPatientId XDSPatientIdDoesNotMatch XDS_PATIENTID DMP_NOT_EXISTS DMPClosed'),
  ...all('resolve-again', 'dmp.target-changed', 'Version du document modifiée', 'The document’s version has changed', 'XDSRegistryDeprecatedDocumentError XDSReplaceFailed XDS_REPLACEFAILED XDSMetadataVersionError XDSMetadataUpdateError'),
  ...all('warn', 'dmp.warning', 'Avertissement du DMP', 'Warning of the DMP', `
    PartialAppendContentNotProcessed PartialFolderContentNotProcessed PartialReplaceContentNotProcessed PartialTransformNotProcessed PartialTransformReplaceNotProcessed
    XDSExtraMetadataNotSaved DocumentQueued`),
  ...all('refuse', 'dmp.query-refused', 'Demande refusée par le DMP', 'Request refused by the DMP', `
    XDSTooManyResults TOO_MANY_RESULT XDSStoredQueryMissingParam XDSStoredQueryParamNumber XDSUnknownStoredQuery XDSResultNotSinglePatient XDSMissingHomeCommunityId
    XDSUnknownCommunity XDSDocumentUniqueIdError XDSUnknownRepositoryId`),
  // Said of one operation on one record: no reason to stop all others.
  ...all('hold', 'dmp.not-authorised', 'Opération non autorisée', 'Operation not authorised', 'AUTHORIZATION'),
  ...all('suspend', 'dmp.security', 'Authentification refusée', 'Authentication refused', 'CERTIFICAT'),
]);

/** What a site's own class of a code is told as. */
export const faultOf: Readonly<Record<Action, FaultCode>> = {
  retry: 'dmp.busy', 'retry-then-hold': 'dmp.internal-error', refuse: 'dmp.rejected', hold: 'dmp.unknown-code', 'resolve-again': 'dmp.target-changed',
  'check-duplicate': 'dmp.duplicate', warn: 'dmp.warning', suspend: 'dmp.security',
};

/** SOAP fault subcodes of WS-Security and WS-Addressing, and of SOAP itself, that say that a setting is wrong. */
export const securityFaults: ReadonlySet<string> = new Set([
  'FailedAuthentication', 'FailedCheck', 'InvalidSecurity', 'InvalidSecurityToken', 'SecurityTokenUnavailable', 'UnsupportedAlgorithm', 'UnsupportedSecurityToken', 'MessageExpired', 'RequestDenied',
]);
export const serviceFaults: ReadonlySet<string> = new Set(['MustUnderstand', 'VersionMismatch', 'DataEncodingUnknown', 'DestinationUnreachable', 'ActionNotSupported', 'InvalidAddressingHeader', 'MessageAddressingHeaderRequired', 'InvalidMessage']);
