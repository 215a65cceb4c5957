import { Type } from '@sinclair/typebox';
import { route } from './route.ts';

export const description = route({
  method: 'GET', path: '/api/openapi.json', role: 'session', answer: Type.Record(Type.String(), Type.Unknown()),
  summary: { fr: 'Cette API, décrite en OpenAPI 3.1.', en: 'This API, described in OpenAPI 3.1.' },
});
