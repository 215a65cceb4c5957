import { group, leaf } from '../declare.ts';
import { webAddress } from './web-address.ts';

export const traces = group('Traces OpenTelemetry, vers un collecteur (OTLP sur HTTP). Sans ce réglage ni variable OTEL_EXPORTER_OTLP_ENDPOINT, rien n’est tracé. Aucune valeur de patient n’y figure.',
  'OpenTelemetry traces, to a collector (OTLP over HTTP). Without this setting or the variable OTEL_EXPORTER_OTLP_ENDPOINT, nothing is traced. No value of a patient is in them.', {
    endpoint: leaf({ is: 'text', shape: webAddress }, 'Adresse du collecteur, chemin compris. Les autres variables OTEL_* (en-têtes, délais, ressource) sont suivies.', 'Address of the collector, path included. The other OTEL_* variables (headers, timeouts, resource) are followed.', 'https://collecteur.chu.test/v1/traces', { default: null }),
    percent: leaf({ is: 'integer', min: 0, max: 100 }, 'Part des messages tracés, en pour cent ; par défaut OTEL_TRACES_SAMPLER, sinon tous.', 'Share of messages traced, percent; by default OTEL_TRACES_SAMPLER, else all.', '10', { default: null }),
  });
