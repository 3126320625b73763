/** `nn`: the layers. Their `forward` methods are written in the script language; the compiler compiles this very source text. */
export { Module, Parameter } from '../module.ts'
export {
  ELU,
  GELU,
  GLU,
  Hardsigmoid,
  Hardswish,
  Hardtanh,
  LeakyReLU,
  LogSoftmax,
  Mish,
  PReLU,
  ReLU,
  ReLU6,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Tanh,
} from './activation.ts'
export { ModuleDict, ModuleList, ParameterDict, ParameterList, Sequential } from './container.ts'
export { Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d } from './conv.ts'
export { Identity, Linear } from './linear.ts'
export { BatchNorm1d, BatchNorm2d, BatchNorm3d, GroupNorm, LayerNorm, RMSNorm } from './norm.ts'
export { AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveMaxPool2d, AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d } from './pooling.ts'
export { GRU, LSTM, RNN } from './recurrent.ts'
export { Dropout, Flatten, Unflatten } from './shape.ts'
export { Embedding } from './sparse.ts'
