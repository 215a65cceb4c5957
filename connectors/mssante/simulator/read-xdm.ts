import yauzl from 'yauzl';
import type { Metadata, Unreadable, Xdm } from './mail.ts';
import { readCda } from './read-cda.ts';
import { readMetadata } from './read-metadata.ts';

const mostEntries = 200;
const mostBytes = 100 * 2 ** 20;

const bytesOf = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> => new Promise((read, failed) => {
  zip.openReadStream(entry, (error, stream) => {
    if (error !== null) { failed(error); return; }
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => { read(Buffer.concat(chunks)); });
    stream.once('error', failed);
  });
});

interface Archive { readonly fault: Unreadable; readonly names: string[]; readonly files: Map<string, Buffer> }

const because = (fr: string, en: string): Unreadable => ({ fr, en });

/** Unzips in memory. yauzl refuses paths that leave the archive and sizes that lie. */
async function unzip(bytes: Buffer): Promise<Archive> {
  const names: string[] = [];
  const files = new Map<string, Buffer>();
  try {
    const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      total += entry.uncompressedSize;
      if (names.length >= mostEntries || total > mostBytes) return { fault: because('trop de fichiers ou d\'octets', 'too many files or bytes'), names, files };
      if ((entry.generalPurposeBitFlag & 1) === 1) return { fault: because('un fichier est chiffré', 'a file is encrypted'), names, files };
      names.push(entry.fileName);
      files.set(entry.fileName, await bytesOf(zip, entry));
    }
    return { fault: null, names, files };
  } catch { return { fault: because('l\'archive ne s\'ouvre pas', 'the archive does not open'), names, files }; }
}

const metadataName = /^IHE_XDM\/[^/]+\/METADATA\.XML$/i;

/** Reads an IHE_XDM.zip: whatever is wrong becomes a fault to judge. */
export async function readXdm(bytes: Buffer): Promise<Xdm> {
  const archive = await unzip(bytes);
  const place = archive.names.find((name) => metadataName.test(name));
  let metadata: Metadata | null = null, metadataFault: Unreadable = null;
  if (place !== undefined) {
    try {
      metadata = readMetadata(archive.files.get(place) ?? Buffer.alloc(0));
      if (metadata === null) metadataFault = because('la racine n\'est pas lcm:SubmitObjectsRequest', 'the root is not lcm:SubmitObjectsRequest');
    } catch { metadataFault = because('le XML n\'est pas bien formé', 'the XML is not well-formed'); }
  }
  const folder = place?.slice(0, place.lastIndexOf('/') + 1) ?? '';
  const cdas = archive.names.filter((name) => folder !== '' && name.startsWith(folder) && name !== place && /\.xml$/i.test(name)).map((name) => readCda(name.slice(folder.length), archive.files.get(name) ?? Buffer.alloc(0)));
  return { ...archive, metadata, metadataFault, cdas };
}
