// The benchmark's laboratory result: a structured ORU^R01 with 10 OBX, about 3 KB. `seq` numbers the message.
// Same behaviour as the fixed load of the benchmark contract (design.md §8), written anew.

const analyses: readonly (readonly [string, string, string, string])[] = [
  ['718-7', 'Hémoglobine', 'g/dL', '13.0-17.0'], ['6690-2', 'Leucocytes', '10*9/L', '4.0-10.0'], ['777-3', 'Plaquettes', '10*9/L', '150-400'],
  ['2951-2', 'Sodium', 'mmol/L', '136-145'], ['2823-3', 'Potassium', 'mmol/L', '3.5-5.1'], ['2160-0', 'Créatinine', 'umol/L', '59-104'],
  ['1988-5', 'Protéine C réactive', 'mg/L', '0-5'], ['2345-7', 'Glucose', 'mmol/L', '4.1-5.9'], ['1742-6', 'ALAT', 'U/L', '5-50'],
];

/** Zipf-distributed ranks 0..n-1 (exponent 1), the same for the same seed. */
export function zipf(n: number, seed = 42): () => number {
  const cumulative = new Float64Array(n);
  let sum = 0;
  for (let rank = 0; rank < n; rank++) { sum += 1 / (rank + 1); cumulative[rank] = sum; }
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const target = (state / 2 ** 32) * sum;
    let low = 0;
    let high = n - 1;
    while (low < high) { const middle = (low + high) >> 1; if ((cumulative[middle] ?? 0) < target) low = middle + 1; else high = middle; }
    return low;
  };
}

/** A matricule INS with a valid key for a fictive patient rank (test OID 1.2.250.1.213.1.4.10). */
export function matricule(rank: number): string {
  const body = `2790351${String(100_000 + rank).slice(-6)}`;
  return body + String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
}

/** Value of the first analysis: what the sink expects of `seq`. */
export const firstValue = (seq: number): number => (100 + (seq % 900)) / 10;

const two = (n: number): string => String(n).padStart(2, '0');
const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, i) => fields[i + 1] ?? '')].join('|');
};

export function labResult(seq: number, rank: number, run: string): string {
  const at = `20261122${two(8 + (seq % 10))}${two(seq % 60)}00+0100`;
  const ipp = `P${String(rank).padStart(7, '0')}`;
  const accession = `${run}${String(seq).padStart(9, '0')}`;
  const professional = (id: string, name: string) => `${id}^${name}^^^Dr^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^L^^^RPPS`;
  const biologist = professional('899700218896', 'PETIT^ANNE');
  const prescriber = professional('899700218904', 'MARTIN^PAUL');
  const obx = analyses.map(([code, label, unit, range], i) =>
    `OBX|${i + 1}|NM|${code}^${label}^LN||${i === 0 ? firstValue(seq) : 40 + ((seq + i) % 50)}|${unit}^${unit}^UCUM|${range}||||F|||${at}||${biologist}|||${at}`);
  return `${[
    `MSH|^~\\&|SGL-BENCH|LBM BENCH|PASSERELLE|REGION|${at}||ORU^R01^ORU_R01|${accession}|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR`,
    segment('PID', {
      1: '1', 3: `${matricule(rank)}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~${ipp}^^^LBM BENCH&1.2.250.1.999.140&ISO^PI`,
      5: `ESSAI${rank}^NATHALIE^NATHALIE MARIE^^^^L~DURAND^NATHALIE^^^^^D`, 7: '19790328', 8: 'F', 11: '12 RUE DE GEOLE^^CAEN^^14000^FRA^H~^^^^^^BDL^^14118',
      13: '^PRN^CP^^^^^^^^^0600000000', 16: 'M', 18: `N${accession}^^^CHU BENCH&1.2.250.1.999.141&ISO^AN`, 30: 'N', 32: 'VALI',
    }),
    `PV1|1|I|MED2^204^1^140000100||||${prescriber}||||||||||||V${accession}^^^CHU BENCH&1.2.250.1.999.141&ISO^VN`,
    `ORC|NW|D${accession}^CHU|${accession}^LBM||CM||||${at}|||${prescriber}`,
    `OBR|1|D${accession}^CHU|${accession}^LBM|58410-2^NFS et ionogramme^LN|||${at}|||||||||${prescriber}||||||${at}||CH|F`,
    ...obx,
    `OBX|10|ST|8251-1^Commentaire^LN||Échantillon légèrement hémolysé, contrôler la kaliémie sur un nouveau prélèvement si discordance clinique||||||F|||${at}||${biologist}|||${at}`,
  ].join('\r')}\r`;
}
