/**
 * Functions that make tensors take `requiresGrad` in the user API, as in PyTorch, where it is an option of the spelling and no part of the
 * operator. Nothing is differentiated here, so it has no effect.
 */
import type { ApiForm, Home } from './operator.ts'

export function spelled(
  schemas: readonly string[],
  homes: readonly Home[],
): { readonly homes: readonly Home[]; readonly forms?: readonly ApiForm[] } {
  if (!schemas.every((schema) => schema.includes('pin_memory'))) return { homes }
  const forms = homes.flatMap((home) =>
    schemas.map((schema, overload) => ({ home, overload, schema: schema.replace(') ->', ', bool requires_grad=False) ->') })),
  )
  return { homes: [], forms }
}
