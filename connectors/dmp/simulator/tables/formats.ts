/** Format codes: those of CDA templates (ASS_A11, dmp.md §1.5), of unstructured bodies (XDS-SD), of documents outside the profiles and of KOS. */
export const formats: Readonly<Record<string, ReadonlySet<string>>> = {
  '1.3.6.1.4.1.19376.1.2.3': new Set([
    'urn:ihe:lab:xd-lab:2008', 'urn:ihe:pcc:ic:2009', 'urn:ihe:qrph:hbs:2009', 'urn:ihe:pat:apsr:all:2010', 'urn:ihe:pat:apsr:breast:2010',
    'urn:ihe:pat:apsr:colon:2010', 'urn:ihe:pat:apsr:prostate:2010', 'urn:ihe:pat:apsr:thyroid:2010', 'urn:ihe:pat:apsr:lung:2010',
    'urn:ihe:pat:apsr:skin:2010', 'urn:ihe:pat:apsr:kidney:2010', 'urn:ihe:pat:apsr:endometrium:2010', 'urn:ihe:pat:apsr:ovary:2010',
    'urn:ihe:pat:apsr:esophagus:2010', 'urn:ihe:pat:apsr:stomach:2010', 'urn:ihe:pat:apsr:liver:2010', 'urn:ihe:pat:apsr:pancreas:2010',
    'urn:ihe:pat:apsr:testis:2010', 'urn:ihe:pat:apsr:urinary_bladder:2010', 'urn:ihe:pat:apsr:lip_oral_cavity:2010', 'urn:ihe:pat:apsr:pharynx:2010',
    'urn:ihe:pat:apsr:salivary_gland:2010', 'urn:ihe:pat:apsr:larynx:2010', 'urn:ihe:iti:xds-sd:pdf:2008', 'urn:ihe:iti:xds-sd:text:2008',
  ]),
  '1.2.250.1.213.1.1.4.2.282': new Set([
    'urn:asip:ci-sis:avk:2009', 'urn:asip:ci-sis:tap:2009', 'urn:asip:ci-sis:dci:2009', 'urn:asip:ci-sis:psc:2009', 'urn:asip:ci-sis:ppv:2009',
    'urn:asip:ci-sis:vsm:2012', 'urn:asip:ci-sis:cs9:2012', 'urn:asip:ci-sis:cs24:2012', 'urn:asip:ci-sis:idap:2011', 'urn:asip:ci-sis:frcp:2011',
    'urn:asip:ci-sis:crh:2009', 'urn:asipSante:modelesHorsProfils:2011',
  ]),
  '1.2.840.10008.2.6.1': new Set([
    '1.2.840.10008.5.1.4.1.1.88.59',
  ]),
};
