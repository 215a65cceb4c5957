import { both } from '../words/language.tsx';

/** Kinds of moments, as the journal names them; one that is not here is shown by its own name. */
const fr: Readonly<Record<string, string>> = {
  received: 'reçu', planned: 'planifié', repeated: 'reçu de nouveau', quarantined: 'mis en quarantaine', attempt: 'essai', released: 'libéré', abandoned: 'abandonné', held: 'retenu', moved: 'déplacé', replay: 'rejoué', replayed: 'rejoué',
  delivered: 'livré', refused: 'refusé', submitted: 'remis, avis attendu', notice: 'avis reçu', acknowledged: 'acquitté', reveal: 'contenu consulté', export: 'contenu exporté', replan: 'planifié de nouveau', note: 'note', corrected: 'corrigé', crash: 'arrêt brutal pendant le traitement', checked: 'contrôlé avant envoi',
};
const en: Readonly<Record<string, string>> = {
  received: 'received', planned: 'planned', repeated: 'received again', quarantined: 'quarantined', attempt: 'attempt', released: 'released', abandoned: 'abandoned', held: 'held', moved: 'moved', replay: 'replayed', replayed: 'replayed',
  delivered: 'delivered', refused: 'refused', submitted: 'submitted, notice awaited', notice: 'notice received', acknowledged: 'acknowledged', reveal: 'content looked at', export: 'content exported', replan: 'planned again', note: 'note', corrected: 'corrected', crash: 'crash while being processed', checked: 'checked before sending',
};
export const momentWords = both(
  { moment: (stage: string, kind: string) => fr[kind] ?? `${stage} : ${kind}` },
  { moment: (stage: string, kind: string) => en[kind] ?? `${stage}: ${kind}` },
);
