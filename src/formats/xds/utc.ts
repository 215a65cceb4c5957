/** Epoch milliseconds as XDS writes a moment: UTC, yyyyMMddHHmmss (IHE ITI TF-3 §4.2.3.1.7, DTM). */
export const utcDigits = (epochMs: number): string => new Date(epochMs).toISOString().replace(/[^\d]/gu, '').slice(0, 14);
