/** Who may import whom: design.md §3, with the two widenings of docs/decisions/0001. Tests may import what they test. */
const notTests = { pathNot: '(\\.test\\.ts$|^test/)' };
const only = (name, from, allowed) => ({
  name, severity: 'error', comment: `${from} may import only: ${allowed.join(', ')}`,
  from: { path: `^${from}`, ...notTests },
  to: { path: '^(src|connectors)/', pathNot: [`^${from}`, ...allowed.map((one) => `^${one}`)] },
});
const pure = '^src/(domain|formats|facts|normalize|validate|route|emit|acknowledge)/';

module.exports = {
  forbidden: [
    only('domain-words-only', 'src/domain/', []),
    only('formats', 'src/formats/', ['src/domain/']),
    only('facts', 'src/facts/', ['src/domain/', 'src/formats/']),
    only('acknowledge', 'src/acknowledge/', ['src/domain/', 'src/formats/']),
    only('route', 'src/route/', ['src/domain/', 'src/formats/', 'src/facts/', 'src/normalize/normalized.ts', 'src/normalize/volet/order.ts']),
    only('normalize', 'src/normalize/', ['src/domain/', 'src/formats/', 'src/facts/']),
    only('validate', 'src/validate/', ['src/domain/', 'src/formats/fhir/']),
    only('emit', 'src/emit/', ['src/domain/', 'src/formats/fhir/', 'src/validate/']),
    only('packages', 'src/packages/', ['src/domain/', 'src/formats/fhir/']),
    only('net', 'src/net/', ['src/domain/', 'src/config/model.ts']),
    only('config', 'src/config/', ['src/domain/']),
    only('journal', 'src/journal/', ['src/domain/']),
    only('intake', 'src/intake/', ['src/domain/', 'src/net/', 'src/config/', 'src/journal/', 'src/formats/']),
    only('deliver', 'src/deliver/', ['src/domain/', 'src/journal/', 'src/facts/', 'src/emit/', 'src/acknowledge/']),
    only('operate', 'src/operate/', ['src/domain/', 'src/journal/', 'src/deliver/', 'src/config/']),
    only('sandbox', 'src/sandbox/', ['src/domain/', 'src/net/', 'src/config/', 'connectors/[^/]+/simulator']),
    only('pipeline', 'src/pipeline\\.ts', ['src/domain/', 'src/journal/', 'src/facts/', 'src/formats/', 'src/normalize/', 'src/validate/', 'src/route/']),
    {
      name: 'connectors', severity: 'error', comment: 'a connector imports domain, net, formats, emit and the port, never another connector',
      from: { path: '^connectors/([^/]+)/', ...notTests },
      to: { path: '^(src|connectors)/', pathNot: ['^connectors/$1/', '^src/(domain|net|formats|emit)/', '^src/deliver/connector\\.ts'] },
    },
    {
      name: 'simulators-share-no-building-code', severity: 'error', comment: 'a simulator judges a connector with its own eyes',
      from: { path: '^connectors/[^/]+/simulator' }, to: { path: '^connectors/[^/]+/(definition|connector|envelope|exchange|answers)' },
    },
    {
      name: 'mail-simulator-reads-alone', severity: 'error', comment: 'neither the formats nor the rest of the connector: what it judges was made with them',
      from: { path: '^connectors/mssante/simulator/', ...notTests }, to: { path: '^(src/|connectors/)', pathNot: '^connectors/mssante/simulator/' },
    },
    {
      name: 'dmp-simulator-alone', severity: 'error', comment: 'the simulated DMP reads with its own eyes: nothing of the product, not even its formats',
      from: { path: '^connectors/dmp/simulator/', ...notTests }, to: { path: '^(src|connectors)/', pathNot: '^connectors/dmp/simulator/' },
    },
    {
      name: 'loaded-where-used', severity: 'error', comment: 'what speaks to a partner, or plays one, is loaded (with its libraries) by import() where a configuration names it',
      from: { path: '^(connectors/index|connectors/[^/]+/definition|src/sandbox/simulators)\\.ts$' }, to: { path: '^(connectors/[^/]+/(connector|exchange|simulator)|src/sandbox/(dmp|hl7v2|mssante|regional)\\.ts)', dynamic: false },
    },
    { name: 'pure-no-io', severity: 'error', comment: 'pure stages do no I/O', from: { path: pure, ...notTests }, to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util|string_decoder)$' } },
    { name: 'no-circular', severity: 'error', comment: 'a grammar and a compiler of trees call themselves: src/validate is let off', from: { pathNot: '^src/validate/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nobody-imports-the-top', severity: 'error', from: { path: '^(src|connectors)/', pathNot: ['^src/(main|cli|compose)', '^src/operate/docs', '^src/commands/', '\\.test\\.ts$'] }, to: { path: '^src/(main|cli|compose)\\.ts' } },
    { name: 'product-not-tests', severity: 'error', from: { path: '^(src|connectors)/', pathNot: '\\.test\\.ts$' }, to: { path: '(^test/|\\.test\\.ts$)' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types', 'typings'] },
  },
};
