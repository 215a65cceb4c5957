import { expect, test } from '@jest/globals';
import type { Config } from './config/model.ts';
import { preparersFor, type Definitions } from './plan-settings.ts';
import { version } from './version.ts';

test('a connector is given the installation\'s secret where there is one, the version, and whether it is production', () => {
  const config = { destinations: [{ id: 'one', system: 'double', production: true, settings: {} }] } as unknown as Config;
  const definitions = { double: { config: (_raw: unknown, _id: string, rules: unknown) => rules } } as unknown as Definitions;
  const secret = Buffer.alloc(32, 7);
  expect(preparersFor(config, definitions, secret).get('one')?.config).toEqual({ production: true, version, secret });
  expect(preparersFor(config, definitions).get('one')?.config).toEqual({ production: true, version });
});
