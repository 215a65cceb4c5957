import { Type, type Static } from '@sinclair/typebox';
import { route } from './route.ts';

const text = Type.String();
const orNull = Type.Union([Type.String(), Type.Null()]);
/** FHIR resources are described by their own specification, not here. */
const resource = Type.Record(Type.String(), Type.Unknown());
const largestFile = 32 * 1024 * 1024;

export const VendorFinding = Type.Object({
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('information')]),
  code: text, location: text, text, spec: text, advice: text,
}, { additionalProperties: false });
export type VendorFinding = Static<typeof VendorFinding>;
const loss = Type.Array(Type.Object({ location: text, reason: text }));

/** What `passerelle check --json` prints of one message. Nothing is kept or sent. */
export const Checked = Type.Object({
  format: text, messageType: text, controlId: text,
  ack: Type.Union([Type.Object({ code: text, errors: Type.Array(Type.Object({ code: text, location: text, err3: Type.Integer(), err5: Type.Union([Type.Integer(), Type.Null()]), text })) }), Type.Null()]),
  identity: Type.Union([Type.Object({ matriculeIns: orNull, oid: orNull, status: orNull, qualified: Type.Boolean() }), Type.Null()]),
  deliveries: Type.Array(Type.Object({
    destination: text, system: text, action: text, state: text, recipient: Type.Unknown(), reason: Type.Object({ code: text, text }), headers: Type.Unknown(),
  })),
  findings: Type.Array(VendorFinding),
  loss,
});
export type Checked = Static<typeof Checked>;

/** What `passerelle convert --json` prints of one message. */
export const Converted = Type.Object({ format: text, messageType: text, bundle: Type.Union([resource, Type.Null()]), findings: Type.Array(VendorFinding), loss });
export type Converted = Static<typeof Converted>;

/** A file may hold several messages (HL7 v2 batches, one after another). */
export const vendorCheck = route({
  method: 'POST', path: '/api/vendor/check', role: 'vendor', body: 'bytes', maxBytes: largestFile, answer: Type.Object({ messages: Type.Array(Checked) }),
  summary: { fr: 'Tout le parcours d’un fichier sans rien envoyer ni garder : acquittement, identité, envois, anomalies, pertes.', en: 'A file’s whole way without sending or keeping anything: acknowledgement, identity, deliveries, findings, losses.' },
});
export const vendorConvert = route({
  method: 'POST', path: '/api/vendor/convert', role: 'vendor', body: 'bytes', maxBytes: largestFile, answer: Type.Object({ messages: Type.Array(Converted) }),
  summary: { fr: 'Le Bundle FHIR que devient chaque message d’un fichier.', en: 'The FHIR Bundle that each message of a file becomes.' },
});
export const vendorValidate = route({
  method: 'POST', path: '/api/vendor/validate', role: 'vendor', body: 'bytes', maxBytes: largestFile, answer: resource,
  query: Type.Object({ profile: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 20 })) }, { additionalProperties: false }),
  summary: { fr: 'Valide une ressource FHIR, JSON ou XML : son OperationOutcome.', en: 'Validates a FHIR resource, JSON or XML: its OperationOutcome.' },
});

/** One example of the catalogue, all with fictive identities. `id` is its folder, `~` for `/`: `hl7v2~oru-r01~haematology`. */
export const FixtureHead = Type.Object({ id: text, format: text, family: text, name: text, title: text }, { additionalProperties: false });
export type FixtureHead = Static<typeof FixtureHead>;
/** `about`: Markdown. `text` is null where the file is not UTF-8; `base64` is always the very bytes. `readable`: the same with a line a segment, where there is one. */
export const Fixture = Type.Object({ id: text, format: text, family: text, name: text, title: text, about: text, file: text, base64: text, text: orNull, readable: orNull }, { additionalProperties: false });
export type Fixture = Static<typeof Fixture>;

export const fixtureList = route({
  method: 'GET', path: '/api/vendor/fixtures', role: 'vendor', answer: Type.Object({ fixtures: Type.Array(FixtureHead) }, { additionalProperties: false }),
  summary: { fr: 'Le catalogue des messages d’exemple.', en: 'The catalogue of example messages.' },
});
export const fixtureOne = route({
  method: 'GET', path: '/api/vendor/fixtures/:id', role: 'vendor', answer: Fixture,
  params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200, pattern: '^[a-z0-9][a-z0-9_.~-]*$' }) }),
  summary: { fr: 'Un message d’exemple.', en: 'One example message.' },
});

/** What a simulator of the sandbox saw: counts and names of rules only. `id` is the destination it stands for. */
export const SimulatorReport = Type.Object({
  id: text, system: text, address: text,
  /** Arrivals on the wire, resends included. */
  received: Type.Integer(),
  /** Rules that some arrival broke. */
  broken: Type.Array(text),
  /** What it holds, by kind. */
  stored: Type.Record(Type.String(), Type.Integer()),
  /** Kinds of which it holds the same thing twice. */
  duplicates: Type.Array(text),
  /** What else a vendor needs: addresses of pages, certificates. */
  shown: Type.Array(Type.Object({ label: text, value: text }, { additionalProperties: false })),
}, { additionalProperties: false });
export type SimulatorReport = Static<typeof SimulatorReport>;

export const reportList = route({
  method: 'GET', path: '/api/vendor/reports', role: 'vendor', scope: 'rows', answer: Type.Object({ reports: Type.Array(SimulatorReport) }, { additionalProperties: false }),
  summary: { fr: 'Ce qu’ont vu les simulateurs du bac à sable.', en: 'What the sandbox’s simulators saw.' },
});
export const reportOne = route({
  method: 'GET', path: '/api/vendor/reports/:id', role: 'vendor', scope: { destination: 'id' }, answer: SimulatorReport,
  params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) }),
  summary: { fr: 'Ce qu’a vu un simulateur.', en: 'What one simulator saw.' },
});
