import type { ElementShape, SchemaLookup } from '../../formats/fhir/xml/schema-lookup.ts';
import type { TypeModel, Variant } from './type-model.ts';

const numbers = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);

/** The type model as the XML reader wants it. */
export function schemaLookup(model: TypeModel): SchemaLookup {
  return {
    isResource: name => /^[A-Z][A-Za-z]*$/.test(name) && model.type(name)?.kind === 'resource',
    child: (type, name) => {
      const variant = model.at(type)?.properties.get(name);
      return variant === undefined ? undefined : shape(variant);
    },
  };
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
