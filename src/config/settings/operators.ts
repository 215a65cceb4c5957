import { group, leaf } from '../declare.ts';

export const operators = group('Ce que les opérateurs peuvent faire seuls, et combien de temps ils voient un contenu.', 'What operators may do alone, and how long they see a content.', {
  revealMinutes: leaf({ is: 'integer', min: 1, max: 120 }, 'Durée pendant laquelle un contenu révélé pour un motif reste visible (minutes).', 'How long a content revealed for a reason stays visible (minutes).', '10', { default: 10 }),
  secondPersonAbove: leaf({ is: 'integer', min: 0, max: 10_000 }, 'Un rejeu de plus d’envois est lancé par une autre personne que celle qui l’a préparé ; 0 : toujours par une autre.', 'A replay of more deliveries is started by somebody other than who made it; 0: always by somebody else.', '100', { default: 100 }),
  secondPersonForCorrections: leaf({ is: 'boolean' }, 'Une copie corrigée d’un message n’entre qu’approuvée par une autre personne.', 'A corrected copy of a message comes in only once somebody else approved it.', 'true', { default: false }),
});
