/** Namespaces and fixed URIs of the exchanged messages, by the names the standards give them. */
export const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
export const wsa = 'http://www.w3.org/2005/08/addressing';
export const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const ds = 'http://www.w3.org/2000/09/xmldsig#';
/** The DMP's lot signature stays with the first XAdES (dmp.md §1.4). */
export const xades = 'http://uri.etsi.org/01903/v1.1.1#';
export const hl7v3 = 'urn:hl7-org:v3';
export const xop = 'http://www.w3.org/2004/08/xop/include';
export const xdsb = 'urn:ihe:iti:xds-b:2007';
export const lcm = 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0';
export const rim = 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0';
export const rs = 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0';
export const query = 'urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0';
export const habilitations = 'urn:si-dmp-habilitations';

export const approved = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved';
export const deprecated = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated';
/** French states (dmp.md §1.1, TD3.3c and TD3.3d). */
export const deleted = 'urn:asip:ci-sis:2010:StatusType:Deleted';
export const archived = 'urn:asip:ci-sis:2010:StatusType:Archived';

export const hasMember = 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember';
export const replaces = 'urn:ihe:iti:2007:AssociationType:RPLC';
export const signs = 'urn:ihe:iti:2007:AssociationType:signs';
export const updateStatus = 'urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus';
export const documentEntryType = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';

/** Classification and identification schemes (ITI TF-3 §4.2.5). */
export const scheme = {
  author: 'urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d', classCode: 'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a',
  confidentialityCode: 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f', eventCodeList: 'urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4',
  formatCode: 'urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d', healthcareFacilityTypeCode: 'urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1',
  practiceSettingCode: 'urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead', typeCode: 'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983',
  patientId: 'urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427', uniqueId: 'urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab',
  lotAuthor: 'urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', contentTypeCode: 'urn:uuid:aa543740-bdda-424e-8c96-df4873be8500',
  lotPatientId: 'urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446', lotUniqueId: 'urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8', sourceId: 'urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832',
  submissionSet: 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd',
} as const;
