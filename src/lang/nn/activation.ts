/** Activation functions as layers. `inplace` of PyTorch's constructors is accepted and has no effect on results. */
import { Module, Parameter } from '../module.ts'
import { F, type Tensor, torch } from '../torch.ts'
import { moduleArguments } from './arguments.ts'

export interface InplaceOptions {
  readonly inplace?: boolean
}

export class ReLU extends Module {
  constructor(..._inplace: readonly (boolean | InplaceOptions)[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return F.relu(input)
  }
}

export class ReLU6 extends Module {
  constructor(..._inplace: readonly (boolean | InplaceOptions)[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return F.relu6(input)
  }
}

export class GELU extends Module {
  readonly approximate: string

  constructor(options?: 'none' | 'tanh' | { readonly approximate?: 'none' | 'tanh' })
  constructor(...args: readonly unknown[]) {
    super()
    this.approximate = moduleArguments<{ approximate: string }>("GELU(str approximate='none') -> Tensor", args).approximate
  }

  forward(input: Tensor): Tensor {
    return F.gelu(input, { approximate: this.approximate })
  }
}

export class Sigmoid extends Module {
  forward(input: Tensor): Tensor {
    return torch.sigmoid(input)
  }
}

export class Tanh extends Module {
  forward(input: Tensor): Tensor {
    return torch.tanh(input)
  }
}

export class SiLU extends Module {
  constructor(..._inplace: readonly (boolean | InplaceOptions)[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return F.silu(input)
  }
}

export class Mish extends Module {
  constructor(..._inplace: readonly (boolean | InplaceOptions)[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return F.mish(input)
  }
}

export class Hardswish extends Module {
  constructor(..._inplace: readonly (boolean | InplaceOptions)[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return F.hardswish(input)
  }
}

export class Hardsigmoid extends Module {
  constructor(..._inplace: readonly (boolean | InplaceOptions)[]) {
    super()
  }

  forward(input: Tensor): Tensor {
    return F.hardsigmoid(input)
  }
}

export class Hardtanh extends Module {
  readonly minVal: number
  readonly maxVal: number

  constructor(minVal?: number | { readonly minVal?: number; readonly maxVal?: number; readonly inplace?: boolean }, maxVal?: number)
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ minVal: number; maxVal: number }>(
      'Hardtanh(float min_val=-1, float max_val=1, bool inplace=False) -> Tensor',
      args,
    )
    this.minVal = options.minVal
    this.maxVal = options.maxVal
  }

  forward(input: Tensor): Tensor {
    return F.hardtanh(input, this.minVal, this.maxVal)
  }
}

export class ELU extends Module {
  readonly alpha: number

  constructor(alpha?: number | { readonly alpha?: number; readonly inplace?: boolean })
  constructor(...args: readonly unknown[]) {
    super()
    this.alpha = moduleArguments<{ alpha: number }>('ELU(float alpha=1, bool inplace=False) -> Tensor', args).alpha
  }

  forward(input: Tensor): Tensor {
    return F.elu(input, this.alpha)
  }
}

export class LeakyReLU extends Module {
  readonly negativeSlope: number

  constructor(negativeSlope?: number | { readonly negativeSlope?: number; readonly inplace?: boolean })
  constructor(...args: readonly unknown[]) {
    super()
    this.negativeSlope = moduleArguments<{ negativeSlope: number }>(
      'LeakyReLU(float negative_slope=0.01, bool inplace=False) -> Tensor',
      args,
    ).negativeSlope
  }

  forward(input: Tensor): Tensor {
    return F.leakyRelu(input, this.negativeSlope)
  }
}

export class PReLU extends Module {
  weight: Parameter

  constructor(numParameters?: number | { readonly numParameters?: number; readonly init?: number })
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ numParameters: number; init: number }>('PReLU(int num_parameters=1, float init=0.25) -> Tensor', args)
    this.weight = new Parameter(torch.full([options.numParameters], options.init))
  }

  forward(input: Tensor): Tensor {
    return F.prelu(input, this.weight)
  }
}

export class Softplus extends Module {
  readonly beta: number
  readonly threshold: number

  constructor(options?: { readonly beta?: number; readonly threshold?: number })
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ beta: number; threshold: number }>('Softplus(float beta=1, float threshold=20) -> Tensor', args)
    this.beta = options.beta
    this.threshold = options.threshold
  }

  forward(input: Tensor): Tensor {
    return F.softplus(input, this.beta, this.threshold)
  }
}

/** `dim` must be given: PyTorch's guess is deprecated there and absent here. */
export class Softmax extends Module {
  readonly dim: number

  constructor(dim: number | { readonly dim: number })
  constructor(...args: readonly unknown[]) {
    super()
    this.dim = moduleArguments<{ dim: number }>('Softmax(int dim) -> Tensor', args).dim
  }

  forward(input: Tensor): Tensor {
    return F.softmax(input, this.dim)
  }
}

export class LogSoftmax extends Module {
  readonly dim: number

  constructor(dim: number | { readonly dim: number })
  constructor(...args: readonly unknown[]) {
    super()
    this.dim = moduleArguments<{ dim: number }>('LogSoftmax(int dim) -> Tensor', args).dim
  }

  forward(input: Tensor): Tensor {
    return F.logSoftmax(input, this.dim)
  }
}

export class GLU extends Module {
  readonly dim: number

  constructor(dim?: number | { readonly dim?: number })
  constructor(...args: readonly unknown[]) {
    super()
    this.dim = moduleArguments<{ dim: number }>('GLU(int dim=-1) -> Tensor', args).dim
  }

  forward(input: Tensor): Tensor {
    return F.glu(input, this.dim)
  }
}
