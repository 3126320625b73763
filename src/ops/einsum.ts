/** torch.einsum: operands are contracted pairwise from left to right, each pair as one batched matrix product. */
import type { Dim } from './dim.ts'
import { OperatorError, type Ops, type TensorMeta } from './operator.ts'
import { numel } from './shape.ts'

interface Labelled<T> {
  readonly tensor: T
  /** One label a dim, each once. */
  readonly labels: readonly string[]
}

/** Labels of the dims that `...` stands for, counted from the right. */
const ellipsisLabels = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `.${count - 1 - i}`)

function parseLabels(text: string, rank: number | null, hidden: number): readonly string[] {
  const clean = text.replaceAll(' ', '')
  const at = clean.indexOf('...')
  const explicit = clean.replace('...', '')
  if (!/^[A-Za-z]*$/.test(explicit)) throw new OperatorError('S2103', `einsum: '${text}' is not a list of letters`)
  if (at < 0) {
    if (rank !== null && explicit.length !== rank)
      throw new OperatorError('S3001', `einsum: '${text}' has ${explicit.length} labels for a tensor of ${rank} dims`)
    return [...explicit]
  }
  const count = rank === null ? hidden : rank - explicit.length
  if (count < 0) throw new OperatorError('S3001', `einsum: '${text}' has too many labels for a tensor of ${rank} dims`)
  return [...explicit.slice(0, at), ...ellipsisLabels(count), ...explicit.slice(at)]
}

/** A label that occurs twice in an operand means its diagonal. */
function withoutRepeats<T extends TensorMeta>(ops: Ops<T>, tensor: T, labels: readonly string[]): Labelled<T> {
  const first = labels.findIndex((label, i) => labels.indexOf(label, i + 1) > 0)
  if (first < 0) return { tensor, labels }
  const second = labels.indexOf(labels[first] as string, first + 1)
  // The diagonal comes last.
  const diagonal = ops.call('aten::diagonal', [tensor, 0, first, second])
  return withoutRepeats(ops, diagonal, [...labels.filter((_, i) => i !== first && i !== second), labels[first] as string])
}

/** Dims in the order of `order`; labels that the operand lacks become dims of size 1. */
function aligned<T extends TensorMeta>(ops: Ops<T>, { tensor, labels }: Labelled<T>, order: readonly string[]): T {
  const present = order.filter((label) => labels.includes(label))
  const permuted = ops.call('aten::permute', [tensor, present.map((label) => labels.indexOf(label))])
  return order.reduce((x, label, i) => (labels.includes(label) ? x : ops.call('aten::unsqueeze', [x, i])), permuted)
}

function sumOut<T extends TensorMeta>(ops: Ops<T>, operand: Labelled<T>, gone: readonly string[]): Labelled<T> {
  if (gone.length === 0) return operand
  const dims = gone.map((label) => operand.labels.indexOf(label))
  return {
    tensor: ops.call('aten::sum', [operand.tensor, dims], { dtype: operand.tensor.dtype }),
    labels: operand.labels.filter((label) => !gone.includes(label)),
  }
}

/** Contracts two operands to `kept` labels. */
function contractPair<T extends TensorMeta>(ops: Ops<T>, left: Labelled<T>, right: Labelled<T>, kept: ReadonlySet<string>): Labelled<T> {
  const a = sumOut(
    ops,
    left,
    left.labels.filter((label) => !right.labels.includes(label) && !kept.has(label)),
  )
  const b = sumOut(
    ops,
    right,
    right.labels.filter((label) => !left.labels.includes(label) && !kept.has(label)),
  )
  const shared = a.labels.filter((label) => b.labels.includes(label))
  const batch = shared.filter((label) => kept.has(label))
  const inner = shared.filter((label) => !kept.has(label))
  const rows = a.labels.filter((label) => !shared.includes(label))
  const columns = b.labels.filter((label) => !shared.includes(label))
  const labels = [...batch, ...rows, ...columns]
  // Without a contraction, or where a batch dim is broadcast, a product of elements does.
  const sizeOf = ({ tensor, labels: own }: Labelled<T>, label: string): Dim => tensor.shape[own.indexOf(label)] as Dim
  const broadcast = shared.some((label) => (sizeOf(a, label) === 1) !== (sizeOf(b, label) === 1))
  if (inner.length === 0 || broadcast) {
    const order = [...labels, ...inner]
    const product = ops.call('aten::mul', [aligned(ops, a, order), aligned(ops, b, order)])
    return sumOut(ops, { tensor: product, labels: order }, inner)
  }
  const sizes = (operand: Labelled<T>, own: readonly string[]): readonly Dim[] => own.map((label) => sizeOf(operand, label))
  const [nb, nr, nc, ni] = [numel(sizes(a, batch)), numel(sizes(a, rows)), numel(sizes(b, columns)), numel(sizes(a, inner))]
  const matricesA = ops.call('aten::reshape', [aligned(ops, a, [...batch, ...rows, ...inner]), [nb, nr, ni]])
  const matricesB = ops.call('aten::reshape', [aligned(ops, b, [...batch, ...inner, ...columns]), [nb, ni, nc]])
  const product = ops.call('aten::bmm', [matricesA, matricesB])
  return { tensor: ops.call('aten::reshape', [product, [...sizes(a, batch), ...sizes(a, rows), ...sizes(b, columns)]]), labels }
}

export function contract<T extends TensorMeta>(ops: Ops<T>, equation: string, tensors: readonly T[]): T {
  const [inputs, output] = equation.split('->') as [string, string | undefined]
  const terms = inputs.split(',')
  if (terms.length !== tensors.length)
    throw new OperatorError('S3001', `einsum: '${equation}' names ${terms.length} operands, ${tensors.length} are given`)
  const parsed = terms.map((term, i) => parseLabels(term, (tensors[i] as T).shape.length, 0))
  const hidden = Math.max(0, ...parsed.map((labels) => labels.filter((label) => label.startsWith('.')).length))
  const counts = new Map<string, number>()
  for (const label of parsed.flat()) counts.set(label, (counts.get(label) ?? 0) + 1)
  // Without an arrow: the ellipsis, then the labels that occur once, in alphabetical order.
  const wanted =
    output === undefined
      ? [
          ...ellipsisLabels(hidden),
          ...[...counts]
            .filter(([label, count]) => count === 1 && !label.startsWith('.'))
            .map(([label]) => label)
            .sort(),
        ]
      : parseLabels(output, null, hidden)
  for (const label of wanted) if (!counts.has(label)) throw new OperatorError('S3001', `einsum: '${label}' of the result is in no operand`)
  const operands = tensors.map((tensor, i) => withoutRepeats(ops, tensor, parsed[i] as readonly string[]))
  let result = operands[0] as Labelled<T>
  for (const [i, next] of operands.slice(1).entries()) {
    const later = operands.slice(i + 2).flatMap(({ labels }) => labels)
    result = contractPair(ops, result, next, new Set([...wanted, ...later]))
  }
  const summed = sumOut(
    ops,
    result,
    result.labels.filter((label) => !wanted.includes(label)),
  )
  return aligned(ops, summed, wanted)
}
