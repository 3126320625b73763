/**
 * `fork` and `wait`, uncompiled: a fork runs at once, so its errors are thrown there and a wait never blocks. Compiled, a future is the value
 * that it holds. `https://docs.pytorch.org/docs/stable/generated/torch.jit.fork.html`
 */

/** The result of a fork. Host code may await it. */
export class Future<T> implements PromiseLike<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  wait(): T {
    return this.#value
  }

  then<R = T, E = never>(
    resolved?: ((value: T) => R | PromiseLike<R>) | null,
    rejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return Promise.resolve(this.#value).then(resolved, rejected)
  }
}

/** Starts `callee` with these arguments. */
export const fork = <A extends readonly unknown[], R>(callee: (...args: A) => R, ...args: A): Future<R> => new Future(callee(...args))

/** The result of a fork; may be asked for any number of times. */
export const wait = <T>(future: Future<T>): T => future.wait()
