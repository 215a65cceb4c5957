import { expect, test } from '@jest/globals';
import { tracesWanted } from './wanted.ts';

const nothing = { endpoint: null, percent: null };
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

test.each([
  ['nothing said', nothing, {}, null],
  ['the environment', nothing, collector, { url: null, ratio: 1 }],
  ['its traces alone', nothing, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, { url: null, ratio: 1 }],
  ['disabled there', { endpoint: 'https://c.test/', percent: null }, { ...collector, OTEL_SDK_DISABLED: 'TRUE' }, null],
  ['no exporter', nothing, { ...collector, OTEL_TRACES_EXPORTER: 'none' }, null],
  ['an empty variable', nothing, { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, null],
  ['the setting wins', { endpoint: 'https://c.test/', percent: 10 }, { ...collector, OTEL_TRACES_SAMPLER: 'always_off' }, { url: 'https://c.test/', ratio: 0.1 }],
  ['a sampler', nothing, { ...collector, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' }, { url: null, ratio: 0.25 }],
  ['a share that is none', nothing, { ...collector, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: 'much' }, { url: null, ratio: 1 }],
  ['never', nothing, { ...collector, OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, { url: null, ratio: 0 }],
])('traces: %s', (_, settings, environment, wanted) => { expect(tracesWanted(settings, environment)).toEqual(wanted); });
