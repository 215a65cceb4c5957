/** A mailbox as the directory publishes it (mss.md §2.1, §5.1). */
export interface Mailbox {
  readonly address: string;
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB';
  readonly rank?: number;
  readonly digitization?: boolean;
  readonly service?: string;
  readonly description?: string;
}
export interface Structure { readonly finess: string; readonly name: string; readonly active: boolean; readonly mailboxes: readonly Mailbox[]; readonly email?: string }
export interface Professional {
  readonly rpps: string;
  readonly family: string;
  readonly given: string;
  readonly active: boolean;
  readonly mailboxes: readonly Mailbox[];
  /** Where they work, with the mailboxes of that place. */
  readonly roles: readonly { readonly finess: string; readonly active: boolean; readonly mailboxes: readonly Mailbox[] }[];
}
export interface Directory { readonly professionals: readonly Professional[]; readonly structures: readonly Structure[] }

const families = ['ROUSSEAU', 'DUVAL', 'LEFEBVRE', 'O\'KEEFFE', 'SAINT-CLAIR', 'BÉRANGER', 'MARCHAND', 'NGUYEN', 'PRÉVOST', 'VASSEUR'];
const givens = ['Camille', 'Claude', 'Dominique', 'Anne-Zoé', 'Noël', 'Sacha', 'Andrée', 'Joël', 'Maëlle', 'Yannick'];
const services = ['CARDIOLOGIE', 'BIOLOGIE MEDICALE', 'SECRETARIAT MEDECINE', 'URGENCES'];

const luhn = (ten: string): string => {
  const sum = Array.from(ten).reverse().reduce((total, digit, at) => { const n = Number(digit) * (at % 2 === 0 ? 2 : 1); return total + (n > 9 ? n - 9 : n); }, 0);
  return String((10 - (sum % 10)) % 10);
};
/** RPPS of the range kept for tests, with their key. */
export const rppsOf = (n: number): string => { const ten = `9970${String(n).padStart(6, '0')}`; return `${ten}${luhn(ten)}`; };
export const finessOf = (n: number): string => `99${String(n).padStart(7, '0')}`;
const ascii = (text: string): string => text.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase();
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

/**
 * A fictive directory, the same for the same size. It has what real ones have: several boxes for one person, some of them of
 * a structure, one who left, one without a box, one who refuses paper-free mail, several boxes in one structure, an ordinary
 * e-mail beside them, an application's box that the flat file does not publish.
 */
export function fictiveDirectory(size = 20): Directory {
  const structures = Array.from({ length: Math.max(2, Math.ceil(size / 10)) }, (_, n): Structure => ({
    finess: finessOf(n + 1), name: `STRUCTURE FICTIVE ${n + 1}`, active: n % 7 !== 6, email: `direction@structure-${n + 1}.test`,
    mailboxes: [
      ...services.slice(0, 1 + (n % services.length)).map((service): Mailbox => ({ address: `${ascii(service)}@structure-${n + 1}.mssante.test`, type: 'ORG', service, description: `Secrétariat ${service.toLowerCase()}`, digitization: true })),
      { address: `application@structure-${n + 1}.mssante.test`, type: 'APP', description: 'BAL applicative' },
    ],
  }));
  const professionals = Array.from({ length: size }, (_, n): Professional => {
    const family = pick(families, n), given = pick(givens, Math.floor(n / families.length) + n);
    const local = `${ascii(given)}.${ascii(family)}${n < families.length ? '' : String(n)}`;
    const own: Mailbox = { address: `${local}@medecin.mssante.test`, type: 'PER', rank: 1, digitization: n % 5 !== 3 };
    const boxes = n % 10 === 7 ? [] : n % 10 === 4 ? [{ ...own, rank: 2 }, { address: `${local}@autre.mssante.test`, type: 'PER' as const, rank: 1, digitization: true }] : [own];
    const structure = structures[n % structures.length];
    const atWork: Mailbox[] = n % 3 === 0 ? [] : [{ address: `${local}@${structure?.finess ?? ''}.mssante.test`, type: 'PER', digitization: true }];
    return { rpps: rppsOf(n + 1), family, given, active: n % 10 !== 8, mailboxes: n % 10 === 8 ? [] : boxes, roles: structure === undefined ? [] : [{ finess: structure.finess, active: true, mailboxes: n % 10 === 8 ? [] : atWork }] };
  });
  return { professionals, structures };
}
