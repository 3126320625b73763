/** Objects that a program makes of the classes of its module. Their fields are set by the program: no constructor of the class runs. */

type Class = { readonly prototype: object }
const makers = new WeakMap<Class, new () => object>()

/** A constructor of objects without fields that are instances of the class; one a class, so that engines give them one layout. */
export function instances(made: Class): new () => object {
  const known = makers.get(made)
  if (known) return known
  function Maker(): void {}
  Maker.prototype = made.prototype
  makers.set(made, Maker as unknown as new () => object)
  return instances(made)
}
