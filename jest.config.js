// Node 24 strips the types itself, so no transform stands between a test and its source positions.
export default {
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  testTimeout: 30_000,
};
