import type { ElementNode } from './element-tree.ts';

/** Writes `path` and `id` of every element from its place: parts of the tree were copied from other definitions. */
export function writePaths(root: ElementNode): void {
  write(root, root.name, root.name);
}

function write(node: ElementNode, path: string, id: string): void {
  if (node.def.path !== path || node.def.id !== id) node.def = { ...node.def, path, id };
  for (const child of node.children) write(child, `${path}.${child.name}`, `${id}.${child.name}`);
  for (const slice of node.slices) writeSlice(slice, path, id);
}

function writeSlice(slice: ElementNode, path: string, id: string): void {
  const own = `${id.replace(/:[^.:]*$/, '')}:${slice.def.sliceName ?? ''}`;
  if (slice.def.path !== path || slice.def.id !== own) slice.def = { ...slice.def, path, id: own };
  for (const child of slice.children) write(child, `${path}.${child.name}`, `${own}.${child.name}`);
  for (const deeper of slice.slices) writeSlice(deeper, path, own);
}
