import { both } from '../words/language.tsx';
export const nowWords = both({ title: 'Maintenant' }, { title: 'Now' });
