/** A constraint of which no accepted or no refused instance can be made, and why. */
export interface CoverageException { readonly profile: RegExp; readonly element: RegExp; readonly why: string }

export const exceptions: readonly CoverageException[] = [
  { profile: /passerelle-message$/, element: /^Bundle\.total/, why: 'R4 bdl-1: only a searchset or a history has a total, and this profile is of messages' },
  { profile: /passerelle-message$/, element: /^Bundle\.entry(?::\w+)?\.search/, why: 'R4 bdl-2: only the entries of a searchset have it' },
  { profile: /passerelle-message$/, element: /^Bundle\.entry(?::\w+)?\.request/, why: 'R4 bdl-3: only the entries of a batch, a transaction or a history have it' },
  { profile: /passerelle-message$/, element: /^Bundle\.entry(?::\w+)?\.response/, why: 'R4 bdl-4: only the entries of a response or a history have it' },
  { profile: /passerelle-message$/, element: /^Bundle\.entry:header\.resource$/, why: 'the message without its header’s content breaks the rules on its focus; the header’s own profile is covered by itself' },
  { profile: /fr-core-encounter$/, element: /^Encounter\.hospitalization(?:\.preAdmissionIdentifier.*)?$/, why: 'FR Core fixes its system to `1.2.250.1.71.4.2.2+.n°FINESS`, which is no absolute uri (regional.md §2.5: never emitted)' },
  { profile: /fr-core-observation-bmi$/, element: /^Observation\.dataAbsentReason$/, why: 'FR Core’s bmi asks for value[x]:valueQuantity 1..1, beside which R4 obs-6 forbids a dataAbsentReason' },
  { profile: /fr-core-patient(?:-ins)?$/, element: /^Patient\.identifier:NSS-NI[AR]/, why: 'FR Core 2.2.0 tells NSS-NIR and NSS-NIA apart by identifier.type, which is the same NH in both' },
  { profile: /fr-core-(?:patient|patient-ins|related-person)$/, element: /relationship:(?:Role|RelationType)$/, why: 'FR Core 2.1.0 slices by coding.system, and these slices state no system: nothing is ever of them' },
  { profile: /fr-core-practitioner$/, element: /^Practitioner\.qualification/, why: 'told apart by a value set of the NOS that is not at hand' },
  { profile: /fr-core-organization/, element: /^Organization\.type:/, why: 'told apart by a value set that is not at hand' },
];
