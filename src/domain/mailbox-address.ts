/**
 * One address, nothing else (RFC 5321 Mailbox, without quoted forms): no spaces, no list, no display name, no comment, no control
 * character, so that no mail library reads two recipients in it.
 */
const mailbox = /^[^\s\p{Cc}@<>,;:"()[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/u;
export const isMailboxAddress = (text: string): boolean => text.length <= 254 && mailbox.test(text);

/** In lower case; what follows the last @. */
export const mailDomainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
