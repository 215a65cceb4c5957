import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigRefused } from '../config/fault.ts';
import { loadConfig } from '../config/load.ts';
import { ActRefused } from '../deliver/acts.ts';
import { journalFault } from '../journal/fault.ts';
import { SettingFault } from '../net/setting-fault.ts';
import { inWords, languageAsked } from './refusal.ts';

describe('an error that ends a command', () => {
  it('is said in the language asked for, French first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-language-'));
    const file = join(folder, 'p.yaml');
    writeFileSync(file, 'version: 1\nlanguage: en\nunknown: 1\n');
    try {
      expect(languageAsked(['node', 'x', 'start'], {})).toBe('fr');
      expect(languageAsked(['node', 'x', 'start', '--lang', 'en'], {})).toBe('en');
      expect(languageAsked(['node', 'x', 'start', '--lang=en'], {})).toBe('en');
      expect(languageAsked(['node', 'x', 'start'], { PASSERELLE_LANG: 'en' })).toBe('en');
      expect(languageAsked(['node', 'x', 'start', '--config', file], {})).toBe('en');
      expect(languageAsked(['node', 'x', 'start', '--config', file, '--lang', 'fr'], {})).toBe('fr');
      let refused: unknown;
      try { loadConfig(file); } catch (error) { refused = error; }
      expect(refused).toBeInstanceOf(ConfigRefused);
      expect(inWords(refused as Error, 'en')).toMatch(/Did you mean|is no setting|unknown/i);
      expect(inWords(refused as Error, 'fr')).not.toBe(inWords(refused as Error, 'en'));
    } finally { rmSync(folder, { recursive: true }); }
  });

  it('has what was refused and what to do, whoever refused', () => {
    expect(inWords(journalFault('journal.locked'), 'en')).toMatch(/Another gateway already uses.*\n→ /);
    expect(inWords(journalFault('journal.locked'), 'fr')).toMatch(/Une autre passerelle utilise.*\n→ /);
    expect(inWords(new SettingFault('config.variable-unset', ['PASSERELLE_X']), 'en')).toContain('PASSERELLE_X');
    expect(inWords(new ActRefused('deliver.no-such-destination', 'a', 'b, c'), 'en')).toMatch(/No destination a .*b, c/);
    expect(inWords(new Error('as it is'), 'en')).toBe('as it is');
  });
});
