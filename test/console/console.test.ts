import { describe } from '@jest/globals';
import { acting } from './acts.ts';
import { deciding } from './decisions.ts';
import { everyPage } from './every-page.ts';
import { inBrowser } from './given.ts';
import { keyboard } from './keyboard.ts';
import { moreActs } from './more-acts.ts';
import { privacy } from './privacy.ts';
import { scripts } from './xss.ts';

inBrowser('console', (given) => {
  describe('every page', () => { everyPage(given); });
  describe('keyboard', () => { keyboard(given); });
  acting(given);
  deciding(given);
  moreActs(given);
  privacy(given);
  scripts(given);
});
