import type { ElementShape, SchemaLookup } from '../../formats/fhir/xml/schema-lookup.ts';
import type { TypeModel, Variant } from './type-model.ts';

const numbers = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);

/** The type model as the XML reader wants it. */
export function schemaLookup(model: TypeModel): SchemaLookup {
  return {
    isResource: name => /^[A-Z][A-Za-z]*$/.test(name) && model.type(name)?.kind === 'resource',
    child: (type, name) => {
      const variant = model.type(type)?.properties.get(name) ?? backbone(model, type)?.properties.get(name);
      return variant === undefined ? undefined : shape(variant);
    },
    children: type => [...(model.type(type) ?? backbone(model, type))?.properties.keys() ?? []],
  };
}

/** A key such as `Bundle.entry.link` is found by walking from its type. */
function backbone(model: TypeModel, path: string): ReturnType<TypeModel['type']> {
  const [root = '', ...steps] = path.split('.');
  let type = model.type(root);
  for (const step of steps) type = type?.properties.get(step)?.type();
  return type;
}

function shape(variant: Variant): ElementShape {
  const { array, rank } = variant.child;
  if (variant.code === 'xhtml') return { kind: 'xhtml', type: 'xhtml', array, rank };
  const type = variant.type();
  if (type === undefined || type.kind === 'resource') return { kind: 'resource', type: variant.code, array, rank };
  if (type.kind === 'complex') return { kind: 'complex', type: type.name, array, rank };
  const json = variant.code === 'boolean' ? 'boolean' : numbers.has(variant.code) ? 'number' : 'string';
  return { kind: 'primitive', type: variant.code, array, json, rank };
}
