/** SOAP 1.2, WS-Addressing 1.0, WS-Security 1.0 and XOP, by the names their standards give them. */
export const namespaces = {
  soap: 'http://www.w3.org/2003/05/soap-envelope', wsa: 'http://www.w3.org/2005/08/addressing',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd', xop: 'http://www.w3.org/2004/08/xop/include',
} as const;
