const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * The date at the start of an HL7 v2 or CDA time (`yyyy[MM[dd…]]`) as a FHIR date at the same precision; '' when it is none.
 * Unknown month or day written `00` (births abroad in the French civil register) shortens the precision.
 */
export function partialDate(text: string): string {
  const year = text.slice(0, 4), month = text.slice(4, 6), day = text.slice(6, 8);
  if (!/^\d{4}(?:\d{2}){0,2}/.test(text) || !/^\d{4}$|^\d{6}$|^\d{8}/.test(text) || year === '0000') return '';
  if (month === '' || month === '00') return year;
  if (Number(month) > 12) return '';
  if (day === '' || day === '00') return `${year}-${month}`;
  return Number(day) <= daysIn(Number(year), Number(month)) ? `${year}-${month}-${day}` : '';
}
