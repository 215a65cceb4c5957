// Node 24 strips the types itself, so no transform stands between a test and its source positions.
export default {
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  testTimeout: 30_000,
  // Half of the tests wait for sockets and child processes: every core takes its share.
  maxWorkers: '100%',
};
