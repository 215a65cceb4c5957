/** Where something is in a FHIR JSON tree: property names and array indices from the root resource. */
export type JsonPath = readonly (string | number)[];
