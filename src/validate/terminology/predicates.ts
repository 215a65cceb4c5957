/** Code systems given by a grammar or a short public list rather than by a CodeSystem resource. */
export const grammars: Readonly<Record<string, (code: string) => boolean>> = {
  // BCP 13: type "/" subtype, restricted-name of RFC 6838 §4.2, with parameters
  'urn:ietf:bcp:13': code => /^[A-Za-z0-9][\w!#$&^.+-]{0,126}\/[A-Za-z0-9*][\w!#$&^.+-]{0,126}(?:\s*;.*)?$/.test(code),
  // BCP 47: langtag of RFC 5646 §2.1, without a registry of subtags
  'urn:ietf:bcp:47': code => /^(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-x(?:-[A-Za-z0-9]{1,8})+)?$|^x(?:-[A-Za-z0-9]{1,8})+$/.test(code),
  'urn:iso:std:iso:4217': code => currencies.has(code),
  'urn:ietf:rfc:3986': code => /^\S+$/.test(code),
};

/** ISO 4217 alphabetic codes in use (2018 list the R4 value set was drawn from, and those added since). */
const currencies = new Set((
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC '
  + 'CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GGP GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS IMP INR IQD IRR ISK JEP JMD '
  + 'JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR '
  + 'NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SPL SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY '
  + 'TTD TVD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VEF VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWD ZWL'
).split(' '));
