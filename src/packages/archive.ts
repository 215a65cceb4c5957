import { gzipSync } from 'node:zlib';

/** A FHIR package archive in npm layout: package.json and one file a definition. */
export function archiveOf(name: string, version: string, resources: readonly unknown[], dependencies: Readonly<Record<string, string>> = {}): Buffer {
  const files: (readonly [string, unknown])[] = [['package/package.json', { name, version, dependencies }]];
  resources.forEach((resource, index) => {
    files.push([`package/${String((resource as { resourceType?: unknown }).resourceType)}-${index}.json`, resource]);
  });
  return gzipSync(tarOf(files.map(([path, json]) => [path, Buffer.from(JSON.stringify(json))] as const)));
}

/** POSIX ustar; names are short and ours. */
export function tarOf(files: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const blocks: Buffer[] = [];
  for (const [name, bytes] of files) {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, 'utf8');
    header.write('0000644\0', 100);
    header.write(bytes.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar\0', 257);
    blocks.push(header, bytes, Buffer.alloc((512 - bytes.length % 512) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
