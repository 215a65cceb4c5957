/**
 * ASS_X04-CorrespondanceType-Classe-CISIS (OID 1.2.250.1.213.1.1.4.249), ANS, version 20240426120000: the class of each
 * document type. Classes are those of TRE_A03-ClasseDocument (OID 1.2.250.1.213.1.1.4.1). A type that is not here has no
 * class: 101881-1 (Carte d'implant) is in JDV_J66 without one.
 */
export const classes: readonly { readonly code: string; readonly display: string; readonly types: string }[] = [
  {
    code: '10', display: 'Compte rendu', types: `
      10213-7 11488-4 11490-0 11493-4 11502-2 11505-5 11506-3 11526-1 11528-7 15507-7 15508-5 24611-6 27899-4 28617-9 28653-4
      29274-8 29554-3 34112-3 34120-6 34749-2 34794-8 34874-8 34875-5 39256-3 46241-6 47420-5 51969-4 59283-2 60568-3 67851-6
      70004-7 75482-0 75492-9 75497-8 75496-0 77436-4 78513-9 78601-2 83981-1 85208-7 89233-1 93024-8 96349-6 BIL_AUTO DOCPAT03
      DOCPAT05 DOCPAT06`,
  },
  {
    code: '11', display: 'Synthèse', types: `
      18761-7 34133-9 34842-5 56445-0 57055-6 57057-2 57075-4 60280-5 60591-5 68599-0 68817-6 74207-2 78341-5 78489-2 80820-4
      83836-7 83901-9 89235-6 88348-8 EXPORT_DUI DOCPAT01 DOCPAT08 SYNTH`,
  },
  { code: '31', display: 'Imagerie médicale', types: '18748-4 52040-3 DOCPAT04 IMG-KOS' },
  {
    code: '42', display: 'Prescription', types: `
      29551-9 52063-5 52521-2 55115-0 57828-6 57832-8 57833-6 61357-0 75468-9 DOCPAT02 PRESC-AAT PRESC-BIO PRESC-KINE PRESC-INF
      PRESC-PEDI PRESC-ORTHOPHO PRESC-ORTHOPTIE`,
  },
  { code: '43', display: 'Dispensation', types: '29550-1 60593-1 DISP_AUT' },
  { code: '44', display: 'Plan de soins, protocole de soins', types: '18776-5 77604-7 80771-9 80788-3 83869-8 PROT_ALD' },
  { code: '45', display: 'Traitement administré', types: '80565-5' },
  { code: '52', display: 'Certificat, déclaration', types: '11369-6 87273-9 89601-9 96874-3 96173-0 CERT_DECL DOCPAT07' },
  { code: '60', display: 'Données de remboursement', types: 'REMB' },
  { code: '90', display: 'Autres documents déposés par le patient', types: '74465-6 EXPPAT_1 EXPPAT_2 EXPPAT_3 DOCPAT10' },
  {
    code: '95', display: 'Document de gestion', types: `
      51851-4 56446-8 59284-0 86531-1 ATTEST-ASS-COMPL ATTEST-HEBGT ATTEST-RESID ATTEST-DROITS-AM AUTORIS-SOINS CONTACTS-URGENCE
      DOCPAT09 PIECE-IDENTITE FICHE-CONTACTS`,
  },
  { code: '99', display: 'Document technique', types: 'FEUILLE-DE-STYLE' },
];
