import { Type, type Static } from '@sinclair/typebox';

/** RFC 9457, in the language of Accept-Language (French unless English is asked). `code` is the fault's, `docs/faults.md`; `place` the part of the request that is wrong, as a JSON pointer or a header's name. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  place: Type.Optional(Type.String()),
  advice: Type.Optional(Type.String()),
}, { $id: 'Problem', additionalProperties: false });
export type Problem = Static<typeof Problem>;
