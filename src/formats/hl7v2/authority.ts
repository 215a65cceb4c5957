import { isOid } from '../../domain/identity.ts';

/**
 * The authority of an HD (name, universal id, its type) as everything that compares identifiers names it: its OID when there
 * is one, some senders writing it alone or in the name's place; else the name and the universal id together (a FINESS number,
 * often), so that two hospitals of one name stay two. Empty when the message gives none.
 * @param component where the HD stands: 4 in a CX, its sub-components being 1 and 2
 */
export function authorityOf(text: (component: number, sub?: number) => string, component: number): string {
  const [name, id] = [text(component).trim(), text(component, 2).trim()];
  if (isOid(id)) return id;
  if (isOid(name)) return name;
  return name !== '' && id !== '' ? `${name}&${id}` : name === '' ? id : name;
}
