/**
 * Signatures of the operators, generated from the registry by scripts/generateApi.ts: do not edit.
 * After the first argument, any argument may instead stand in one options object, by name.
 */
import type { DType } from '../ops/dtype.ts'
import type { Tensor } from './tensorTypes.ts'

type Sizes = number | readonly number[]

export interface TorchFunctions {
  /** `add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  add(input: Tensor, other: Tensor | AddOptions, options?: AddOptions): Tensor
  /** `add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  add(input: Tensor, other: number | boolean | AddOptions2, alpha?: number | boolean | AddOptions2, options?: AddOptions2): Tensor
  /** `add_.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  add_(input: Tensor, other: Tensor | Add_Options, options?: Add_Options): Tensor
  /** `add_.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  add_(input: Tensor, other: number | boolean | Add_Options2, alpha?: number | boolean | Add_Options2, options?: Add_Options2): Tensor
  /** `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  sub(input: Tensor, other: Tensor | SubOptions, options?: SubOptions): Tensor
  /** `sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  sub(input: Tensor, other: number | boolean | SubOptions2, alpha?: number | boolean | SubOptions2, options?: SubOptions2): Tensor
  /** `sub_.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  sub_(input: Tensor, other: Tensor | Sub_Options, options?: Sub_Options): Tensor
  /** `sub_.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  sub_(input: Tensor, other: number | boolean | Sub_Options2, alpha?: number | boolean | Sub_Options2, options?: Sub_Options2): Tensor
  /** `rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  rsub(input: Tensor, other: Tensor | RsubOptions, options?: RsubOptions): Tensor
  /** `rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  rsub(input: Tensor, other: number | boolean | RsubOptions2, alpha?: number | boolean | RsubOptions2, options?: RsubOptions2): Tensor
  /** `mul.Tensor(Tensor self, Tensor other) -> Tensor` */
  mul(input: Tensor, other: Tensor | MulOptions, options?: MulOptions): Tensor
  /** `mul.Scalar(Tensor self, Scalar other) -> Tensor` */
  mul(input: Tensor, other: number | boolean | MulOptions2, options?: MulOptions2): Tensor
  /** `mul_.Tensor(Tensor self, Tensor other) -> Tensor` */
  mul_(input: Tensor, other: Tensor | Mul_Options, options?: Mul_Options): Tensor
  /** `mul_.Scalar(Tensor self, Scalar other) -> Tensor` */
  mul_(input: Tensor, other: number | boolean | Mul_Options2, options?: Mul_Options2): Tensor
  /** `div.Tensor(Tensor self, Tensor other) -> Tensor` */
  div(input: Tensor, other: Tensor | DivOptions, options?: DivOptions): Tensor
  /** `div.Scalar(Tensor self, Scalar other) -> Tensor` */
  div(input: Tensor, other: number | boolean | DivOptions2, options?: DivOptions2): Tensor
  /** `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  div(input: Tensor, other: Tensor | DivOptions3, options?: DivOptions3): Tensor
  /** `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  div(input: Tensor, other: number | boolean | DivOptions4, options?: DivOptions4): Tensor
  /** `div_.Tensor(Tensor self, Tensor other) -> Tensor` */
  div_(input: Tensor, other: Tensor | Div_Options, options?: Div_Options): Tensor
  /** `div_.Scalar(Tensor self, Scalar other) -> Tensor` */
  div_(input: Tensor, other: number | boolean | Div_Options2, options?: Div_Options2): Tensor
  /** `div_.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  div_(input: Tensor, other: Tensor | Div_Options3, options?: Div_Options3): Tensor
  /** `div_.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  div_(input: Tensor, other: number | boolean | Div_Options4, options?: Div_Options4): Tensor
  /** `floor_divide.Tensor(Tensor self, Tensor other) -> Tensor` */
  floorDivide(input: Tensor, other: Tensor | FloorDivideOptions, options?: FloorDivideOptions): Tensor
  /** `floor_divide.Scalar(Tensor self, Scalar other) -> Tensor` */
  floorDivide(input: Tensor, other: number | boolean | FloorDivideOptions2, options?: FloorDivideOptions2): Tensor
  /** `floor_divide_.Tensor(Tensor self, Tensor other) -> Tensor` */
  floorDivide_(input: Tensor, other: Tensor | FloorDivide_Options, options?: FloorDivide_Options): Tensor
  /** `floor_divide_.Scalar(Tensor self, Scalar other) -> Tensor` */
  floorDivide_(input: Tensor, other: number | boolean | FloorDivide_Options2, options?: FloorDivide_Options2): Tensor
  /** `remainder.Tensor(Tensor self, Tensor other) -> Tensor` */
  remainder(input: Tensor, other: Tensor | RemainderOptions, options?: RemainderOptions): Tensor
  /** `remainder.Scalar(Tensor self, Scalar other) -> Tensor` */
  remainder(input: Tensor, other: number | boolean | RemainderOptions2, options?: RemainderOptions2): Tensor
  /** `remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor` */
  remainder(input: number | boolean, other: Tensor | RemainderOptions3, options?: RemainderOptions3): Tensor
  /** `remainder_.Tensor(Tensor self, Tensor other) -> Tensor` */
  remainder_(input: Tensor, other: Tensor | Remainder_Options, options?: Remainder_Options): Tensor
  /** `remainder_.Scalar(Tensor self, Scalar other) -> Tensor` */
  remainder_(input: Tensor, other: number | boolean | Remainder_Options2, options?: Remainder_Options2): Tensor
  /** `fmod.Tensor(Tensor self, Tensor other) -> Tensor` */
  fmod(input: Tensor, other: Tensor | FmodOptions, options?: FmodOptions): Tensor
  /** `fmod.Scalar(Tensor self, Scalar other) -> Tensor` */
  fmod(input: Tensor, other: number | boolean | FmodOptions2, options?: FmodOptions2): Tensor
  /** `fmod_.Tensor(Tensor self, Tensor other) -> Tensor` */
  fmod_(input: Tensor, other: Tensor | Fmod_Options, options?: Fmod_Options): Tensor
  /** `fmod_.Scalar(Tensor self, Scalar other) -> Tensor` */
  fmod_(input: Tensor, other: number | boolean | Fmod_Options2, options?: Fmod_Options2): Tensor
  /** `pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  pow(input: Tensor, exponent: Tensor | PowOptions, options?: PowOptions): Tensor
  /** `pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  pow(input: Tensor, exponent: number | boolean | PowOptions2, options?: PowOptions2): Tensor
  /** `pow.Scalar(Scalar self, Tensor exponent) -> Tensor` */
  pow(input: number | boolean, exponent: Tensor | PowOptions3, options?: PowOptions3): Tensor
  /** `pow_.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  pow_(input: Tensor, exponent: Tensor | Pow_Options, options?: Pow_Options): Tensor
  /** `pow_.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  pow_(input: Tensor, exponent: number | boolean | Pow_Options2, options?: Pow_Options2): Tensor
  /** `float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  floatPower(input: Tensor, exponent: Tensor | FloatPowerOptions, options?: FloatPowerOptions): Tensor
  /** `float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  floatPower(input: Tensor, exponent: number | boolean | FloatPowerOptions2, options?: FloatPowerOptions2): Tensor
  /** `float_power_.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  floatPower_(input: Tensor, exponent: Tensor | FloatPower_Options, options?: FloatPower_Options): Tensor
  /** `float_power_.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  floatPower_(input: Tensor, exponent: number | boolean | FloatPower_Options2, options?: FloatPower_Options2): Tensor
  /** `atan2(Tensor self, Tensor other) -> Tensor` */
  atan2(input: Tensor, other: Tensor | Atan2Options, options?: Atan2Options): Tensor
  /** `atan2_(Tensor self, Tensor other) -> Tensor` */
  atan2_(input: Tensor, other: Tensor | Atan2_Options, options?: Atan2_Options): Tensor
  /** `maximum(Tensor self, Tensor other) -> Tensor` */
  maximum(input: Tensor, other: Tensor | MaximumOptions, options?: MaximumOptions): Tensor
  /** `minimum(Tensor self, Tensor other) -> Tensor` */
  minimum(input: Tensor, other: Tensor | MinimumOptions, options?: MinimumOptions): Tensor
  /** `fmax(Tensor self, Tensor other) -> Tensor` */
  fmax(input: Tensor, other: Tensor | FmaxOptions, options?: FmaxOptions): Tensor
  /** `fmin(Tensor self, Tensor other) -> Tensor` */
  fmin(input: Tensor, other: Tensor | FminOptions, options?: FminOptions): Tensor
  /** `hypot(Tensor self, Tensor other) -> Tensor` */
  hypot(input: Tensor, other: Tensor | HypotOptions, options?: HypotOptions): Tensor
  /** `hypot_(Tensor self, Tensor other) -> Tensor` */
  hypot_(input: Tensor, other: Tensor | Hypot_Options, options?: Hypot_Options): Tensor
  /** `copysign.Tensor(Tensor self, Tensor other) -> Tensor` */
  copysign(input: Tensor, other: Tensor | CopysignOptions, options?: CopysignOptions): Tensor
  /** `copysign.Scalar(Tensor self, Scalar other) -> Tensor` */
  copysign(input: Tensor, other: number | boolean | CopysignOptions2, options?: CopysignOptions2): Tensor
  /** `copysign_.Tensor(Tensor self, Tensor other) -> Tensor` */
  copysign_(input: Tensor, other: Tensor | Copysign_Options, options?: Copysign_Options): Tensor
  /** `copysign_.Scalar(Tensor self, Scalar other) -> Tensor` */
  copysign_(input: Tensor, other: number | boolean | Copysign_Options2, options?: Copysign_Options2): Tensor
  /** `logaddexp(Tensor self, Tensor other) -> Tensor` */
  logaddexp(input: Tensor, other: Tensor | LogaddexpOptions, options?: LogaddexpOptions): Tensor
  /** `logaddexp2(Tensor self, Tensor other) -> Tensor` */
  logaddexp2(input: Tensor, other: Tensor | Logaddexp2Options, options?: Logaddexp2Options): Tensor
  /** `xlogy.Tensor(Tensor self, Tensor other) -> Tensor` */
  xlogy(input: Tensor, other: Tensor | XlogyOptions, options?: XlogyOptions): Tensor
  /** `xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor` */
  xlogy(input: number | boolean, other: Tensor | XlogyOptions2, options?: XlogyOptions2): Tensor
  /** `xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor` */
  xlogy(input: Tensor, other: number | boolean | XlogyOptions3, options?: XlogyOptions3): Tensor
  /** `xlogy_.Tensor(Tensor self, Tensor other) -> Tensor` */
  xlogy_(input: Tensor, other: Tensor | Xlogy_Options, options?: Xlogy_Options): Tensor
  /** `xlogy_.Scalar_Other(Tensor self, Scalar other) -> Tensor` */
  xlogy_(input: Tensor, other: number | boolean | Xlogy_Options2, options?: Xlogy_Options2): Tensor
  /** `ldexp.Tensor(Tensor self, Tensor other) -> Tensor` */
  ldexp(input: Tensor, other: Tensor | LdexpOptions, options?: LdexpOptions): Tensor
  /** `ldexp_.Tensor(Tensor self, Tensor other) -> Tensor` */
  ldexp_(input: Tensor, other: Tensor | Ldexp_Options, options?: Ldexp_Options): Tensor
  /** `heaviside(Tensor self, Tensor values) -> Tensor` */
  heaviside(input: Tensor, values: Tensor | HeavisideOptions, options?: HeavisideOptions): Tensor
  /** `heaviside_(Tensor self, Tensor values) -> Tensor` */
  heaviside_(input: Tensor, values: Tensor | Heaviside_Options, options?: Heaviside_Options): Tensor
  /** `frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)` */
  frexp(input: Tensor): [mantissa: Tensor, exponent: Tensor]
  /** `where.self(Tensor condition, Tensor self, Tensor other) -> Tensor` */
  where(condition: Tensor, input: Tensor | WhereOptions, other: Tensor | WhereOptions, options?: WhereOptions): Tensor
  /** `where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor` */
  where(condition: Tensor, input: Tensor | WhereOptions2, other: number | boolean | WhereOptions2, options?: WhereOptions2): Tensor
  /** `where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor` */
  where(condition: Tensor, input: number | boolean | WhereOptions3, other: Tensor | WhereOptions3, options?: WhereOptions3): Tensor
  /** `where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor` */
  where(condition: Tensor, input: number | boolean | WhereOptions4, other: number | boolean | WhereOptions4, options?: WhereOptions4): Tensor
  /** `masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor` */
  maskedFill(input: Tensor, mask: Tensor | MaskedFillOptions, value: number | boolean | MaskedFillOptions, options?: MaskedFillOptions): Tensor
  /** `masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor` */
  maskedFill(input: Tensor, mask: Tensor | MaskedFillOptions2, value: Tensor | MaskedFillOptions2, options?: MaskedFillOptions2): Tensor
  /** `masked_fill_.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor` */
  maskedFill_(input: Tensor, mask: Tensor | MaskedFill_Options, value: number | boolean | MaskedFill_Options, options?: MaskedFill_Options): Tensor
  /** `masked_fill_.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor` */
  maskedFill_(input: Tensor, mask: Tensor | MaskedFill_Options2, value: Tensor | MaskedFill_Options2, options?: MaskedFill_Options2): Tensor
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clamp(input: Tensor, min?: number | boolean | null | ClampOptions, max?: number | boolean | null | ClampOptions, options?: ClampOptions): Tensor
  /** `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clamp(input: Tensor, min?: Tensor | null | ClampOptions2, max?: Tensor | null | ClampOptions2, options?: ClampOptions2): Tensor
  /** `clamp_(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clamp_(input: Tensor, min?: number | boolean | null | Clamp_Options, max?: number | boolean | null | Clamp_Options, options?: Clamp_Options): Tensor
  /** `clamp_.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clamp_(input: Tensor, min?: Tensor | null | Clamp_Options2, max?: Tensor | null | Clamp_Options2, options?: Clamp_Options2): Tensor
  /** `clamp_min(Tensor self, Scalar min) -> Tensor` */
  clampMin(input: Tensor, min: number | boolean | ClampMinOptions, options?: ClampMinOptions): Tensor
  /** `clamp_min.Tensor(Tensor self, Tensor min) -> Tensor` */
  clampMin(input: Tensor, min: Tensor | ClampMinOptions2, options?: ClampMinOptions2): Tensor
  /** `clamp_min_(Tensor self, Scalar min) -> Tensor` */
  clampMin_(input: Tensor, min: number | boolean | ClampMin_Options, options?: ClampMin_Options): Tensor
  /** `clamp_min_.Tensor(Tensor self, Tensor min) -> Tensor` */
  clampMin_(input: Tensor, min: Tensor | ClampMin_Options2, options?: ClampMin_Options2): Tensor
  /** `clamp_max(Tensor self, Scalar max) -> Tensor` */
  clampMax(input: Tensor, max: number | boolean | ClampMaxOptions, options?: ClampMaxOptions): Tensor
  /** `clamp_max.Tensor(Tensor self, Tensor max) -> Tensor` */
  clampMax(input: Tensor, max: Tensor | ClampMaxOptions2, options?: ClampMaxOptions2): Tensor
  /** `clamp_max_(Tensor self, Scalar max) -> Tensor` */
  clampMax_(input: Tensor, max: number | boolean | ClampMax_Options, options?: ClampMax_Options): Tensor
  /** `clamp_max_.Tensor(Tensor self, Tensor max) -> Tensor` */
  clampMax_(input: Tensor, max: Tensor | ClampMax_Options2, options?: ClampMax_Options2): Tensor
  /** `lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor` */
  lerp(input: Tensor, end: Tensor | LerpOptions, weight: number | boolean | LerpOptions, options?: LerpOptions): Tensor
  /** `lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor` */
  lerp(input: Tensor, end: Tensor | LerpOptions2, weight: Tensor | LerpOptions2, options?: LerpOptions2): Tensor
  /** `lerp_.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor` */
  lerp_(input: Tensor, end: Tensor | Lerp_Options, weight: number | boolean | Lerp_Options, options?: Lerp_Options): Tensor
  /** `lerp_.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor` */
  lerp_(input: Tensor, end: Tensor | Lerp_Options2, weight: Tensor | Lerp_Options2, options?: Lerp_Options2): Tensor
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcmul(input: Tensor, tensor1: Tensor | AddcmulOptions, tensor2: Tensor | AddcmulOptions, options?: AddcmulOptions): Tensor
  /** `addcmul_(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcmul_(input: Tensor, tensor1: Tensor | Addcmul_Options, tensor2: Tensor | Addcmul_Options, options?: Addcmul_Options): Tensor
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcdiv(input: Tensor, tensor1: Tensor | AddcdivOptions, tensor2: Tensor | AddcdivOptions, options?: AddcdivOptions): Tensor
  /** `addcdiv_(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcdiv_(input: Tensor, tensor1: Tensor | Addcdiv_Options, tensor2: Tensor | Addcdiv_Options, options?: Addcdiv_Options): Tensor
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` */
  nanToNum(input: Tensor, nan?: number | null | NanToNumOptions, posinf?: number | null | NanToNumOptions, neginf?: number | null | NanToNumOptions, options?: NanToNumOptions): Tensor
  /** `nan_to_num_(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` */
  nanToNum_(input: Tensor, nan?: number | null | NanToNum_Options, posinf?: number | null | NanToNum_Options, neginf?: number | null | NanToNum_Options, options?: NanToNum_Options): Tensor
  /** `eq.Tensor(Tensor self, Tensor other) -> Tensor` */
  eq(input: Tensor, other: Tensor | EqOptions, options?: EqOptions): Tensor
  /** `eq.Scalar(Tensor self, Scalar other) -> Tensor` */
  eq(input: Tensor, other: number | boolean | EqOptions2, options?: EqOptions2): Tensor
  /** `eq_.Tensor(Tensor self, Tensor other) -> Tensor` */
  eq_(input: Tensor, other: Tensor | Eq_Options, options?: Eq_Options): Tensor
  /** `eq_.Scalar(Tensor self, Scalar other) -> Tensor` */
  eq_(input: Tensor, other: number | boolean | Eq_Options2, options?: Eq_Options2): Tensor
  /** `ne.Tensor(Tensor self, Tensor other) -> Tensor` */
  ne(input: Tensor, other: Tensor | NeOptions, options?: NeOptions): Tensor
  /** `ne.Scalar(Tensor self, Scalar other) -> Tensor` */
  ne(input: Tensor, other: number | boolean | NeOptions2, options?: NeOptions2): Tensor
  /** `ne_.Tensor(Tensor self, Tensor other) -> Tensor` */
  ne_(input: Tensor, other: Tensor | Ne_Options, options?: Ne_Options): Tensor
  /** `ne_.Scalar(Tensor self, Scalar other) -> Tensor` */
  ne_(input: Tensor, other: number | boolean | Ne_Options2, options?: Ne_Options2): Tensor
  /** `lt.Tensor(Tensor self, Tensor other) -> Tensor` */
  lt(input: Tensor, other: Tensor | LtOptions, options?: LtOptions): Tensor
  /** `lt.Scalar(Tensor self, Scalar other) -> Tensor` */
  lt(input: Tensor, other: number | boolean | LtOptions2, options?: LtOptions2): Tensor
  /** `lt_.Tensor(Tensor self, Tensor other) -> Tensor` */
  lt_(input: Tensor, other: Tensor | Lt_Options, options?: Lt_Options): Tensor
  /** `lt_.Scalar(Tensor self, Scalar other) -> Tensor` */
  lt_(input: Tensor, other: number | boolean | Lt_Options2, options?: Lt_Options2): Tensor
  /** `le.Tensor(Tensor self, Tensor other) -> Tensor` */
  le(input: Tensor, other: Tensor | LeOptions, options?: LeOptions): Tensor
  /** `le.Scalar(Tensor self, Scalar other) -> Tensor` */
  le(input: Tensor, other: number | boolean | LeOptions2, options?: LeOptions2): Tensor
  /** `le_.Tensor(Tensor self, Tensor other) -> Tensor` */
  le_(input: Tensor, other: Tensor | Le_Options, options?: Le_Options): Tensor
  /** `le_.Scalar(Tensor self, Scalar other) -> Tensor` */
  le_(input: Tensor, other: number | boolean | Le_Options2, options?: Le_Options2): Tensor
  /** `gt.Tensor(Tensor self, Tensor other) -> Tensor` */
  gt(input: Tensor, other: Tensor | GtOptions, options?: GtOptions): Tensor
  /** `gt.Scalar(Tensor self, Scalar other) -> Tensor` */
  gt(input: Tensor, other: number | boolean | GtOptions2, options?: GtOptions2): Tensor
  /** `gt_.Tensor(Tensor self, Tensor other) -> Tensor` */
  gt_(input: Tensor, other: Tensor | Gt_Options, options?: Gt_Options): Tensor
  /** `gt_.Scalar(Tensor self, Scalar other) -> Tensor` */
  gt_(input: Tensor, other: number | boolean | Gt_Options2, options?: Gt_Options2): Tensor
  /** `ge.Tensor(Tensor self, Tensor other) -> Tensor` */
  ge(input: Tensor, other: Tensor | GeOptions, options?: GeOptions): Tensor
  /** `ge.Scalar(Tensor self, Scalar other) -> Tensor` */
  ge(input: Tensor, other: number | boolean | GeOptions2, options?: GeOptions2): Tensor
  /** `ge_.Tensor(Tensor self, Tensor other) -> Tensor` */
  ge_(input: Tensor, other: Tensor | Ge_Options, options?: Ge_Options): Tensor
  /** `ge_.Scalar(Tensor self, Scalar other) -> Tensor` */
  ge_(input: Tensor, other: number | boolean | Ge_Options2, options?: Ge_Options2): Tensor
  /** `isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor` */
  isclose(input: Tensor, other: Tensor | IscloseOptions, rtol?: number | IscloseOptions, atol?: number | IscloseOptions, equalNan?: boolean | IscloseOptions, options?: IscloseOptions): Tensor
  /** `logical_and(Tensor self, Tensor other) -> Tensor` */
  logicalAnd(input: Tensor, other: Tensor | LogicalAndOptions, options?: LogicalAndOptions): Tensor
  /** `logical_and_(Tensor self, Tensor other) -> Tensor` */
  logicalAnd_(input: Tensor, other: Tensor | LogicalAnd_Options, options?: LogicalAnd_Options): Tensor
  /** `logical_or(Tensor self, Tensor other) -> Tensor` */
  logicalOr(input: Tensor, other: Tensor | LogicalOrOptions, options?: LogicalOrOptions): Tensor
  /** `logical_or_(Tensor self, Tensor other) -> Tensor` */
  logicalOr_(input: Tensor, other: Tensor | LogicalOr_Options, options?: LogicalOr_Options): Tensor
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` */
  logicalXor(input: Tensor, other: Tensor | LogicalXorOptions, options?: LogicalXorOptions): Tensor
  /** `logical_xor_(Tensor self, Tensor other) -> Tensor` */
  logicalXor_(input: Tensor, other: Tensor | LogicalXor_Options, options?: LogicalXor_Options): Tensor
  /** `bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseAnd(input: Tensor, other: Tensor | BitwiseAndOptions, options?: BitwiseAndOptions): Tensor
  /** `bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseAnd(input: Tensor, other: number | boolean | BitwiseAndOptions2, options?: BitwiseAndOptions2): Tensor
  /** `bitwise_and_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseAnd_(input: Tensor, other: Tensor | BitwiseAnd_Options, options?: BitwiseAnd_Options): Tensor
  /** `bitwise_and_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseAnd_(input: Tensor, other: number | boolean | BitwiseAnd_Options2, options?: BitwiseAnd_Options2): Tensor
  /** `bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseOr(input: Tensor, other: Tensor | BitwiseOrOptions, options?: BitwiseOrOptions): Tensor
  /** `bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseOr(input: Tensor, other: number | boolean | BitwiseOrOptions2, options?: BitwiseOrOptions2): Tensor
  /** `bitwise_or_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseOr_(input: Tensor, other: Tensor | BitwiseOr_Options, options?: BitwiseOr_Options): Tensor
  /** `bitwise_or_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseOr_(input: Tensor, other: number | boolean | BitwiseOr_Options2, options?: BitwiseOr_Options2): Tensor
  /** `bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseXor(input: Tensor, other: Tensor | BitwiseXorOptions, options?: BitwiseXorOptions): Tensor
  /** `bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseXor(input: Tensor, other: number | boolean | BitwiseXorOptions2, options?: BitwiseXorOptions2): Tensor
  /** `bitwise_xor_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseXor_(input: Tensor, other: Tensor | BitwiseXor_Options, options?: BitwiseXor_Options): Tensor
  /** `bitwise_xor_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseXor_(input: Tensor, other: number | boolean | BitwiseXor_Options2, options?: BitwiseXor_Options2): Tensor
  /** `bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseLeftShift(input: Tensor, other: Tensor | BitwiseLeftShiftOptions, options?: BitwiseLeftShiftOptions): Tensor
  /** `bitwise_left_shift.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseLeftShift(input: Tensor, other: number | boolean | BitwiseLeftShiftOptions2, options?: BitwiseLeftShiftOptions2): Tensor
  /** `bitwise_left_shift_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseLeftShift_(input: Tensor, other: Tensor | BitwiseLeftShift_Options, options?: BitwiseLeftShift_Options): Tensor
  /** `bitwise_left_shift_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseLeftShift_(input: Tensor, other: number | boolean | BitwiseLeftShift_Options2, options?: BitwiseLeftShift_Options2): Tensor
  /** `bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseRightShift(input: Tensor, other: Tensor | BitwiseRightShiftOptions, options?: BitwiseRightShiftOptions): Tensor
  /** `bitwise_right_shift.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseRightShift(input: Tensor, other: number | boolean | BitwiseRightShiftOptions2, options?: BitwiseRightShiftOptions2): Tensor
  /** `bitwise_right_shift_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseRightShift_(input: Tensor, other: Tensor | BitwiseRightShift_Options, options?: BitwiseRightShift_Options): Tensor
  /** `bitwise_right_shift_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseRightShift_(input: Tensor, other: number | boolean | BitwiseRightShift_Options2, options?: BitwiseRightShift_Options2): Tensor
  /** `abs(Tensor self) -> Tensor` */
  abs(input: Tensor): Tensor
  /** `abs_(Tensor self) -> Tensor` */
  abs_(input: Tensor): Tensor
  /** `neg(Tensor self) -> Tensor` */
  neg(input: Tensor): Tensor
  /** `neg_(Tensor self) -> Tensor` */
  neg_(input: Tensor): Tensor
  /** `positive(Tensor self) -> Tensor` */
  positive(input: Tensor): Tensor
  /** `sign(Tensor self) -> Tensor` */
  sign(input: Tensor): Tensor
  /** `sign_(Tensor self) -> Tensor` */
  sign_(input: Tensor): Tensor
  /** `sgn(Tensor self) -> Tensor` */
  sgn(input: Tensor): Tensor
  /** `sgn_(Tensor self) -> Tensor` */
  sgn_(input: Tensor): Tensor
  /** `floor(Tensor self) -> Tensor` */
  floor(input: Tensor): Tensor
  /** `floor_(Tensor self) -> Tensor` */
  floor_(input: Tensor): Tensor
  /** `ceil(Tensor self) -> Tensor` */
  ceil(input: Tensor): Tensor
  /** `ceil_(Tensor self) -> Tensor` */
  ceil_(input: Tensor): Tensor
  /** `trunc(Tensor self) -> Tensor` */
  trunc(input: Tensor): Tensor
  /** `trunc_(Tensor self) -> Tensor` */
  trunc_(input: Tensor): Tensor
  /** `round(Tensor self) -> Tensor` */
  round(input: Tensor): Tensor
  /** `round.decimals(Tensor self, *, int decimals) -> Tensor` */
  round(input: Tensor, options?: RoundOptions2): Tensor
  /** `round_(Tensor self) -> Tensor` */
  round_(input: Tensor): Tensor
  /** `round_.decimals(Tensor self, *, int decimals) -> Tensor` */
  round_(input: Tensor, options?: Round_Options2): Tensor
  /** `frac(Tensor self) -> Tensor` */
  frac(input: Tensor): Tensor
  /** `frac_(Tensor self) -> Tensor` */
  frac_(input: Tensor): Tensor
  /** `square(Tensor self) -> Tensor` */
  square(input: Tensor): Tensor
  /** `square_(Tensor self) -> Tensor` */
  square_(input: Tensor): Tensor
  /** `sqrt(Tensor self) -> Tensor` */
  sqrt(input: Tensor): Tensor
  /** `sqrt_(Tensor self) -> Tensor` */
  sqrt_(input: Tensor): Tensor
  /** `rsqrt(Tensor self) -> Tensor` */
  rsqrt(input: Tensor): Tensor
  /** `rsqrt_(Tensor self) -> Tensor` */
  rsqrt_(input: Tensor): Tensor
  /** `reciprocal(Tensor self) -> Tensor` */
  reciprocal(input: Tensor): Tensor
  /** `reciprocal_(Tensor self) -> Tensor` */
  reciprocal_(input: Tensor): Tensor
  /** `exp(Tensor self) -> Tensor` */
  exp(input: Tensor): Tensor
  /** `exp_(Tensor self) -> Tensor` */
  exp_(input: Tensor): Tensor
  /** `exp2(Tensor self) -> Tensor` */
  exp2(input: Tensor): Tensor
  /** `exp2_(Tensor self) -> Tensor` */
  exp2_(input: Tensor): Tensor
  /** `expm1(Tensor self) -> Tensor` */
  expm1(input: Tensor): Tensor
  /** `expm1_(Tensor self) -> Tensor` */
  expm1_(input: Tensor): Tensor
  /** `log(Tensor self) -> Tensor` */
  log(input: Tensor): Tensor
  /** `log_(Tensor self) -> Tensor` */
  log_(input: Tensor): Tensor
  /** `log2(Tensor self) -> Tensor` */
  log2(input: Tensor): Tensor
  /** `log2_(Tensor self) -> Tensor` */
  log2_(input: Tensor): Tensor
  /** `log10(Tensor self) -> Tensor` */
  log10(input: Tensor): Tensor
  /** `log10_(Tensor self) -> Tensor` */
  log10_(input: Tensor): Tensor
  /** `log1p(Tensor self) -> Tensor` */
  log1p(input: Tensor): Tensor
  /** `log1p_(Tensor self) -> Tensor` */
  log1p_(input: Tensor): Tensor
  /** `sin(Tensor self) -> Tensor` */
  sin(input: Tensor): Tensor
  /** `sin_(Tensor self) -> Tensor` */
  sin_(input: Tensor): Tensor
  /** `cos(Tensor self) -> Tensor` */
  cos(input: Tensor): Tensor
  /** `cos_(Tensor self) -> Tensor` */
  cos_(input: Tensor): Tensor
  /** `tan(Tensor self) -> Tensor` */
  tan(input: Tensor): Tensor
  /** `tan_(Tensor self) -> Tensor` */
  tan_(input: Tensor): Tensor
  /** `asin(Tensor self) -> Tensor` */
  asin(input: Tensor): Tensor
  /** `asin_(Tensor self) -> Tensor` */
  asin_(input: Tensor): Tensor
  /** `acos(Tensor self) -> Tensor` */
  acos(input: Tensor): Tensor
  /** `acos_(Tensor self) -> Tensor` */
  acos_(input: Tensor): Tensor
  /** `atan(Tensor self) -> Tensor` */
  atan(input: Tensor): Tensor
  /** `atan_(Tensor self) -> Tensor` */
  atan_(input: Tensor): Tensor
  /** `sinh(Tensor self) -> Tensor` */
  sinh(input: Tensor): Tensor
  /** `sinh_(Tensor self) -> Tensor` */
  sinh_(input: Tensor): Tensor
  /** `cosh(Tensor self) -> Tensor` */
  cosh(input: Tensor): Tensor
  /** `cosh_(Tensor self) -> Tensor` */
  cosh_(input: Tensor): Tensor
  /** `tanh(Tensor self) -> Tensor` */
  tanh(input: Tensor): Tensor
  /** `tanh_(Tensor self) -> Tensor` */
  tanh_(input: Tensor): Tensor
  /** `asinh(Tensor self) -> Tensor` */
  asinh(input: Tensor): Tensor
  /** `asinh_(Tensor self) -> Tensor` */
  asinh_(input: Tensor): Tensor
  /** `acosh(Tensor self) -> Tensor` */
  acosh(input: Tensor): Tensor
  /** `acosh_(Tensor self) -> Tensor` */
  acosh_(input: Tensor): Tensor
  /** `atanh(Tensor self) -> Tensor` */
  atanh(input: Tensor): Tensor
  /** `atanh_(Tensor self) -> Tensor` */
  atanh_(input: Tensor): Tensor
  /** `erf(Tensor self) -> Tensor` */
  erf(input: Tensor): Tensor
  /** `erf_(Tensor self) -> Tensor` */
  erf_(input: Tensor): Tensor
  /** `erfc(Tensor self) -> Tensor` */
  erfc(input: Tensor): Tensor
  /** `erfc_(Tensor self) -> Tensor` */
  erfc_(input: Tensor): Tensor
  /** `erfinv(Tensor self) -> Tensor` */
  erfinv(input: Tensor): Tensor
  /** `erfinv_(Tensor self) -> Tensor` */
  erfinv_(input: Tensor): Tensor
  /** `lgamma(Tensor self) -> Tensor` */
  lgamma(input: Tensor): Tensor
  /** `lgamma_(Tensor self) -> Tensor` */
  lgamma_(input: Tensor): Tensor
  /** `digamma(Tensor self) -> Tensor` */
  digamma(input: Tensor): Tensor
  /** `digamma_(Tensor self) -> Tensor` */
  digamma_(input: Tensor): Tensor
  /** `sigmoid(Tensor self) -> Tensor` */
  sigmoid(input: Tensor): Tensor
  /** `sigmoid_(Tensor self) -> Tensor` */
  sigmoid_(input: Tensor): Tensor
  /** `logit(Tensor self, float? eps=None) -> Tensor` */
  logit(input: Tensor, eps?: number | null | LogitOptions, options?: LogitOptions): Tensor
  /** `logit_(Tensor self, float? eps=None) -> Tensor` */
  logit_(input: Tensor, eps?: number | null | Logit_Options, options?: Logit_Options): Tensor
  /** `sinc(Tensor self) -> Tensor` */
  sinc(input: Tensor): Tensor
  /** `sinc_(Tensor self) -> Tensor` */
  sinc_(input: Tensor): Tensor
  /** `deg2rad(Tensor self) -> Tensor` */
  deg2rad(input: Tensor): Tensor
  /** `deg2rad_(Tensor self) -> Tensor` */
  deg2rad_(input: Tensor): Tensor
  /** `rad2deg(Tensor self) -> Tensor` */
  rad2deg(input: Tensor): Tensor
  /** `rad2deg_(Tensor self) -> Tensor` */
  rad2deg_(input: Tensor): Tensor
  /** `isnan(Tensor self) -> Tensor` */
  isnan(input: Tensor): Tensor
  /** `isinf(Tensor self) -> Tensor` */
  isinf(input: Tensor): Tensor
  /** `isfinite(Tensor self) -> Tensor` */
  isfinite(input: Tensor): Tensor
  /** `isposinf(Tensor self) -> Tensor` */
  isposinf(input: Tensor): Tensor
  /** `isneginf(Tensor self) -> Tensor` */
  isneginf(input: Tensor): Tensor
  /** `signbit(Tensor self) -> Tensor` */
  signbit(input: Tensor): Tensor
  /** `logical_not(Tensor self) -> Tensor` */
  logicalNot(input: Tensor): Tensor
  /** `logical_not_(Tensor self) -> Tensor` */
  logicalNot_(input: Tensor): Tensor
  /** `bitwise_not(Tensor self) -> Tensor` */
  bitwiseNot(input: Tensor): Tensor
  /** `bitwise_not_(Tensor self) -> Tensor` */
  bitwiseNot_(input: Tensor): Tensor
  /** `relu(Tensor self) -> Tensor` */
  relu(input: Tensor): Tensor
  /** `relu_(Tensor self) -> Tensor` */
  relu_(input: Tensor): Tensor
  /** `threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor` */
  threshold(input: Tensor, threshold: number | boolean | ThresholdOptions, value: number | boolean | ThresholdOptions, options?: ThresholdOptions): Tensor
  /** `threshold_(Tensor self, Scalar threshold, Scalar value) -> Tensor` */
  threshold_(input: Tensor, threshold: number | boolean | Threshold_Options, value: number | boolean | Threshold_Options, options?: Threshold_Options): Tensor
  /** `selu(Tensor self) -> Tensor` */
  selu(input: Tensor): Tensor
  /** `selu_(Tensor self) -> Tensor` */
  selu_(input: Tensor): Tensor
  /** `celu(Tensor self, Scalar alpha=1.0) -> Tensor` */
  celu(input: Tensor, alpha?: number | boolean | CeluOptions, options?: CeluOptions): Tensor
  /** `celu_(Tensor self, Scalar alpha=1.0) -> Tensor` */
  celu_(input: Tensor, alpha?: number | boolean | Celu_Options, options?: Celu_Options): Tensor
  /** `hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
  hardshrink(input: Tensor, lambd?: number | boolean | HardshrinkOptions, options?: HardshrinkOptions): Tensor
  /** `prelu(Tensor self, Tensor weight) -> Tensor` */
  prelu(input: Tensor, weight: Tensor | PreluOptions, options?: PreluOptions): Tensor
  /** `sum(Tensor self, *, ScalarType? dtype=None) -> Tensor` */
  sum(input: Tensor, options?: SumOptions): Tensor
  /** `sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  sum(input: Tensor, dim: Sizes | null | SumOptions2, keepdim?: boolean | SumOptions2, options?: SumOptions2): Tensor
  /** `prod(Tensor self, *, ScalarType? dtype=None) -> Tensor` */
  prod(input: Tensor, options?: ProdOptions): Tensor
  /** `prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  prod(input: Tensor, dim: number | ProdOptions2, keepdim?: boolean | ProdOptions2, options?: ProdOptions2): Tensor
  /** `nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  nansum(input: Tensor, dim?: Sizes | null | NansumOptions, keepdim?: boolean | NansumOptions, options?: NansumOptions): Tensor
  /** `count_nonzero(Tensor self, int? dim=None) -> Tensor` */
  countNonzero(input: Tensor, dim?: number | null | CountNonzeroOptions, options?: CountNonzeroOptions): Tensor
  /** `count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor` */
  countNonzero(input: Tensor, dim: readonly number[] | CountNonzeroOptions2, options?: CountNonzeroOptions2): Tensor
  /** `amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
  amax(input: Tensor, dim?: Sizes | AmaxOptions, keepdim?: boolean | AmaxOptions, options?: AmaxOptions): Tensor
  /** `amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
  amin(input: Tensor, dim?: Sizes | AminOptions, keepdim?: boolean | AminOptions, options?: AminOptions): Tensor
  /** `any(Tensor self) -> Tensor` */
  any(input: Tensor): Tensor
  /** `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` */
  any(input: Tensor, dim: number | AnyOptions2, keepdim?: boolean | AnyOptions2, options?: AnyOptions2): Tensor
  /** `any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` */
  any(input: Tensor, dim?: readonly number[] | null | AnyOptions3, keepdim?: boolean | AnyOptions3, options?: AnyOptions3): Tensor
  /** `all(Tensor self) -> Tensor` */
  all(input: Tensor): Tensor
  /** `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` */
  all(input: Tensor, dim: number | AllOptions2, keepdim?: boolean | AllOptions2, options?: AllOptions2): Tensor
  /** `all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` */
  all(input: Tensor, dim?: readonly number[] | null | AllOptions3, keepdim?: boolean | AllOptions3, options?: AllOptions3): Tensor
  /** `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
  argmax(input: Tensor, dim?: number | null | ArgmaxOptions, keepdim?: boolean | ArgmaxOptions, options?: ArgmaxOptions): Tensor
  /** `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
  argmin(input: Tensor, dim?: number | null | ArgminOptions, keepdim?: boolean | ArgminOptions, options?: ArgminOptions): Tensor
  /** `max(Tensor self) -> Tensor` */
  max(input: Tensor): Tensor
  /** `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  max(input: Tensor, dim: number | MaxOptions2, keepdim?: boolean | MaxOptions2, options?: MaxOptions2): [values: Tensor, indices: Tensor]
  /** `max.other(Tensor self, Tensor other) -> Tensor` */
  max(input: Tensor, other: Tensor | MaxOptions3, options?: MaxOptions3): Tensor
  /** `min(Tensor self) -> Tensor` */
  min(input: Tensor): Tensor
  /** `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  min(input: Tensor, dim: number | MinOptions2, keepdim?: boolean | MinOptions2, options?: MinOptions2): [values: Tensor, indices: Tensor]
  /** `min.other(Tensor self, Tensor other) -> Tensor` */
  min(input: Tensor, other: Tensor | MinOptions3, options?: MinOptions3): Tensor
  /** `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)` */
  aminmax(input: Tensor, options?: AminmaxOptions): [min: Tensor, max: Tensor]
  /** `mean(Tensor self, *, ScalarType? dtype=None) -> Tensor` */
  mean(input: Tensor, options?: MeanOptions): Tensor
  /** `mean.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  mean(input: Tensor, dim: Sizes | null | MeanOptions2, keepdim?: boolean | MeanOptions2, options?: MeanOptions2): Tensor
  /** `nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  nanmean(input: Tensor, dim?: Sizes | null | NanmeanOptions, keepdim?: boolean | NanmeanOptions, options?: NanmeanOptions): Tensor
  /** `logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
  logsumexp(input: Tensor, dim: Sizes | LogsumexpOptions, keepdim?: boolean | LogsumexpOptions, options?: LogsumexpOptions): Tensor
  /** `softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  softmax(input: Tensor, dim: number | SoftmaxOptions, dtype?: DType | null | SoftmaxOptions, options?: SoftmaxOptions): Tensor
  /** `log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  logSoftmax(input: Tensor, dim: number | LogSoftmaxOptions, dtype?: DType | null | LogSoftmaxOptions, options?: LogSoftmaxOptions): Tensor
  /** `var(Tensor self, bool unbiased=True) -> Tensor` */
  var(input: Tensor, unbiased?: boolean | VarOptions, options?: VarOptions): Tensor
  /** `var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` */
  var(input: Tensor, dim: Sizes | null | VarOptions2, unbiased?: boolean | VarOptions2, keepdim?: boolean | VarOptions2, options?: VarOptions2): Tensor
  /** `var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor` */
  var(input: Tensor, dim?: Sizes | null | VarOptions3, options?: VarOptions3): Tensor
  /** `std(Tensor self, bool unbiased=True) -> Tensor` */
  std(input: Tensor, unbiased?: boolean | StdOptions, options?: StdOptions): Tensor
  /** `std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` */
  std(input: Tensor, dim: Sizes | null | StdOptions2, unbiased?: boolean | StdOptions2, keepdim?: boolean | StdOptions2, options?: StdOptions2): Tensor
  /** `std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor` */
  std(input: Tensor, dim?: Sizes | null | StdOptions3, options?: StdOptions3): Tensor
  /** `var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)` */
  varMean(input: Tensor, unbiased?: boolean | VarMeanOptions, options?: VarMeanOptions): [Tensor, Tensor]
  /** `var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)` */
  varMean(input: Tensor, dim: Sizes | null | VarMeanOptions2, unbiased?: boolean | VarMeanOptions2, keepdim?: boolean | VarMeanOptions2, options?: VarMeanOptions2): [Tensor, Tensor]
  /** `var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)` */
  varMean(input: Tensor, dim?: Sizes | null | VarMeanOptions3, options?: VarMeanOptions3): [Tensor, Tensor]
  /** `std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)` */
  stdMean(input: Tensor, unbiased?: boolean | StdMeanOptions, options?: StdMeanOptions): [Tensor, Tensor]
  /** `std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)` */
  stdMean(input: Tensor, dim: Sizes | null | StdMeanOptions2, unbiased?: boolean | StdMeanOptions2, keepdim?: boolean | StdMeanOptions2, options?: StdMeanOptions2): [Tensor, Tensor]
  /** `std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)` */
  stdMean(input: Tensor, dim?: Sizes | null | StdMeanOptions3, options?: StdMeanOptions3): [Tensor, Tensor]
  /** `mm(Tensor self, Tensor mat2) -> Tensor` */
  mm(input: Tensor, mat2: Tensor | MmOptions, options?: MmOptions): Tensor
  /** `bmm(Tensor self, Tensor mat2) -> Tensor` */
  bmm(input: Tensor, mat2: Tensor | BmmOptions, options?: BmmOptions): Tensor
  /** `matmul(Tensor self, Tensor other) -> Tensor` */
  matmul(input: Tensor, other: Tensor | MatmulOptions, options?: MatmulOptions): Tensor
  /** `mv(Tensor self, Tensor vec) -> Tensor` */
  mv(input: Tensor, vec: Tensor | MvOptions, options?: MvOptions): Tensor
  /** `dot(Tensor self, Tensor tensor) -> Tensor` */
  dot(input: Tensor, tensor: Tensor | DotOptions, options?: DotOptions): Tensor
  /** `vdot(Tensor self, Tensor other) -> Tensor` */
  vdot(input: Tensor, other: Tensor | VdotOptions, options?: VdotOptions): Tensor
  /** `inner(Tensor self, Tensor other) -> Tensor` */
  inner(input: Tensor, other: Tensor | InnerOptions, options?: InnerOptions): Tensor
  /** `outer(Tensor self, Tensor vec2) -> Tensor` */
  outer(input: Tensor, vec2: Tensor | OuterOptions, options?: OuterOptions): Tensor
  /** `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmm(input: Tensor, mat1: Tensor | AddmmOptions, mat2: Tensor | AddmmOptions, options?: AddmmOptions): Tensor
  /** `addmm_(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmm_(input: Tensor, mat1: Tensor | Addmm_Options, mat2: Tensor | Addmm_Options, options?: Addmm_Options): Tensor
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  baddbmm(input: Tensor, batch1: Tensor | BaddbmmOptions, batch2: Tensor | BaddbmmOptions, options?: BaddbmmOptions): Tensor
  /** `baddbmm_(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  baddbmm_(input: Tensor, batch1: Tensor | Baddbmm_Options, batch2: Tensor | Baddbmm_Options, options?: Baddbmm_Options): Tensor
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addbmm(input: Tensor, batch1: Tensor | AddbmmOptions, batch2: Tensor | AddbmmOptions, options?: AddbmmOptions): Tensor
  /** `addbmm_(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addbmm_(input: Tensor, batch1: Tensor | Addbmm_Options, batch2: Tensor | Addbmm_Options, options?: Addbmm_Options): Tensor
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmv(input: Tensor, mat: Tensor | AddmvOptions, vec: Tensor | AddmvOptions, options?: AddmvOptions): Tensor
  /** `addmv_(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmv_(input: Tensor, mat: Tensor | Addmv_Options, vec: Tensor | Addmv_Options, options?: Addmv_Options): Tensor
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addr(input: Tensor, vec1: Tensor | AddrOptions, vec2: Tensor | AddrOptions, options?: AddrOptions): Tensor
  /** `addr_(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addr_(input: Tensor, vec1: Tensor | Addr_Options, vec2: Tensor | Addr_Options, options?: Addr_Options): Tensor
  /** `conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] dilation=1, SymInt groups=1) -> Tensor` */
  conv1d(input: Tensor, weight: Tensor | Conv1dOptions, bias?: Tensor | null | Conv1dOptions, stride?: Sizes | Conv1dOptions, padding?: Sizes | Conv1dOptions, dilation?: Sizes | Conv1dOptions, groups?: number | Conv1dOptions, options?: Conv1dOptions): Tensor
  /** `conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, str padding="valid", SymInt[1] dilation=1, SymInt groups=1) -> Tensor` */
  conv1d(input: Tensor, weight: Tensor | Conv1dOptions2, bias?: Tensor | null | Conv1dOptions2, stride?: Sizes | Conv1dOptions2, padding?: string | Conv1dOptions2, dilation?: Sizes | Conv1dOptions2, groups?: number | Conv1dOptions2, options?: Conv1dOptions2): Tensor
  /** `conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1, SymInt groups=1) -> Tensor` */
  conv2d(input: Tensor, weight: Tensor | Conv2dOptions, bias?: Tensor | null | Conv2dOptions, stride?: Sizes | Conv2dOptions, padding?: Sizes | Conv2dOptions, dilation?: Sizes | Conv2dOptions, groups?: number | Conv2dOptions, options?: Conv2dOptions): Tensor
  /** `conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, str padding="valid", SymInt[2] dilation=1, SymInt groups=1) -> Tensor` */
  conv2d(input: Tensor, weight: Tensor | Conv2dOptions2, bias?: Tensor | null | Conv2dOptions2, stride?: Sizes | Conv2dOptions2, padding?: string | Conv2dOptions2, dilation?: Sizes | Conv2dOptions2, groups?: number | Conv2dOptions2, options?: Conv2dOptions2): Tensor
  /** `conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] dilation=1, SymInt groups=1) -> Tensor` */
  conv3d(input: Tensor, weight: Tensor | Conv3dOptions, bias?: Tensor | null | Conv3dOptions, stride?: Sizes | Conv3dOptions, padding?: Sizes | Conv3dOptions, dilation?: Sizes | Conv3dOptions, groups?: number | Conv3dOptions, options?: Conv3dOptions): Tensor
  /** `conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, str padding="valid", SymInt[3] dilation=1, SymInt groups=1) -> Tensor` */
  conv3d(input: Tensor, weight: Tensor | Conv3dOptions2, bias?: Tensor | null | Conv3dOptions2, stride?: Sizes | Conv3dOptions2, padding?: string | Conv3dOptions2, dilation?: Sizes | Conv3dOptions2, groups?: number | Conv3dOptions2, options?: Conv3dOptions2): Tensor
  /** `conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] output_padding=0, SymInt groups=1, SymInt[1] dilation=1) -> Tensor` */
  convTranspose1d(input: Tensor, weight: Tensor | ConvTranspose1dOptions, bias?: Tensor | null | ConvTranspose1dOptions, stride?: Sizes | ConvTranspose1dOptions, padding?: Sizes | ConvTranspose1dOptions, outputPadding?: Sizes | ConvTranspose1dOptions, groups?: number | ConvTranspose1dOptions, dilation?: Sizes | ConvTranspose1dOptions, options?: ConvTranspose1dOptions): Tensor
  /** `conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] output_padding=0, SymInt groups=1, SymInt[2] dilation=1) -> Tensor` */
  convTranspose2d(input: Tensor, weight: Tensor | ConvTranspose2dOptions, bias?: Tensor | null | ConvTranspose2dOptions, stride?: Sizes | ConvTranspose2dOptions, padding?: Sizes | ConvTranspose2dOptions, outputPadding?: Sizes | ConvTranspose2dOptions, groups?: number | ConvTranspose2dOptions, dilation?: Sizes | ConvTranspose2dOptions, options?: ConvTranspose2dOptions): Tensor
  /** `conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] output_padding=0, SymInt groups=1, SymInt[3] dilation=1) -> Tensor` */
  convTranspose3d(input: Tensor, weight: Tensor | ConvTranspose3dOptions, bias?: Tensor | null | ConvTranspose3dOptions, stride?: Sizes | ConvTranspose3dOptions, padding?: Sizes | ConvTranspose3dOptions, outputPadding?: Sizes | ConvTranspose3dOptions, groups?: number | ConvTranspose3dOptions, dilation?: Sizes | ConvTranspose3dOptions, options?: ConvTranspose3dOptions): Tensor
  /** `max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
  maxPool2d(input: Tensor, kernelSize: Sizes | MaxPool2dOptions, stride?: Sizes | MaxPool2dOptions, padding?: Sizes | MaxPool2dOptions, dilation?: Sizes | MaxPool2dOptions, ceilMode?: boolean | MaxPool2dOptions, options?: MaxPool2dOptions): Tensor
  /** `max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> Tensor` */
  maxPool1d(input: Tensor, kernelSize: Sizes | MaxPool1dOptions, stride?: Sizes | MaxPool1dOptions, padding?: Sizes | MaxPool1dOptions, dilation?: Sizes | MaxPool1dOptions, ceilMode?: boolean | MaxPool1dOptions, options?: MaxPool1dOptions): Tensor
  /** `max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
  maxPool3d(input: Tensor, kernelSize: Sizes | MaxPool3dOptions, stride?: Sizes | MaxPool3dOptions, padding?: Sizes | MaxPool3dOptions, dilation?: Sizes | MaxPool3dOptions, ceilMode?: boolean | MaxPool3dOptions, options?: MaxPool3dOptions): Tensor
  /** `avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor` */
  avgPool1d(input: Tensor, kernelSize: Sizes | AvgPool1dOptions, stride?: Sizes | AvgPool1dOptions, padding?: Sizes | AvgPool1dOptions, ceilMode?: boolean | AvgPool1dOptions, countIncludePad?: boolean | AvgPool1dOptions, options?: AvgPool1dOptions): Tensor
  /** `adaptive_avg_pool1d(Tensor self, SymInt?[1] output_size) -> Tensor` */
  adaptiveAvgPool1d(input: Tensor, outputSize: number | null | readonly (number | null)[] | AdaptiveAvgPool1dOptions, options?: AdaptiveAvgPool1dOptions): Tensor
  /** `batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor` */
  batchNorm(input: Tensor, weight: Tensor | null | BatchNormOptions, bias: Tensor | null | BatchNormOptions, runningMean: Tensor | null | BatchNormOptions, runningVar: Tensor | null | BatchNormOptions, training: boolean | BatchNormOptions, momentum: number | BatchNormOptions, eps: number | BatchNormOptions, options?: BatchNormOptions): Tensor
  /** `layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor` */
  layerNorm(input: Tensor, normalizedShape: readonly number[] | LayerNormOptions, weight?: Tensor | null | LayerNormOptions, bias?: Tensor | null | LayerNormOptions, eps?: number | LayerNormOptions, options?: LayerNormOptions): Tensor
  /** `rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor` */
  rmsNorm(input: Tensor, normalizedShape: readonly number[] | RmsNormOptions, weight?: Tensor | null | RmsNormOptions, eps?: number | null | RmsNormOptions, options?: RmsNormOptions): Tensor
  /** `group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor` */
  groupNorm(input: Tensor, numGroups: number | GroupNormOptions, weight?: Tensor | null | GroupNormOptions, bias?: Tensor | null | GroupNormOptions, eps?: number | GroupNormOptions, options?: GroupNormOptions): Tensor
  /** `reshape(Tensor self, SymInt[] shape) -> Tensor` */
  reshape(input: Tensor, shape: readonly number[] | ReshapeOptions, options?: ReshapeOptions): Tensor
  /** `flatten.using_ints(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor` */
  flatten(input: Tensor, startDim?: number | FlattenOptions, endDim?: number | FlattenOptions, options?: FlattenOptions): Tensor
  /** `ravel(Tensor self) -> Tensor` */
  ravel(input: Tensor): Tensor
  /** `unflatten.int(Tensor self, int dim, SymInt[] sizes) -> Tensor` */
  unflatten(input: Tensor, dim: number | UnflattenOptions, sizes: readonly number[] | UnflattenOptions, options?: UnflattenOptions): Tensor
  /** `detach(Tensor self) -> Tensor` */
  detach(input: Tensor): Tensor
  /** `permute(Tensor self, int[] dims) -> Tensor` */
  permute(input: Tensor, dims: readonly number[] | PermuteOptions, options?: PermuteOptions): Tensor
  /** `transpose.int(Tensor self, int dim0, int dim1) -> Tensor` */
  transpose(input: Tensor, dim0: number | TransposeOptions, dim1: number | TransposeOptions, options?: TransposeOptions): Tensor
  /** `t(Tensor self) -> Tensor` */
  t(input: Tensor): Tensor
  /** `movedim.int(Tensor self, int source, int destination) -> Tensor` */
  movedim(input: Tensor, source: number | MovedimOptions, destination: number | MovedimOptions, options?: MovedimOptions): Tensor
  /** `movedim.intlist(Tensor self, int[] source, int[] destination) -> Tensor` */
  movedim(input: Tensor, source: readonly number[] | MovedimOptions2, destination: readonly number[] | MovedimOptions2, options?: MovedimOptions2): Tensor
  /** `squeeze(Tensor self) -> Tensor` */
  squeeze(input: Tensor): Tensor
  /** `squeeze.dim(Tensor self, int dim) -> Tensor` */
  squeeze(input: Tensor, dim: number | SqueezeOptions2, options?: SqueezeOptions2): Tensor
  /** `squeeze.dims(Tensor self, int[] dim) -> Tensor` */
  squeeze(input: Tensor, dim: readonly number[] | SqueezeOptions3, options?: SqueezeOptions3): Tensor
  /** `unsqueeze(Tensor self, int dim) -> Tensor` */
  unsqueeze(input: Tensor, dim: number | UnsqueezeOptions, options?: UnsqueezeOptions): Tensor
  /** `broadcast_to(Tensor self, SymInt[] size) -> Tensor` */
  broadcastTo(input: Tensor, size: readonly number[] | BroadcastToOptions, options?: BroadcastToOptions): Tensor
  /** `select.int(Tensor self, int dim, SymInt index) -> Tensor` */
  select(input: Tensor, dim: number | SelectOptions, index: number | SelectOptions, options?: SelectOptions): Tensor
  /** `narrow(Tensor self, int dim, SymInt start, SymInt length) -> Tensor` */
  narrow(input: Tensor, dim: number | NarrowOptions, start: number | NarrowOptions, length: number | NarrowOptions, options?: NarrowOptions): Tensor
  /** `diagonal(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
  diagonal(input: Tensor, offset?: number | DiagonalOptions, dim1?: number | DiagonalOptions, dim2?: number | DiagonalOptions, options?: DiagonalOptions): Tensor
  /** `split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]` */
  split(input: Tensor, splitSize: number | SplitOptions, dim?: number | SplitOptions, options?: SplitOptions): Tensor[]
  /** `split.sizes(Tensor self, SymInt[] split_size, int dim=0) -> Tensor[]` */
  split(input: Tensor, splitSize: readonly number[] | SplitOptions2, dim?: number | SplitOptions2, options?: SplitOptions2): Tensor[]
  /** `split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]` */
  splitWithSizes(input: Tensor, splitSizes: readonly number[] | SplitWithSizesOptions, dim?: number | SplitWithSizesOptions, options?: SplitWithSizesOptions): Tensor[]
  /** `chunk(Tensor self, int chunks, int dim=0) -> Tensor[]` */
  chunk(input: Tensor, chunks: number | ChunkOptions, dim?: number | ChunkOptions, options?: ChunkOptions): Tensor[]
  /** `tensor_split.sections(Tensor self, SymInt sections, int dim=0) -> Tensor[]` */
  tensorSplit(input: Tensor, sections: number | TensorSplitOptions, dim?: number | TensorSplitOptions, options?: TensorSplitOptions): Tensor[]
  /** `tensor_split.indices(Tensor self, SymInt[] indices, int dim=0) -> Tensor[]` */
  tensorSplit(input: Tensor, indices: readonly number[] | TensorSplitOptions2, dim?: number | TensorSplitOptions2, options?: TensorSplitOptions2): Tensor[]
  /** `tensor_split(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]` */
  tensorSplit(input: Tensor, tensorIndicesOrSections: Tensor | TensorSplitOptions3, dim?: number | TensorSplitOptions3, options?: TensorSplitOptions3): Tensor[]
  /** `hsplit.int(Tensor self, int sections) -> Tensor[]` */
  hsplit(input: Tensor, sections: number | HsplitOptions, options?: HsplitOptions): Tensor[]
  /** `hsplit.array(Tensor self, SymInt[] indices) -> Tensor[]` */
  hsplit(input: Tensor, indices: readonly number[] | HsplitOptions2, options?: HsplitOptions2): Tensor[]
  /** `vsplit.int(Tensor self, int sections) -> Tensor[]` */
  vsplit(input: Tensor, sections: number | VsplitOptions, options?: VsplitOptions): Tensor[]
  /** `vsplit.array(Tensor self, SymInt[] indices) -> Tensor[]` */
  vsplit(input: Tensor, indices: readonly number[] | VsplitOptions2, options?: VsplitOptions2): Tensor[]
  /** `dsplit.int(Tensor self, int sections) -> Tensor[]` */
  dsplit(input: Tensor, sections: number | DsplitOptions, options?: DsplitOptions): Tensor[]
  /** `dsplit.array(Tensor self, SymInt[] indices) -> Tensor[]` */
  dsplit(input: Tensor, indices: readonly number[] | DsplitOptions2, options?: DsplitOptions2): Tensor[]
  /** `unbind.int(Tensor self, int dim=0) -> Tensor[]` */
  unbind(input: Tensor, dim?: number | UnbindOptions, options?: UnbindOptions): Tensor[]
  /** `cat(Tensor[] tensors, int dim=0) -> Tensor` */
  cat(tensors: readonly Tensor[], dim?: number | CatOptions, options?: CatOptions): Tensor
  /** `stack(Tensor[] tensors, int dim=0) -> Tensor` */
  stack(tensors: readonly Tensor[], dim?: number | StackOptions, options?: StackOptions): Tensor
  /** `broadcast_tensors(Tensor[] tensors) -> Tensor[]` */
  broadcastTensors(tensors: readonly Tensor[]): Tensor[]
  /** `broadcast_tensors(Tensor[] tensors) -> Tensor[]` */
  broadcastTensors(...tensors: Tensor[]): Tensor[]
  /** `meshgrid.indexing(Tensor[] tensors, *, str indexing='ij') -> Tensor[]` */
  meshgrid(tensors: readonly Tensor[], options?: MeshgridOptions): Tensor[]
  /** `meshgrid.indexing(Tensor[] tensors, *, str indexing='ij') -> Tensor[]` */
  meshgrid(...tensors: Tensor[]): Tensor[]
  /** `flip(Tensor self, int[] dims) -> Tensor` */
  flip(input: Tensor, dims: readonly number[] | FlipOptions, options?: FlipOptions): Tensor
  /** `fliplr(Tensor self) -> Tensor` */
  fliplr(input: Tensor): Tensor
  /** `flipud(Tensor self) -> Tensor` */
  flipud(input: Tensor): Tensor
  /** `roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor` */
  roll(input: Tensor, shifts: Sizes | RollOptions, dims?: Sizes | RollOptions, options?: RollOptions): Tensor
  /** `rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor` */
  rot90(input: Tensor, k?: number | Rot90Options, dims?: readonly number[] | Rot90Options, options?: Rot90Options): Tensor
  /** `tril(Tensor self, int diagonal=0) -> Tensor` */
  tril(input: Tensor, diagonal?: number | TrilOptions, options?: TrilOptions): Tensor
  /** `tril_(Tensor self, int diagonal=0) -> Tensor` */
  tril_(input: Tensor, diagonal?: number | Tril_Options, options?: Tril_Options): Tensor
  /** `triu(Tensor self, int diagonal=0) -> Tensor` */
  triu(input: Tensor, diagonal?: number | TriuOptions, options?: TriuOptions): Tensor
  /** `triu_(Tensor self, int diagonal=0) -> Tensor` */
  triu_(input: Tensor, diagonal?: number | Triu_Options, options?: Triu_Options): Tensor
  /** `repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor` */
  repeatInterleave(input: Tensor, repeats: number | RepeatInterleaveOptions, dim?: number | null | RepeatInterleaveOptions, options?: RepeatInterleaveOptions): Tensor
  /** `repeat_interleave(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor` */
  repeatInterleave(input: Tensor, repeats: Tensor | RepeatInterleaveOptions2, dim?: number | null | RepeatInterleaveOptions2, options?: RepeatInterleaveOptions2): Tensor
  /** `repeat_interleave(Tensor repeats, *, SymInt? output_size=None) -> Tensor` */
  repeatInterleave(repeats: Tensor, options?: RepeatInterleaveOptions3): Tensor
  /** `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` */
  diagEmbed(input: Tensor, offset?: number | DiagEmbedOptions, dim1?: number | DiagEmbedOptions, dim2?: number | DiagEmbedOptions, options?: DiagEmbedOptions): Tensor
  /** `constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor` */
  constantPadNd(input: Tensor, pad: readonly number[] | ConstantPadNdOptions, value?: number | boolean | ConstantPadNdOptions, options?: ConstantPadNdOptions): Tensor
  /** `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor` */
  gather(input: Tensor, dim: number | GatherOptions, index: Tensor | GatherOptions, options?: GatherOptions): Tensor
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` */
  indexSelect(input: Tensor, dim: number | IndexSelectOptions, index: Tensor | IndexSelectOptions, options?: IndexSelectOptions): Tensor
  /** `take(Tensor self, Tensor index) -> Tensor` */
  take(input: Tensor, index: Tensor | TakeOptions, options?: TakeOptions): Tensor
  /** `embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor` */
  embedding(weight: Tensor, indices: Tensor | EmbeddingOptions, paddingIdx?: number | EmbeddingOptions, options?: EmbeddingOptions): Tensor
  /** `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor` */
  takeAlongDim(input: Tensor, indices: Tensor | TakeAlongDimOptions, dim?: number | null | TakeAlongDimOptions, options?: TakeAlongDimOptions): Tensor
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` */
  indexPut(input: Tensor, indices: readonly (Tensor | null)[] | IndexPutOptions, values: Tensor | IndexPutOptions, accumulate?: boolean | IndexPutOptions, options?: IndexPutOptions): Tensor
  /** `index_put_(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` */
  indexPut_(input: Tensor, indices: readonly (Tensor | null)[] | IndexPut_Options, values: Tensor | IndexPut_Options, accumulate?: boolean | IndexPut_Options, options?: IndexPut_Options): Tensor
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` */
  put(input: Tensor, index: Tensor | PutOptions, source: Tensor | PutOptions, accumulate?: boolean | PutOptions, options?: PutOptions): Tensor
  /** `put_(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` */
  put_(input: Tensor, index: Tensor | Put_Options, source: Tensor | Put_Options, accumulate?: boolean | Put_Options, options?: Put_Options): Tensor
  /** `scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatter(input: Tensor, dim: number | ScatterOptions, index: Tensor | ScatterOptions, src: Tensor | ScatterOptions, options?: ScatterOptions): Tensor
  /** `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  scatter(input: Tensor, dim: number | ScatterOptions2, index: Tensor | ScatterOptions2, value: number | boolean | ScatterOptions2, options?: ScatterOptions2): Tensor
  /** `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` */
  scatter(input: Tensor, dim: number | ScatterOptions3, index: Tensor | ScatterOptions3, src: Tensor | ScatterOptions3, options?: ScatterOptions3): Tensor
  /** `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` */
  scatter(input: Tensor, dim: number | ScatterOptions4, index: Tensor | ScatterOptions4, value: number | boolean | ScatterOptions4, options?: ScatterOptions4): Tensor
  /** `scatter_.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatter_(input: Tensor, dim: number | Scatter_Options, index: Tensor | Scatter_Options, src: Tensor | Scatter_Options, options?: Scatter_Options): Tensor
  /** `scatter_.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  scatter_(input: Tensor, dim: number | Scatter_Options2, index: Tensor | Scatter_Options2, value: number | boolean | Scatter_Options2, options?: Scatter_Options2): Tensor
  /** `scatter_.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` */
  scatter_(input: Tensor, dim: number | Scatter_Options3, index: Tensor | Scatter_Options3, src: Tensor | Scatter_Options3, options?: Scatter_Options3): Tensor
  /** `scatter_.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` */
  scatter_(input: Tensor, dim: number | Scatter_Options4, index: Tensor | Scatter_Options4, value: number | boolean | Scatter_Options4, options?: Scatter_Options4): Tensor
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatterAdd(input: Tensor, dim: number | ScatterAddOptions, index: Tensor | ScatterAddOptions, src: Tensor | ScatterAddOptions, options?: ScatterAddOptions): Tensor
  /** `scatter_add_(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatterAdd_(input: Tensor, dim: number | ScatterAdd_Options, index: Tensor | ScatterAdd_Options, src: Tensor | ScatterAdd_Options, options?: ScatterAdd_Options): Tensor
  /** `scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` */
  scatterReduce(input: Tensor, dim: number | ScatterReduceOptions, index: Tensor | ScatterReduceOptions, src: Tensor | ScatterReduceOptions, reduce: string | ScatterReduceOptions, options?: ScatterReduceOptions): Tensor
  /** `scatter_reduce_.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` */
  scatterReduce_(input: Tensor, dim: number | ScatterReduce_Options, index: Tensor | ScatterReduce_Options, src: Tensor | ScatterReduce_Options, reduce: string | ScatterReduce_Options, options?: ScatterReduce_Options): Tensor
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` */
  indexAdd(input: Tensor, dim: number | IndexAddOptions, index: Tensor | IndexAddOptions, source: Tensor | IndexAddOptions, options?: IndexAddOptions): Tensor
  /** `index_add_(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` */
  indexAdd_(input: Tensor, dim: number | IndexAdd_Options, index: Tensor | IndexAdd_Options, source: Tensor | IndexAdd_Options, options?: IndexAdd_Options): Tensor
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` */
  indexCopy(input: Tensor, dim: number | IndexCopyOptions, index: Tensor | IndexCopyOptions, source: Tensor | IndexCopyOptions, options?: IndexCopyOptions): Tensor
  /** `index_copy_(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` */
  indexCopy_(input: Tensor, dim: number | IndexCopy_Options, index: Tensor | IndexCopy_Options, source: Tensor | IndexCopy_Options, options?: IndexCopy_Options): Tensor
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` */
  indexReduce(input: Tensor, dim: number | IndexReduceOptions, index: Tensor | IndexReduceOptions, source: Tensor | IndexReduceOptions, reduce: string | IndexReduceOptions, options?: IndexReduceOptions): Tensor
  /** `index_reduce_(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` */
  indexReduce_(input: Tensor, dim: number | IndexReduce_Options, index: Tensor | IndexReduce_Options, source: Tensor | IndexReduce_Options, reduce: string | IndexReduce_Options, options?: IndexReduce_Options): Tensor
  /** `index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  indexFill(input: Tensor, dim: number | IndexFillOptions, index: Tensor | IndexFillOptions, value: number | boolean | IndexFillOptions, options?: IndexFillOptions): Tensor
  /** `index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor` */
  indexFill(input: Tensor, dim: number | IndexFillOptions2, index: Tensor | IndexFillOptions2, value: Tensor | IndexFillOptions2, options?: IndexFillOptions2): Tensor
  /** `index_fill_.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  indexFill_(input: Tensor, dim: number | IndexFill_Options, index: Tensor | IndexFill_Options, value: number | boolean | IndexFill_Options, options?: IndexFill_Options): Tensor
  /** `index_fill_.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor` */
  indexFill_(input: Tensor, dim: number | IndexFill_Options2, index: Tensor | IndexFill_Options2, value: Tensor | IndexFill_Options2, options?: IndexFill_Options2): Tensor
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` */
  maskedScatter(input: Tensor, mask: Tensor | MaskedScatterOptions, source: Tensor | MaskedScatterOptions, options?: MaskedScatterOptions): Tensor
  /** `masked_scatter_(Tensor self, Tensor mask, Tensor source) -> Tensor` */
  maskedScatter_(input: Tensor, mask: Tensor | MaskedScatter_Options, source: Tensor | MaskedScatter_Options, options?: MaskedScatter_Options): Tensor
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` */
  maskedSelect(input: Tensor, mask: Tensor | MaskedSelectOptions, options?: MaskedSelectOptions): Tensor
  /** `searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor` */
  searchsorted(sortedSequence: Tensor, input: Tensor | SearchsortedOptions, options?: SearchsortedOptions): Tensor
  /** `searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor` */
  searchsorted(sortedSequence: Tensor, input: number | boolean | SearchsortedOptions2, options?: SearchsortedOptions2): Tensor
  /** `bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor` */
  bucketize(input: Tensor, boundaries: Tensor | BucketizeOptions, options?: BucketizeOptions): Tensor
  /** `bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor` */
  bucketize(input: number | boolean, boundaries: Tensor | BucketizeOptions2, options?: BucketizeOptions2): Tensor
  /** `isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor` */
  isin(elements: Tensor, testElements: Tensor | IsinOptions, options?: IsinOptions): Tensor
  /** `isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor` */
  isin(elements: Tensor, testElement: number | boolean | IsinOptions2, options?: IsinOptions2): Tensor
  /** `select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor` */
  selectScatter(input: Tensor, src: Tensor | SelectScatterOptions, dim: number | SelectScatterOptions, index: number | SelectScatterOptions, options?: SelectScatterOptions): Tensor
  /** `diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
  diagonalScatter(input: Tensor, src: Tensor | DiagonalScatterOptions, offset?: number | DiagonalScatterOptions, dim1?: number | DiagonalScatterOptions, dim2?: number | DiagonalScatterOptions, options?: DiagonalScatterOptions): Tensor
  /** `slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
  sliceScatter(input: Tensor, src: Tensor | SliceScatterOptions, dim?: number | SliceScatterOptions, start?: number | null | SliceScatterOptions, end?: number | null | SliceScatterOptions, step?: number | SliceScatterOptions, options?: SliceScatterOptions): Tensor
  /** `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` */
  sort(input: Tensor, dim?: number | SortOptions, descending?: boolean | SortOptions, options?: SortOptions): [values: Tensor, indices: Tensor]
  /** `sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` */
  sort(input: Tensor, options?: SortOptions2): [values: Tensor, indices: Tensor]
  /** `topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` */
  topk(input: Tensor, k: number | TopkOptions, dim?: number | TopkOptions, largest?: boolean | TopkOptions, sorted?: boolean | TopkOptions, options?: TopkOptions): [values: Tensor, indices: Tensor]
  /** `cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
  cumsum(input: Tensor, dim: number | CumsumOptions, options?: CumsumOptions): Tensor
  /** `cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
  cumprod(input: Tensor, dim: number | CumprodOptions, options?: CumprodOptions): Tensor
  /** `logcumsumexp(Tensor self, int dim) -> Tensor` */
  logcumsumexp(input: Tensor, dim: number | LogcumsumexpOptions, options?: LogcumsumexpOptions): Tensor
  /** `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
  cummax(input: Tensor, dim: number | CummaxOptions, options?: CummaxOptions): [values: Tensor, indices: Tensor]
  /** `cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
  cummin(input: Tensor, dim: number | CumminOptions, options?: CumminOptions): [values: Tensor, indices: Tensor]
  /** `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor` */
  argsort(input: Tensor, dim?: number | ArgsortOptions, descending?: boolean | ArgsortOptions, options?: ArgsortOptions): Tensor
  /** `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor` */
  argsort(input: Tensor, options?: ArgsortOptions2): Tensor
  /** `msort(Tensor self) -> Tensor` */
  msort(input: Tensor): Tensor
  /** `kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  kthvalue(input: Tensor, k: number | KthvalueOptions, dim?: number | KthvalueOptions, keepdim?: boolean | KthvalueOptions, options?: KthvalueOptions): [values: Tensor, indices: Tensor]
  /** `median(Tensor self) -> Tensor` */
  median(input: Tensor): Tensor
  /** `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  median(input: Tensor, dim: number | MedianOptions2, keepdim?: boolean | MedianOptions2, options?: MedianOptions2): [values: Tensor, indices: Tensor]
  /** `nanmedian(Tensor self) -> Tensor` */
  nanmedian(input: Tensor): Tensor
  /** `nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  nanmedian(input: Tensor, dim: number | NanmedianOptions2, keepdim?: boolean | NanmedianOptions2, options?: NanmedianOptions2): [values: Tensor, indices: Tensor]
  /** `zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  zeros(size: readonly number[], options?: ZerosOptions): Tensor
  /** `ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  ones(size: readonly number[], options?: OnesOptions): Tensor
  /** `empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None, bool requires_grad=False) -> Tensor` */
  empty(size: readonly number[], options?: EmptyOptions): Tensor
  /** `full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  full(size: readonly number[], fillValue: number | boolean | FullOptions, options?: FullOptions): Tensor
  /** `zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None, bool requires_grad=False) -> Tensor` */
  zerosLike(input: Tensor, options?: ZerosLikeOptions): Tensor
  /** `ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None, bool requires_grad=False) -> Tensor` */
  onesLike(input: Tensor, options?: OnesLikeOptions): Tensor
  /** `empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None, bool requires_grad=False) -> Tensor` */
  emptyLike(input: Tensor, options?: EmptyLikeOptions): Tensor
  /** `full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None, bool requires_grad=False) -> Tensor` */
  fullLike(input: Tensor, fillValue: number | boolean | FullLikeOptions, options?: FullLikeOptions): Tensor
  /** `fill.Scalar(Tensor self, Scalar value) -> Tensor` */
  fill(input: Tensor, value: number | boolean | FillOptions, options?: FillOptions): Tensor
  /** `fill.Tensor(Tensor self, Tensor value) -> Tensor` */
  fill(input: Tensor, value: Tensor | FillOptions2, options?: FillOptions2): Tensor
  /** `fill_.Scalar(Tensor self, Scalar value) -> Tensor` */
  fill_(input: Tensor, value: number | boolean | Fill_Options, options?: Fill_Options): Tensor
  /** `fill_.Tensor(Tensor self, Tensor value) -> Tensor` */
  fill_(input: Tensor, value: Tensor | Fill_Options2, options?: Fill_Options2): Tensor
  /** `arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  arange(end: number | boolean, options?: ArangeOptions): Tensor
  /** `arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  arange(start: number | boolean, end: number | boolean | ArangeOptions2, options?: ArangeOptions2): Tensor
  /** `arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  arange(start: number | boolean, end: number | boolean | ArangeOptions3, step?: number | boolean | ArangeOptions3, options?: ArangeOptions3): Tensor
  /** `linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  linspace(start: number | boolean, end: number | boolean | LinspaceOptions, steps: number | LinspaceOptions, options?: LinspaceOptions): Tensor
  /** `linspace.Tensor_Tensor(Tensor start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  linspace(start: Tensor, end: Tensor | LinspaceOptions2, steps: number | LinspaceOptions2, options?: LinspaceOptions2): Tensor
  /** `linspace.Tensor_Scalar(Tensor start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  linspace(start: Tensor, end: number | boolean | LinspaceOptions3, steps: number | LinspaceOptions3, options?: LinspaceOptions3): Tensor
  /** `linspace.Scalar_Tensor(Scalar start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  linspace(start: number | boolean, end: Tensor | LinspaceOptions4, steps: number | LinspaceOptions4, options?: LinspaceOptions4): Tensor
  /** `logspace(Scalar start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  logspace(start: number | boolean, end: number | boolean | LogspaceOptions, steps: number | LogspaceOptions, base?: number | LogspaceOptions, options?: LogspaceOptions): Tensor
  /** `logspace.Tensor_Tensor(Tensor start, Tensor end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  logspace(start: Tensor, end: Tensor | LogspaceOptions2, steps: number | LogspaceOptions2, base?: number | LogspaceOptions2, options?: LogspaceOptions2): Tensor
  /** `logspace.Tensor_Scalar(Tensor start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  logspace(start: Tensor, end: number | boolean | LogspaceOptions3, steps: number | LogspaceOptions3, base?: number | LogspaceOptions3, options?: LogspaceOptions3): Tensor
  /** `logspace.Scalar_Tensor(Scalar start, Tensor end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  logspace(start: number | boolean, end: Tensor | LogspaceOptions4, steps: number | LogspaceOptions4, base?: number | LogspaceOptions4, options?: LogspaceOptions4): Tensor
  /** `eye(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  eye(n: number, options?: EyeOptions): Tensor
  /** `eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  eye(n: number, m: number | EyeOptions2, options?: EyeOptions2): Tensor
  /** `clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor` */
  clone(input: Tensor): Tensor
  /** `rand(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  rand(size: readonly number[], options?: RandOptions): Tensor
  /** `randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  randn(size: readonly number[], options?: RandnOptions): Tensor
  /** `rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  randLike(input: Tensor, options?: RandLikeOptions): Tensor
  /** `randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  randnLike(input: Tensor, options?: RandnLikeOptions): Tensor
  /** `randint(SymInt high, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  randint(high: number, size: readonly number[] | RandintOptions, options?: RandintOptions): Tensor
  /** `randint.low(SymInt low, SymInt high, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  randint(low: number, high: number | RandintOptions2, size: readonly number[] | RandintOptions2, options?: RandintOptions2): Tensor
  /** `randperm(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  randperm(n: number, options?: RandpermOptions): Tensor
  /** `nonzero(Tensor self, *, bool as_tuple=False) -> Tensor` */
  nonzero(input: Tensor, options?: NonzeroOptions): Tensor
  /** `nonzero(Tensor self, *, bool as_tuple=False) -> Tensor[]` */
  nonzero(input: Tensor, options: NonzeroOptions2): Tensor[]
  /** `nonzero(Tensor self, *, bool as_tuple=False) -> Tensor[]` */
  nonzero(input: Tensor, options: NonzeroOptions2): Tensor[]
  /** `gcd(Tensor self, Tensor other) -> Tensor` */
  gcd(input: Tensor, other: Tensor | GcdOptions, options?: GcdOptions): Tensor
  /** `gcd_(Tensor self, Tensor other) -> Tensor` */
  gcd_(input: Tensor, other: Tensor | Gcd_Options, options?: Gcd_Options): Tensor
  /** `lcm(Tensor self, Tensor other) -> Tensor` */
  lcm(input: Tensor, other: Tensor | LcmOptions, options?: LcmOptions): Tensor
  /** `lcm_(Tensor self, Tensor other) -> Tensor` */
  lcm_(input: Tensor, other: Tensor | Lcm_Options, options?: Lcm_Options): Tensor
  /** `bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor` */
  bincount(input: Tensor, weights?: Tensor | null | BincountOptions, minlength?: number | BincountOptions, options?: BincountOptions): Tensor
  /** `argwhere(Tensor self) -> Tensor` */
  argwhere(input: Tensor): Tensor
  /** `hstack(Tensor[] tensors) -> Tensor` */
  hstack(tensors: readonly Tensor[]): Tensor
  /** `vstack(Tensor[] tensors) -> Tensor` */
  vstack(tensors: readonly Tensor[]): Tensor
  /** `dstack(Tensor[] tensors) -> Tensor` */
  dstack(tensors: readonly Tensor[]): Tensor
  /** `column_stack(Tensor[] tensors) -> Tensor` */
  columnStack(tensors: readonly Tensor[]): Tensor
  /** `atleast_1d(Tensor self) -> Tensor` */
  atleast1d(input: Tensor): Tensor
  /** `atleast_2d(Tensor self) -> Tensor` */
  atleast2d(input: Tensor): Tensor
  /** `atleast_3d(Tensor self) -> Tensor` */
  atleast3d(input: Tensor): Tensor
  /** `tile(Tensor self, SymInt[] dims) -> Tensor` */
  tile(input: Tensor, dims: readonly number[] | TileOptions, options?: TileOptions): Tensor
  /** `pixel_shuffle(Tensor self, int upscale_factor) -> Tensor` */
  pixelShuffle(input: Tensor, upscaleFactor: number | PixelShuffleOptions, options?: PixelShuffleOptions): Tensor
  /** `pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor` */
  pixelUnshuffle(input: Tensor, downscaleFactor: number | PixelUnshuffleOptions, options?: PixelUnshuffleOptions): Tensor
  /** `channel_shuffle(Tensor self, int groups) -> Tensor` */
  channelShuffle(input: Tensor, groups: number | ChannelShuffleOptions, options?: ChannelShuffleOptions): Tensor
  /** `kron(Tensor self, Tensor other) -> Tensor` */
  kron(input: Tensor, other: Tensor | KronOptions, options?: KronOptions): Tensor
  /** `trace(Tensor self) -> Tensor` */
  trace(input: Tensor): Tensor
  /** `diag(Tensor self, int diagonal=0) -> Tensor` */
  diag(input: Tensor, diagonal?: number | DiagOptions, options?: DiagOptions): Tensor
  /** `diagflat(Tensor self, int offset=0) -> Tensor` */
  diagflat(input: Tensor, offset?: number | DiagflatOptions, options?: DiagflatOptions): Tensor
  /** `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor` */
  diff(input: Tensor, n?: number | DiffOptions, dim?: number | DiffOptions, prepend?: Tensor | null | DiffOptions, append?: Tensor | null | DiffOptions, options?: DiffOptions): Tensor
  /** `cross(Tensor self, Tensor other, int? dim=None) -> Tensor` */
  cross(input: Tensor, other: Tensor | CrossOptions, dim?: number | null | CrossOptions, options?: CrossOptions): Tensor
  /** `swapaxes(Tensor self, int axis0, int axis1) -> Tensor` */
  swapaxes(input: Tensor, axis0: number | SwapaxesOptions, axis1: number | SwapaxesOptions, options?: SwapaxesOptions): Tensor
  /** `norm.str(Tensor self, str p='fro', int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None) -> Tensor` */
  norm(input: Tensor, p?: string | NormOptions, dim?: Sizes | null | NormOptions, keepdim?: boolean | NormOptions, dtype?: DType | null | NormOptions, options?: NormOptions): Tensor
  /** `norm(Tensor self, Scalar? p, int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None) -> Tensor` */
  norm(input: Tensor, p: number | boolean | null | NormOptions2, dim?: Sizes | null | NormOptions2, keepdim?: boolean | NormOptions2, dtype?: DType | null | NormOptions2, options?: NormOptions2): Tensor
  /** `inverse(Tensor self) -> Tensor` */
  inverse(input: Tensor): Tensor
  /** `det(Tensor self) -> Tensor` */
  det(input: Tensor): Tensor
  /** `cholesky(Tensor self, bool upper=False) -> Tensor` */
  cholesky(input: Tensor, upper?: boolean | CholeskyOptions, options?: CholeskyOptions): Tensor
  /** `matrix_power(Tensor self, int n) -> Tensor` */
  matrixPower(input: Tensor, n: number | MatrixPowerOptions, options?: MatrixPowerOptions): Tensor
  /** `einsum(str equation, Tensor[] tensors) -> Tensor` */
  einsum(equation: string, tensors: readonly Tensor[] | EinsumOptions, options?: EinsumOptions): Tensor
  /** `tensordot(Tensor a, Tensor b, int dims=2) -> Tensor` */
  tensordot(a: Tensor, b: Tensor | TensordotOptions, dims?: number | TensordotOptions, options?: TensordotOptions): Tensor
  /** `tensordot(Tensor a, Tensor b, int[][] dims) -> Tensor` */
  tensordot(a: Tensor, b: Tensor | TensordotOptions2, dims: readonly (readonly number[])[] | TensordotOptions2, options?: TensordotOptions2): Tensor
  /** `cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor` */
  cosineSimilarity(x1: Tensor, x2: Tensor | CosineSimilarityOptions, dim?: number | CosineSimilarityOptions, eps?: number | CosineSimilarityOptions, options?: CosineSimilarityOptions): Tensor
  /** `pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor` */
  pairwiseDistance(x1: Tensor, x2: Tensor | PairwiseDistanceOptions, p?: number | PairwiseDistanceOptions, eps?: number | PairwiseDistanceOptions, keepdim?: boolean | PairwiseDistanceOptions, options?: PairwiseDistanceOptions): Tensor
  /** `cdist(Tensor x1, Tensor x2, float p=2, str? compute_mode=None) -> Tensor` */
  cdist(x1: Tensor, x2: Tensor | CdistOptions, p?: number | CdistOptions, computeMode?: string | null | CdistOptions, options?: CdistOptions): Tensor
  /** `pdist(Tensor self, float p=2) -> Tensor` */
  pdist(input: Tensor, p?: number | PdistOptions, options?: PdistOptions): Tensor
  /** `dist(Tensor self, Tensor other, Scalar p=2) -> Tensor` */
  dist(input: Tensor, other: Tensor | DistOptions, p?: number | boolean | DistOptions, options?: DistOptions): Tensor
  /** `bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor` */
  bilinear(input1: Tensor, input2: Tensor | BilinearOptions, weight: Tensor | BilinearOptions, bias?: Tensor | null | BilinearOptions, options?: BilinearOptions): Tensor
  /** `lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)` */
  lstm(input: Tensor, hx: readonly Tensor[] | LstmOptions, params: readonly Tensor[] | LstmOptions, hasBiases: boolean | LstmOptions, numLayers: number | LstmOptions, dropout: number | LstmOptions, train: boolean | LstmOptions, bidirectional: boolean | LstmOptions, batchFirst: boolean | LstmOptions, options?: LstmOptions): [Tensor, Tensor, Tensor]
  /** `gru.input(Tensor input, Tensor? hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)` */
  gru(input: Tensor, hx: Tensor | null | GruOptions, params: readonly Tensor[] | GruOptions, hasBiases: boolean | GruOptions, numLayers: number | GruOptions, dropout: number | GruOptions, train: boolean | GruOptions, bidirectional: boolean | GruOptions, batchFirst: boolean | GruOptions, options?: GruOptions): [Tensor, Tensor]
  /** `rnn_tanh.input(Tensor input, Tensor? hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)` */
  rnnTanh(input: Tensor, hx: Tensor | null | RnnTanhOptions, params: readonly Tensor[] | RnnTanhOptions, hasBiases: boolean | RnnTanhOptions, numLayers: number | RnnTanhOptions, dropout: number | RnnTanhOptions, train: boolean | RnnTanhOptions, bidirectional: boolean | RnnTanhOptions, batchFirst: boolean | RnnTanhOptions, options?: RnnTanhOptions): [Tensor, Tensor]
  /** `rnn_relu.input(Tensor input, Tensor? hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)` */
  rnnRelu(input: Tensor, hx: Tensor | null | RnnReluOptions, params: readonly Tensor[] | RnnReluOptions, hasBiases: boolean | RnnReluOptions, numLayers: number | RnnReluOptions, dropout: number | RnnReluOptions, train: boolean | RnnReluOptions, bidirectional: boolean | RnnReluOptions, batchFirst: boolean | RnnReluOptions, options?: RnnReluOptions): [Tensor, Tensor]
  /** `numel(Tensor self) -> int` */
  numel(input: Tensor): number
  /** `is_floating_point(Tensor self) -> bool` */
  isFloatingPoint(input: Tensor): boolean
  /** `abs(Tensor self) -> Tensor` */
  absolute(input: Tensor): Tensor
  /** `acos(Tensor self) -> Tensor` */
  arccos(input: Tensor): Tensor
  /** `acosh(Tensor self) -> Tensor` */
  arccosh(input: Tensor): Tensor
  /** `asin(Tensor self) -> Tensor` */
  arcsin(input: Tensor): Tensor
  /** `asinh(Tensor self) -> Tensor` */
  arcsinh(input: Tensor): Tensor
  /** `atan(Tensor self) -> Tensor` */
  arctan(input: Tensor): Tensor
  /** `atan2(Tensor self, Tensor other) -> Tensor` */
  arctan2(input: Tensor, other: Tensor | Arctan2Options, options?: Arctan2Options): Tensor
  /** `atanh(Tensor self) -> Tensor` */
  arctanh(input: Tensor): Tensor
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clip(input: Tensor, min?: number | boolean | null | ClipOptions, max?: number | boolean | null | ClipOptions, options?: ClipOptions): Tensor
  /** `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clip(input: Tensor, min?: Tensor | null | ClipOptions2, max?: Tensor | null | ClipOptions2, options?: ClipOptions2): Tensor
  /** `cat(Tensor[] tensors, int dim=0) -> Tensor` */
  concat(tensors: readonly Tensor[], dim?: number | ConcatOptions, options?: ConcatOptions): Tensor
  /** `cat(Tensor[] tensors, int dim=0) -> Tensor` */
  concatenate(tensors: readonly Tensor[], dim?: number | ConcatenateOptions, options?: ConcatenateOptions): Tensor
  /** `div.Tensor(Tensor self, Tensor other) -> Tensor` */
  divide(input: Tensor, other: Tensor | DivideOptions, options?: DivideOptions): Tensor
  /** `div.Scalar(Tensor self, Scalar other) -> Tensor` */
  divide(input: Tensor, other: number | boolean | DivideOptions2, options?: DivideOptions2): Tensor
  /** `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  divide(input: Tensor, other: Tensor | DivideOptions3, options?: DivideOptions3): Tensor
  /** `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  divide(input: Tensor, other: number | boolean | DivideOptions4, options?: DivideOptions4): Tensor
  /** `div.Tensor(Tensor self, Tensor other) -> Tensor` */
  trueDivide(input: Tensor, other: Tensor | TrueDivideOptions, options?: TrueDivideOptions): Tensor
  /** `div.Scalar(Tensor self, Scalar other) -> Tensor` */
  trueDivide(input: Tensor, other: number | boolean | TrueDivideOptions2, options?: TrueDivideOptions2): Tensor
  /** `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  trueDivide(input: Tensor, other: Tensor | TrueDivideOptions3, options?: TrueDivideOptions3): Tensor
  /** `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  trueDivide(input: Tensor, other: number | boolean | TrueDivideOptions4, options?: TrueDivideOptions4): Tensor
  /** `trunc(Tensor self) -> Tensor` */
  fix(input: Tensor): Tensor
  /** `outer(Tensor self, Tensor vec2) -> Tensor` */
  ger(input: Tensor, vec2: Tensor | GerOptions, options?: GerOptions): Tensor
  /** `gt.Tensor(Tensor self, Tensor other) -> Tensor` */
  greater(input: Tensor, other: Tensor | GreaterOptions, options?: GreaterOptions): Tensor
  /** `gt.Scalar(Tensor self, Scalar other) -> Tensor` */
  greater(input: Tensor, other: number | boolean | GreaterOptions2, options?: GreaterOptions2): Tensor
  /** `ge.Tensor(Tensor self, Tensor other) -> Tensor` */
  greaterEqual(input: Tensor, other: Tensor | GreaterEqualOptions, options?: GreaterEqualOptions): Tensor
  /** `ge.Scalar(Tensor self, Scalar other) -> Tensor` */
  greaterEqual(input: Tensor, other: number | boolean | GreaterEqualOptions2, options?: GreaterEqualOptions2): Tensor
  /** `lt.Tensor(Tensor self, Tensor other) -> Tensor` */
  less(input: Tensor, other: Tensor | LessOptions, options?: LessOptions): Tensor
  /** `lt.Scalar(Tensor self, Scalar other) -> Tensor` */
  less(input: Tensor, other: number | boolean | LessOptions2, options?: LessOptions2): Tensor
  /** `le.Tensor(Tensor self, Tensor other) -> Tensor` */
  lessEqual(input: Tensor, other: Tensor | LessEqualOptions, options?: LessEqualOptions): Tensor
  /** `le.Scalar(Tensor self, Scalar other) -> Tensor` */
  lessEqual(input: Tensor, other: number | boolean | LessEqualOptions2, options?: LessEqualOptions2): Tensor
  /** `movedim.int(Tensor self, int source, int destination) -> Tensor` */
  moveaxis(input: Tensor, source: number | MoveaxisOptions, destination: number | MoveaxisOptions, options?: MoveaxisOptions): Tensor
  /** `movedim.intlist(Tensor self, int[] source, int[] destination) -> Tensor` */
  moveaxis(input: Tensor, source: readonly number[] | MoveaxisOptions2, destination: readonly number[] | MoveaxisOptions2, options?: MoveaxisOptions2): Tensor
  /** `mul.Tensor(Tensor self, Tensor other) -> Tensor` */
  multiply(input: Tensor, other: Tensor | MultiplyOptions, options?: MultiplyOptions): Tensor
  /** `mul.Scalar(Tensor self, Scalar other) -> Tensor` */
  multiply(input: Tensor, other: number | boolean | MultiplyOptions2, options?: MultiplyOptions2): Tensor
  /** `neg(Tensor self) -> Tensor` */
  negative(input: Tensor): Tensor
  /** `ne.Tensor(Tensor self, Tensor other) -> Tensor` */
  notEqual(input: Tensor, other: Tensor | NotEqualOptions, options?: NotEqualOptions): Tensor
  /** `ne.Scalar(Tensor self, Scalar other) -> Tensor` */
  notEqual(input: Tensor, other: number | boolean | NotEqualOptions2, options?: NotEqualOptions2): Tensor
  /** `vstack(Tensor[] tensors) -> Tensor` */
  rowStack(tensors: readonly Tensor[]): Tensor
  /** `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  subtract(input: Tensor, other: Tensor | SubtractOptions, options?: SubtractOptions): Tensor
  /** `sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  subtract(input: Tensor, other: number | boolean | SubtractOptions2, alpha?: number | boolean | SubtractOptions2, options?: SubtractOptions2): Tensor
  /** `swapaxes(Tensor self, int axis0, int axis1) -> Tensor` */
  swapdims(input: Tensor, axis0: number | SwapdimsOptions, axis1: number | SwapdimsOptions, options?: SwapdimsOptions): Tensor
  /** `sigmoid(Tensor self) -> Tensor` */
  expit(input: Tensor): Tensor
}

export interface NNFunctions {
  /** `tanh(Tensor self) -> Tensor` */
  tanh(input: Tensor): Tensor
  /** `tanh_(Tensor self) -> Tensor` */
  tanh_(input: Tensor): Tensor
  /** `sigmoid(Tensor self) -> Tensor` */
  sigmoid(input: Tensor): Tensor
  /** `sigmoid_(Tensor self) -> Tensor` */
  sigmoid_(input: Tensor): Tensor
  /** `relu(Tensor input, bool inplace=False) -> Tensor` */
  relu(input: Tensor, inplace?: boolean | FReluOptions, options?: FReluOptions): Tensor
  /** `relu6(Tensor input, bool inplace=False) -> Tensor` */
  relu6(input: Tensor, inplace?: boolean | FRelu6Options, options?: FRelu6Options): Tensor
  /** `hardtanh(Tensor input, Scalar min_val=-1, Scalar max_val=1, bool inplace=False) -> Tensor` */
  hardtanh(input: Tensor, minVal?: number | boolean | FHardtanhOptions, maxVal?: number | boolean | FHardtanhOptions, inplace?: boolean | FHardtanhOptions, options?: FHardtanhOptions): Tensor
  /** `threshold(Tensor input, Scalar threshold, Scalar value, bool inplace=False) -> Tensor` */
  threshold(input: Tensor, threshold: number | boolean | FThresholdOptions, value: number | boolean | FThresholdOptions, inplace?: boolean | FThresholdOptions, options?: FThresholdOptions): Tensor
  /** `gelu(Tensor self, *, str approximate='none') -> Tensor` */
  gelu(input: Tensor, options?: FGeluOptions): Tensor
  /** `gelu_(Tensor self, *, str approximate='none') -> Tensor` */
  gelu_(input: Tensor, options?: FGelu_Options): Tensor
  /** `silu(Tensor input, bool inplace=False) -> Tensor` */
  silu(input: Tensor, inplace?: boolean | FSiluOptions, options?: FSiluOptions): Tensor
  /** `mish(Tensor input, bool inplace=False) -> Tensor` */
  mish(input: Tensor, inplace?: boolean | FMishOptions, options?: FMishOptions): Tensor
  /** `elu(Tensor input, Scalar alpha=1, bool inplace=False) -> Tensor` */
  elu(input: Tensor, alpha?: number | boolean | FEluOptions, inplace?: boolean | FEluOptions, options?: FEluOptions): Tensor
  /** `selu(Tensor input, bool inplace=False) -> Tensor` */
  selu(input: Tensor, inplace?: boolean | FSeluOptions, options?: FSeluOptions): Tensor
  /** `celu(Tensor input, Scalar alpha=1.0, bool inplace=False) -> Tensor` */
  celu(input: Tensor, alpha?: number | boolean | FCeluOptions, inplace?: boolean | FCeluOptions, options?: FCeluOptions): Tensor
  /** `leaky_relu(Tensor input, Scalar negative_slope=0.01, bool inplace=False) -> Tensor` */
  leakyRelu(input: Tensor, negativeSlope?: number | boolean | FLeakyReluOptions, inplace?: boolean | FLeakyReluOptions, options?: FLeakyReluOptions): Tensor
  /** `softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor` */
  softplus(input: Tensor, beta?: number | boolean | FSoftplusOptions, threshold?: number | boolean | FSoftplusOptions, options?: FSoftplusOptions): Tensor
  /** `softplus_(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor` */
  softplus_(input: Tensor, beta?: number | boolean | FSoftplus_Options, threshold?: number | boolean | FSoftplus_Options, options?: FSoftplus_Options): Tensor
  /** `softsign(Tensor self) -> Tensor` */
  softsign(input: Tensor): Tensor
  /** `tanhshrink(Tensor self) -> Tensor` */
  tanhshrink(input: Tensor): Tensor
  /** `logsigmoid(Tensor self) -> Tensor` */
  logsigmoid(input: Tensor): Tensor
  /** `hardsigmoid(Tensor input, bool inplace=False) -> Tensor` */
  hardsigmoid(input: Tensor, inplace?: boolean | FHardsigmoidOptions, options?: FHardsigmoidOptions): Tensor
  /** `hardswish(Tensor input, bool inplace=False) -> Tensor` */
  hardswish(input: Tensor, inplace?: boolean | FHardswishOptions, options?: FHardswishOptions): Tensor
  /** `hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
  hardshrink(input: Tensor, lambd?: number | boolean | FHardshrinkOptions, options?: FHardshrinkOptions): Tensor
  /** `softshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
  softshrink(input: Tensor, lambd?: number | boolean | FSoftshrinkOptions, options?: FSoftshrinkOptions): Tensor
  /** `prelu(Tensor self, Tensor weight) -> Tensor` */
  prelu(input: Tensor, weight: Tensor | FPreluOptions, options?: FPreluOptions): Tensor
  /** `glu(Tensor self, int dim=-1) -> Tensor` */
  glu(input: Tensor, dim?: number | FGluOptions, options?: FGluOptions): Tensor
  /** `dropout(Tensor input, float p=0.5, bool training=True, bool inplace=False) -> Tensor` */
  dropout(input: Tensor, p?: number | FDropoutOptions, training?: boolean | FDropoutOptions, inplace?: boolean | FDropoutOptions, options?: FDropoutOptions): Tensor
  /** `softmax(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor` */
  softmax(input: Tensor, dim: number | FSoftmaxOptions, options?: FSoftmaxOptions): Tensor
  /** `log_softmax(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor` */
  logSoftmax(input: Tensor, dim: number | FLogSoftmaxOptions, options?: FLogSoftmaxOptions): Tensor
  /** `softmin(Tensor input, int dim, *, ScalarType? dtype=None) -> Tensor` */
  softmin(input: Tensor, dim: number | FSoftminOptions, options?: FSoftminOptions): Tensor
  /** `linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor` */
  linear(input: Tensor, weight: Tensor | FLinearOptions, bias?: Tensor | null | FLinearOptions, options?: FLinearOptions): Tensor
  /** `conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] dilation=1, SymInt groups=1) -> Tensor` */
  conv1d(input: Tensor, weight: Tensor | FConv1dOptions, bias?: Tensor | null | FConv1dOptions, stride?: Sizes | FConv1dOptions, padding?: Sizes | FConv1dOptions, dilation?: Sizes | FConv1dOptions, groups?: number | FConv1dOptions, options?: FConv1dOptions): Tensor
  /** `conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, str padding="valid", SymInt[1] dilation=1, SymInt groups=1) -> Tensor` */
  conv1d(input: Tensor, weight: Tensor | FConv1dOptions2, bias?: Tensor | null | FConv1dOptions2, stride?: Sizes | FConv1dOptions2, padding?: string | FConv1dOptions2, dilation?: Sizes | FConv1dOptions2, groups?: number | FConv1dOptions2, options?: FConv1dOptions2): Tensor
  /** `conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1, SymInt groups=1) -> Tensor` */
  conv2d(input: Tensor, weight: Tensor | FConv2dOptions, bias?: Tensor | null | FConv2dOptions, stride?: Sizes | FConv2dOptions, padding?: Sizes | FConv2dOptions, dilation?: Sizes | FConv2dOptions, groups?: number | FConv2dOptions, options?: FConv2dOptions): Tensor
  /** `conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, str padding="valid", SymInt[2] dilation=1, SymInt groups=1) -> Tensor` */
  conv2d(input: Tensor, weight: Tensor | FConv2dOptions2, bias?: Tensor | null | FConv2dOptions2, stride?: Sizes | FConv2dOptions2, padding?: string | FConv2dOptions2, dilation?: Sizes | FConv2dOptions2, groups?: number | FConv2dOptions2, options?: FConv2dOptions2): Tensor
  /** `conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] dilation=1, SymInt groups=1) -> Tensor` */
  conv3d(input: Tensor, weight: Tensor | FConv3dOptions, bias?: Tensor | null | FConv3dOptions, stride?: Sizes | FConv3dOptions, padding?: Sizes | FConv3dOptions, dilation?: Sizes | FConv3dOptions, groups?: number | FConv3dOptions, options?: FConv3dOptions): Tensor
  /** `conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, str padding="valid", SymInt[3] dilation=1, SymInt groups=1) -> Tensor` */
  conv3d(input: Tensor, weight: Tensor | FConv3dOptions2, bias?: Tensor | null | FConv3dOptions2, stride?: Sizes | FConv3dOptions2, padding?: string | FConv3dOptions2, dilation?: Sizes | FConv3dOptions2, groups?: number | FConv3dOptions2, options?: FConv3dOptions2): Tensor
  /** `conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] output_padding=0, SymInt groups=1, SymInt[1] dilation=1) -> Tensor` */
  convTranspose1d(input: Tensor, weight: Tensor | FConvTranspose1dOptions, bias?: Tensor | null | FConvTranspose1dOptions, stride?: Sizes | FConvTranspose1dOptions, padding?: Sizes | FConvTranspose1dOptions, outputPadding?: Sizes | FConvTranspose1dOptions, groups?: number | FConvTranspose1dOptions, dilation?: Sizes | FConvTranspose1dOptions, options?: FConvTranspose1dOptions): Tensor
  /** `conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] output_padding=0, SymInt groups=1, SymInt[2] dilation=1) -> Tensor` */
  convTranspose2d(input: Tensor, weight: Tensor | FConvTranspose2dOptions, bias?: Tensor | null | FConvTranspose2dOptions, stride?: Sizes | FConvTranspose2dOptions, padding?: Sizes | FConvTranspose2dOptions, outputPadding?: Sizes | FConvTranspose2dOptions, groups?: number | FConvTranspose2dOptions, dilation?: Sizes | FConvTranspose2dOptions, options?: FConvTranspose2dOptions): Tensor
  /** `conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] output_padding=0, SymInt groups=1, SymInt[3] dilation=1) -> Tensor` */
  convTranspose3d(input: Tensor, weight: Tensor | FConvTranspose3dOptions, bias?: Tensor | null | FConvTranspose3dOptions, stride?: Sizes | FConvTranspose3dOptions, padding?: Sizes | FConvTranspose3dOptions, outputPadding?: Sizes | FConvTranspose3dOptions, groups?: number | FConvTranspose3dOptions, dilation?: Sizes | FConvTranspose3dOptions, options?: FConvTranspose3dOptions): Tensor
  /** `max_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, int[2] dilation=1, bool ceil_mode=False, bool return_indices=False) -> Tensor` */
  maxPool2d(input: Tensor, kernelSize: Sizes | FMaxPool2dOptions, stride?: Sizes | null | FMaxPool2dOptions, padding?: Sizes | FMaxPool2dOptions, dilation?: Sizes | FMaxPool2dOptions, ceilMode?: boolean | FMaxPool2dOptions, returnIndices?: false | FMaxPool2dOptions, options?: FMaxPool2dOptions): Tensor
  /** `max_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, int[2] dilation=1, bool ceil_mode=False, bool return_indices=False) -> (Tensor, Tensor)` */
  maxPool2d(input: Tensor, options: FMaxPool2dOptions2): [Tensor, Tensor]
  /** `max_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, int[2] dilation=1, bool ceil_mode=False, bool return_indices=False) -> (Tensor, Tensor)` */
  maxPool2d(input: Tensor, kernelSize: Sizes, options: FMaxPool2dOptions2): [Tensor, Tensor]
  /** `avg_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` */
  avgPool2d(input: Tensor, kernelSize: Sizes | FAvgPool2dOptions, stride?: Sizes | null | FAvgPool2dOptions, padding?: Sizes | FAvgPool2dOptions, ceilMode?: boolean | FAvgPool2dOptions, countIncludePad?: boolean | FAvgPool2dOptions, divisorOverride?: number | null | FAvgPool2dOptions, options?: FAvgPool2dOptions): Tensor
  /** `max_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, int[1] dilation=1, bool ceil_mode=False, bool return_indices=False) -> Tensor` */
  maxPool1d(input: Tensor, kernelSize: Sizes | FMaxPool1dOptions, stride?: Sizes | null | FMaxPool1dOptions, padding?: Sizes | FMaxPool1dOptions, dilation?: Sizes | FMaxPool1dOptions, ceilMode?: boolean | FMaxPool1dOptions, returnIndices?: false | FMaxPool1dOptions, options?: FMaxPool1dOptions): Tensor
  /** `max_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, int[1] dilation=1, bool ceil_mode=False, bool return_indices=False) -> (Tensor, Tensor)` */
  maxPool1d(input: Tensor, options: FMaxPool1dOptions2): [Tensor, Tensor]
  /** `max_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, int[1] dilation=1, bool ceil_mode=False, bool return_indices=False) -> (Tensor, Tensor)` */
  maxPool1d(input: Tensor, kernelSize: Sizes, options: FMaxPool1dOptions2): [Tensor, Tensor]
  /** `max_pool3d(Tensor input, int[3] kernel_size, int[3]? stride=None, int[3] padding=0, int[3] dilation=1, bool ceil_mode=False, bool return_indices=False) -> Tensor` */
  maxPool3d(input: Tensor, kernelSize: Sizes | FMaxPool3dOptions, stride?: Sizes | null | FMaxPool3dOptions, padding?: Sizes | FMaxPool3dOptions, dilation?: Sizes | FMaxPool3dOptions, ceilMode?: boolean | FMaxPool3dOptions, returnIndices?: false | FMaxPool3dOptions, options?: FMaxPool3dOptions): Tensor
  /** `max_pool3d(Tensor input, int[3] kernel_size, int[3]? stride=None, int[3] padding=0, int[3] dilation=1, bool ceil_mode=False, bool return_indices=False) -> (Tensor, Tensor)` */
  maxPool3d(input: Tensor, options: FMaxPool3dOptions2): [Tensor, Tensor]
  /** `max_pool3d(Tensor input, int[3] kernel_size, int[3]? stride=None, int[3] padding=0, int[3] dilation=1, bool ceil_mode=False, bool return_indices=False) -> (Tensor, Tensor)` */
  maxPool3d(input: Tensor, kernelSize: Sizes, options: FMaxPool3dOptions2): [Tensor, Tensor]
  /** `max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
  maxPool1dWithIndices(input: Tensor, kernelSize: Sizes | FMaxPool1dWithIndicesOptions, stride?: Sizes | FMaxPool1dWithIndicesOptions, padding?: Sizes | FMaxPool1dWithIndicesOptions, dilation?: Sizes | FMaxPool1dWithIndicesOptions, ceilMode?: boolean | FMaxPool1dWithIndicesOptions, options?: FMaxPool1dWithIndicesOptions): [Tensor, Tensor]
  /** `max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
  maxPool2dWithIndices(input: Tensor, kernelSize: Sizes | FMaxPool2dWithIndicesOptions, stride?: Sizes | FMaxPool2dWithIndicesOptions, padding?: Sizes | FMaxPool2dWithIndicesOptions, dilation?: Sizes | FMaxPool2dWithIndicesOptions, ceilMode?: boolean | FMaxPool2dWithIndicesOptions, options?: FMaxPool2dWithIndicesOptions): [Tensor, Tensor]
  /** `max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
  maxPool3dWithIndices(input: Tensor, kernelSize: Sizes | FMaxPool3dWithIndicesOptions, stride?: Sizes | FMaxPool3dWithIndicesOptions, padding?: Sizes | FMaxPool3dWithIndicesOptions, dilation?: Sizes | FMaxPool3dWithIndicesOptions, ceilMode?: boolean | FMaxPool3dWithIndicesOptions, options?: FMaxPool3dWithIndicesOptions): [Tensor, Tensor]
  /** `avg_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor` */
  avgPool1d(input: Tensor, kernelSize: Sizes | FAvgPool1dOptions, stride?: Sizes | null | FAvgPool1dOptions, padding?: Sizes | FAvgPool1dOptions, ceilMode?: boolean | FAvgPool1dOptions, countIncludePad?: boolean | FAvgPool1dOptions, options?: FAvgPool1dOptions): Tensor
  /** `avg_pool3d(Tensor input, int[3] kernel_size, int[3]? stride=None, int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` */
  avgPool3d(input: Tensor, kernelSize: Sizes | FAvgPool3dOptions, stride?: Sizes | null | FAvgPool3dOptions, padding?: Sizes | FAvgPool3dOptions, ceilMode?: boolean | FAvgPool3dOptions, countIncludePad?: boolean | FAvgPool3dOptions, divisorOverride?: number | null | FAvgPool3dOptions, options?: FAvgPool3dOptions): Tensor
  /** `adaptive_avg_pool1d(Tensor self, SymInt?[1] output_size) -> Tensor` */
  adaptiveAvgPool1d(input: Tensor, outputSize: number | null | readonly (number | null)[] | FAdaptiveAvgPool1dOptions, options?: FAdaptiveAvgPool1dOptions): Tensor
  /** `adaptive_avg_pool2d(Tensor self, SymInt?[2] output_size) -> Tensor` */
  adaptiveAvgPool2d(input: Tensor, outputSize: number | null | readonly (number | null)[] | FAdaptiveAvgPool2dOptions, options?: FAdaptiveAvgPool2dOptions): Tensor
  /** `adaptive_avg_pool3d(Tensor self, SymInt?[3] output_size) -> Tensor` */
  adaptiveAvgPool3d(input: Tensor, outputSize: number | null | readonly (number | null)[] | FAdaptiveAvgPool3dOptions, options?: FAdaptiveAvgPool3dOptions): Tensor
  /** `adaptive_max_pool1d(Tensor input, SymInt?[1] output_size, bool return_indices=False) -> (Tensor, Tensor)` */
  adaptiveMaxPool1d(input: Tensor, options: FAdaptiveMaxPool1dOptions): [Tensor, Tensor]
  /** `adaptive_max_pool1d(Tensor input, SymInt?[1] output_size, bool return_indices=False) -> (Tensor, Tensor)` */
  adaptiveMaxPool1d(input: Tensor, outputSize: number | null | readonly (number | null)[], options: FAdaptiveMaxPool1dOptions): [Tensor, Tensor]
  /** `adaptive_max_pool1d(Tensor input, SymInt?[1] output_size, bool return_indices=False) -> Tensor` */
  adaptiveMaxPool1d(input: Tensor, outputSize: number | null | readonly (number | null)[] | FAdaptiveMaxPool1dOptions2, returnIndices?: false | FAdaptiveMaxPool1dOptions2, options?: FAdaptiveMaxPool1dOptions2): Tensor
  /** `adaptive_max_pool2d(Tensor input, SymInt?[2] output_size, bool return_indices=False) -> (Tensor, Tensor)` */
  adaptiveMaxPool2d(input: Tensor, options: FAdaptiveMaxPool2dOptions): [Tensor, Tensor]
  /** `adaptive_max_pool2d(Tensor input, SymInt?[2] output_size, bool return_indices=False) -> (Tensor, Tensor)` */
  adaptiveMaxPool2d(input: Tensor, outputSize: number | null | readonly (number | null)[], options: FAdaptiveMaxPool2dOptions): [Tensor, Tensor]
  /** `adaptive_max_pool2d(Tensor input, SymInt?[2] output_size, bool return_indices=False) -> Tensor` */
  adaptiveMaxPool2d(input: Tensor, outputSize: number | null | readonly (number | null)[] | FAdaptiveMaxPool2dOptions2, returnIndices?: false | FAdaptiveMaxPool2dOptions2, options?: FAdaptiveMaxPool2dOptions2): Tensor
  /** `adaptive_max_pool3d(Tensor input, SymInt?[3] output_size, bool return_indices=False) -> (Tensor, Tensor)` */
  adaptiveMaxPool3d(input: Tensor, options: FAdaptiveMaxPool3dOptions): [Tensor, Tensor]
  /** `adaptive_max_pool3d(Tensor input, SymInt?[3] output_size, bool return_indices=False) -> (Tensor, Tensor)` */
  adaptiveMaxPool3d(input: Tensor, outputSize: number | null | readonly (number | null)[], options: FAdaptiveMaxPool3dOptions): [Tensor, Tensor]
  /** `adaptive_max_pool3d(Tensor input, SymInt?[3] output_size, bool return_indices=False) -> Tensor` */
  adaptiveMaxPool3d(input: Tensor, outputSize: number | null | readonly (number | null)[] | FAdaptiveMaxPool3dOptions2, returnIndices?: false | FAdaptiveMaxPool3dOptions2, options?: FAdaptiveMaxPool3dOptions2): Tensor
  /** `batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-05, bool cudnn_enabled=True) -> Tensor` */
  batchNorm(input: Tensor, runningMean: Tensor | null | FBatchNormOptions, runningVar: Tensor | null | FBatchNormOptions, weight?: Tensor | null | FBatchNormOptions, bias?: Tensor | null | FBatchNormOptions, training?: boolean | FBatchNormOptions, momentum?: number | FBatchNormOptions, eps?: number | FBatchNormOptions, options?: FBatchNormOptions): Tensor
  /** `instance_norm(Tensor input, Tensor? running_mean=None, Tensor? running_var=None, Tensor? weight=None, Tensor? bias=None, bool use_input_stats=True, float momentum=0.1, float eps=1e-05, bool cudnn_enabled=True) -> Tensor` */
  instanceNorm(input: Tensor, runningMean?: Tensor | null | FInstanceNormOptions, runningVar?: Tensor | null | FInstanceNormOptions, weight?: Tensor | null | FInstanceNormOptions, bias?: Tensor | null | FInstanceNormOptions, useInputStats?: boolean | FInstanceNormOptions, momentum?: number | FInstanceNormOptions, eps?: number | FInstanceNormOptions, options?: FInstanceNormOptions): Tensor
  /** `layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor` */
  layerNorm(input: Tensor, normalizedShape: readonly number[] | FLayerNormOptions, weight?: Tensor | null | FLayerNormOptions, bias?: Tensor | null | FLayerNormOptions, eps?: number | FLayerNormOptions, options?: FLayerNormOptions): Tensor
  /** `rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor` */
  rmsNorm(input: Tensor, normalizedShape: readonly number[] | FRmsNormOptions, weight?: Tensor | null | FRmsNormOptions, eps?: number | null | FRmsNormOptions, options?: FRmsNormOptions): Tensor
  /** `group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor` */
  groupNorm(input: Tensor, numGroups: number | FGroupNormOptions, weight?: Tensor | null | FGroupNormOptions, bias?: Tensor | null | FGroupNormOptions, eps?: number | FGroupNormOptions, options?: FGroupNormOptions): Tensor
  /** `normalize(Tensor input, float p=2.0, int dim=1, float eps=1e-12) -> Tensor` */
  normalize(input: Tensor, p?: number | FNormalizeOptions, dim?: number | FNormalizeOptions, eps?: number | FNormalizeOptions, options?: FNormalizeOptions): Tensor
  /** `pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor` */
  pad(input: Tensor, pad: readonly number[] | FPadOptions, mode?: string | FPadOptions, value?: number | null | FPadOptions, options?: FPadOptions): Tensor
  /** `embedding(Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None, float norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor` */
  embedding(input: Tensor, weight: Tensor | FEmbeddingOptions, paddingIdx?: number | null | FEmbeddingOptions, maxNorm?: number | null | FEmbeddingOptions, normType?: number | FEmbeddingOptions, options?: FEmbeddingOptions): Tensor
  /** `one_hot(Tensor self, int num_classes=-1) -> Tensor` */
  oneHot(input: Tensor, numClasses?: number | FOneHotOptions, options?: FOneHotOptions): Tensor
  /** `pixel_shuffle(Tensor self, int upscale_factor) -> Tensor` */
  pixelShuffle(input: Tensor, upscaleFactor: number | FPixelShuffleOptions, options?: FPixelShuffleOptions): Tensor
  /** `pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor` */
  pixelUnshuffle(input: Tensor, downscaleFactor: number | FPixelUnshuffleOptions, options?: FPixelUnshuffleOptions): Tensor
  /** `channel_shuffle(Tensor self, int groups) -> Tensor` */
  channelShuffle(input: Tensor, groups: number | FChannelShuffleOptions, options?: FChannelShuffleOptions): Tensor
  /** `l1_loss(Tensor input, Tensor target, *, str reduction='mean') -> Tensor` */
  l1Loss(input: Tensor, target: Tensor | FL1LossOptions, options?: FL1LossOptions): Tensor
  /** `mse_loss(Tensor input, Tensor target, *, str reduction='mean') -> Tensor` */
  mseLoss(input: Tensor, target: Tensor | FMseLossOptions, options?: FMseLossOptions): Tensor
  /** `smooth_l1_loss(Tensor input, Tensor target, *, float beta=1.0, str reduction='mean') -> Tensor` */
  smoothL1Loss(input: Tensor, target: Tensor | FSmoothL1LossOptions, options?: FSmoothL1LossOptions): Tensor
  /** `huber_loss(Tensor input, Tensor target, *, float delta=1.0, str reduction='mean') -> Tensor` */
  huberLoss(input: Tensor, target: Tensor | FHuberLossOptions, options?: FHuberLossOptions): Tensor
  /** `soft_margin_loss(Tensor input, Tensor target, *, str reduction='mean') -> Tensor` */
  softMarginLoss(input: Tensor, target: Tensor | FSoftMarginLossOptions, options?: FSoftMarginLossOptions): Tensor
  /** `hinge_embedding_loss(Tensor input, Tensor target, *, float margin=1.0, str reduction='mean') -> Tensor` */
  hingeEmbeddingLoss(input: Tensor, target: Tensor | FHingeEmbeddingLossOptions, options?: FHingeEmbeddingLossOptions): Tensor
  /** `margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, *, float margin=0.0, str reduction='mean') -> Tensor` */
  marginRankingLoss(input1: Tensor, input2: Tensor | FMarginRankingLossOptions, target: Tensor | FMarginRankingLossOptions, options?: FMarginRankingLossOptions): Tensor
  /** `cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, *, float margin=0.0, str reduction='mean') -> Tensor` */
  cosineEmbeddingLoss(input1: Tensor, input2: Tensor | FCosineEmbeddingLossOptions, target: Tensor | FCosineEmbeddingLossOptions, options?: FCosineEmbeddingLossOptions): Tensor
  /** `triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, *, float margin=1.0, float p=2, float eps=1e-06, bool swap=False, str reduction='mean') -> Tensor` */
  tripletMarginLoss(anchor: Tensor, positive: Tensor | FTripletMarginLossOptions, negative: Tensor | FTripletMarginLossOptions, options?: FTripletMarginLossOptions): Tensor
  /** `poisson_nll_loss(Tensor input, Tensor target, *, bool log_input=True, bool full=False, float eps=1e-08, str reduction='mean') -> Tensor` */
  poissonNllLoss(input: Tensor, target: Tensor | FPoissonNllLossOptions, options?: FPoissonNllLossOptions): Tensor
  /** `gaussian_nll_loss(Tensor input, Tensor target, Tensor var, *, bool full=False, float eps=1e-06, str reduction='mean') -> Tensor` */
  gaussianNllLoss(input: Tensor, target: Tensor | FGaussianNllLossOptions, variance: Tensor | FGaussianNllLossOptions, options?: FGaussianNllLossOptions): Tensor
  /** `binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, *, str reduction='mean') -> Tensor` */
  binaryCrossEntropy(input: Tensor, target: Tensor | FBinaryCrossEntropyOptions, weight?: Tensor | null | FBinaryCrossEntropyOptions, options?: FBinaryCrossEntropyOptions): Tensor
  /** `binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, *, Tensor? pos_weight=None, str reduction='mean') -> Tensor` */
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor | FBinaryCrossEntropyWithLogitsOptions, weight?: Tensor | null | FBinaryCrossEntropyWithLogitsOptions, options?: FBinaryCrossEntropyWithLogitsOptions): Tensor
  /** `kl_div(Tensor input, Tensor target, *, bool log_target=False, str reduction='mean') -> Tensor` */
  klDiv(input: Tensor, target: Tensor | FKlDivOptions, options?: FKlDivOptions): Tensor
  /** `nll_loss(Tensor input, Tensor target, Tensor? weight=None, *, int ignore_index=-100, str reduction='mean') -> Tensor` */
  nllLoss(input: Tensor, target: Tensor | FNllLossOptions, weight?: Tensor | null | FNllLossOptions, options?: FNllLossOptions): Tensor
  /** `cross_entropy(Tensor input, Tensor target, Tensor? weight=None, *, int ignore_index=-100, float label_smoothing=0.0, str reduction='mean') -> Tensor` */
  crossEntropy(input: Tensor, target: Tensor | FCrossEntropyOptions, weight?: Tensor | null | FCrossEntropyOptions, options?: FCrossEntropyOptions): Tensor
  /** `multi_margin_loss(Tensor input, Tensor target, *, int p=1, float margin=1.0, Tensor? weight=None, str reduction='mean') -> Tensor` */
  multiMarginLoss(input: Tensor, target: Tensor | FMultiMarginLossOptions, options?: FMultiMarginLossOptions): Tensor
  /** `multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight=None, *, str reduction='mean') -> Tensor` */
  multilabelSoftMarginLoss(input: Tensor, target: Tensor | FMultilabelSoftMarginLossOptions, weight?: Tensor | null | FMultilabelSoftMarginLossOptions, options?: FMultilabelSoftMarginLossOptions): Tensor
  /** `multilabel_margin_loss(Tensor input, Tensor target, *, str reduction='mean') -> Tensor` */
  multilabelMarginLoss(input: Tensor, target: Tensor | FMultilabelMarginLossOptions, options?: FMultilabelMarginLossOptions): Tensor
  /** `cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor` */
  cosineSimilarity(x1: Tensor, x2: Tensor | FCosineSimilarityOptions, dim?: number | FCosineSimilarityOptions, eps?: number | FCosineSimilarityOptions, options?: FCosineSimilarityOptions): Tensor
  /** `pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor` */
  pairwiseDistance(x1: Tensor, x2: Tensor | FPairwiseDistanceOptions, p?: number | FPairwiseDistanceOptions, eps?: number | FPairwiseDistanceOptions, keepdim?: boolean | FPairwiseDistanceOptions, options?: FPairwiseDistanceOptions): Tensor
  /** `pdist(Tensor self, float p=2) -> Tensor` */
  pdist(input: Tensor, p?: number | FPdistOptions, options?: FPdistOptions): Tensor
  /** `bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor` */
  bilinear(input1: Tensor, input2: Tensor | FBilinearOptions, weight: Tensor | FBilinearOptions, bias?: Tensor | null | FBilinearOptions, options?: FBilinearOptions): Tensor
  /** `local_response_norm(Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0) -> Tensor` */
  localResponseNorm(input: Tensor, size: number | FLocalResponseNormOptions, alpha?: number | FLocalResponseNormOptions, beta?: number | FLocalResponseNormOptions, k?: number | FLocalResponseNormOptions, options?: FLocalResponseNormOptions): Tensor
  /** `interpolate(Tensor input, SymInt[1]? size=None, float[1]? scale_factor=None, str mode='nearest', bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor` */
  interpolate(input: Tensor, size?: Sizes | null | FInterpolateOptions, scaleFactor?: number | readonly number[] | null | FInterpolateOptions, mode?: string | FInterpolateOptions, alignCorners?: boolean | null | FInterpolateOptions, recomputeScaleFactor?: boolean | null | FInterpolateOptions, antialias?: boolean | FInterpolateOptions, options?: FInterpolateOptions): Tensor
  /** `upsample_nearest(Tensor input, SymInt[1]? size=None, float[1]? scale_factor=None) -> Tensor` */
  upsampleNearest(input: Tensor, size?: Sizes | null | FUpsampleNearestOptions, scaleFactor?: number | readonly number[] | null | FUpsampleNearestOptions, options?: FUpsampleNearestOptions): Tensor
  /** `upsample_bilinear(Tensor input, SymInt[1]? size=None, float[1]? scale_factor=None) -> Tensor` */
  upsampleBilinear(input: Tensor, size?: Sizes | null | FUpsampleBilinearOptions, scaleFactor?: number | readonly number[] | null | FUpsampleBilinearOptions, options?: FUpsampleBilinearOptions): Tensor
  /** `grid_sample(Tensor input, Tensor grid, str mode='bilinear', str padding_mode='zeros', bool? align_corners=None) -> Tensor` */
  gridSample(input: Tensor, grid: Tensor | FGridSampleOptions, mode?: string | FGridSampleOptions, paddingMode?: string | FGridSampleOptions, alignCorners?: boolean | null | FGridSampleOptions, options?: FGridSampleOptions): Tensor
  /** `unfold(Tensor input, int[2] kernel_size, int[2] dilation=1, int[2] padding=0, int[2] stride=1) -> Tensor` */
  unfold(input: Tensor, kernelSize: Sizes | FUnfoldOptions, dilation?: Sizes | FUnfoldOptions, padding?: Sizes | FUnfoldOptions, stride?: Sizes | FUnfoldOptions, options?: FUnfoldOptions): Tensor
  /** `scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor` */
  scaledDotProductAttention(query: Tensor, key: Tensor | FScaledDotProductAttentionOptions, value: Tensor | FScaledDotProductAttentionOptions, attnMask?: Tensor | null | FScaledDotProductAttentionOptions, dropoutP?: number | FScaledDotProductAttentionOptions, isCausal?: boolean | FScaledDotProductAttentionOptions, options?: FScaledDotProductAttentionOptions): Tensor
  /** `sigmoid(Tensor self) -> Tensor` */
  expit(input: Tensor): Tensor
}

export interface TensorMethods {
  /** `add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  add(other: Tensor | TensorAddOptions, options?: TensorAddOptions): Tensor
  /** `add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  add(other: number | boolean | TensorAddOptions2, alpha?: number | boolean | TensorAddOptions2, options?: TensorAddOptions2): Tensor
  /** `add_.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  add_(other: Tensor | TensorAdd_Options, options?: TensorAdd_Options): Tensor
  /** `add_.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  add_(other: number | boolean | TensorAdd_Options2, alpha?: number | boolean | TensorAdd_Options2, options?: TensorAdd_Options2): Tensor
  /** `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  sub(other: Tensor | TensorSubOptions, options?: TensorSubOptions): Tensor
  /** `sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  sub(other: number | boolean | TensorSubOptions2, alpha?: number | boolean | TensorSubOptions2, options?: TensorSubOptions2): Tensor
  /** `sub_.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  sub_(other: Tensor | TensorSub_Options, options?: TensorSub_Options): Tensor
  /** `sub_.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  sub_(other: number | boolean | TensorSub_Options2, alpha?: number | boolean | TensorSub_Options2, options?: TensorSub_Options2): Tensor
  /** `mul.Tensor(Tensor self, Tensor other) -> Tensor` */
  mul(other: Tensor | TensorMulOptions, options?: TensorMulOptions): Tensor
  /** `mul.Scalar(Tensor self, Scalar other) -> Tensor` */
  mul(other: number | boolean | TensorMulOptions2, options?: TensorMulOptions2): Tensor
  /** `mul_.Tensor(Tensor self, Tensor other) -> Tensor` */
  mul_(other: Tensor | TensorMul_Options, options?: TensorMul_Options): Tensor
  /** `mul_.Scalar(Tensor self, Scalar other) -> Tensor` */
  mul_(other: number | boolean | TensorMul_Options2, options?: TensorMul_Options2): Tensor
  /** `div.Tensor(Tensor self, Tensor other) -> Tensor` */
  div(other: Tensor | TensorDivOptions, options?: TensorDivOptions): Tensor
  /** `div.Scalar(Tensor self, Scalar other) -> Tensor` */
  div(other: number | boolean | TensorDivOptions2, options?: TensorDivOptions2): Tensor
  /** `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  div(other: Tensor | TensorDivOptions3, options?: TensorDivOptions3): Tensor
  /** `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  div(other: number | boolean | TensorDivOptions4, options?: TensorDivOptions4): Tensor
  /** `div_.Tensor(Tensor self, Tensor other) -> Tensor` */
  div_(other: Tensor | TensorDiv_Options, options?: TensorDiv_Options): Tensor
  /** `div_.Scalar(Tensor self, Scalar other) -> Tensor` */
  div_(other: number | boolean | TensorDiv_Options2, options?: TensorDiv_Options2): Tensor
  /** `div_.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  div_(other: Tensor | TensorDiv_Options3, options?: TensorDiv_Options3): Tensor
  /** `div_.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  div_(other: number | boolean | TensorDiv_Options4, options?: TensorDiv_Options4): Tensor
  /** `floor_divide.Tensor(Tensor self, Tensor other) -> Tensor` */
  floorDivide(other: Tensor | TensorFloorDivideOptions, options?: TensorFloorDivideOptions): Tensor
  /** `floor_divide.Scalar(Tensor self, Scalar other) -> Tensor` */
  floorDivide(other: number | boolean | TensorFloorDivideOptions2, options?: TensorFloorDivideOptions2): Tensor
  /** `floor_divide_.Tensor(Tensor self, Tensor other) -> Tensor` */
  floorDivide_(other: Tensor | TensorFloorDivide_Options, options?: TensorFloorDivide_Options): Tensor
  /** `floor_divide_.Scalar(Tensor self, Scalar other) -> Tensor` */
  floorDivide_(other: number | boolean | TensorFloorDivide_Options2, options?: TensorFloorDivide_Options2): Tensor
  /** `remainder.Tensor(Tensor self, Tensor other) -> Tensor` */
  remainder(other: Tensor | TensorRemainderOptions, options?: TensorRemainderOptions): Tensor
  /** `remainder.Scalar(Tensor self, Scalar other) -> Tensor` */
  remainder(other: number | boolean | TensorRemainderOptions2, options?: TensorRemainderOptions2): Tensor
  /** `remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor` */
  remainder(other: Tensor | TensorRemainderOptions3, options?: TensorRemainderOptions3): Tensor
  /** `remainder_.Tensor(Tensor self, Tensor other) -> Tensor` */
  remainder_(other: Tensor | TensorRemainder_Options, options?: TensorRemainder_Options): Tensor
  /** `remainder_.Scalar(Tensor self, Scalar other) -> Tensor` */
  remainder_(other: number | boolean | TensorRemainder_Options2, options?: TensorRemainder_Options2): Tensor
  /** `fmod.Tensor(Tensor self, Tensor other) -> Tensor` */
  fmod(other: Tensor | TensorFmodOptions, options?: TensorFmodOptions): Tensor
  /** `fmod.Scalar(Tensor self, Scalar other) -> Tensor` */
  fmod(other: number | boolean | TensorFmodOptions2, options?: TensorFmodOptions2): Tensor
  /** `fmod_.Tensor(Tensor self, Tensor other) -> Tensor` */
  fmod_(other: Tensor | TensorFmod_Options, options?: TensorFmod_Options): Tensor
  /** `fmod_.Scalar(Tensor self, Scalar other) -> Tensor` */
  fmod_(other: number | boolean | TensorFmod_Options2, options?: TensorFmod_Options2): Tensor
  /** `pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  pow(exponent: Tensor | TensorPowOptions, options?: TensorPowOptions): Tensor
  /** `pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  pow(exponent: number | boolean | TensorPowOptions2, options?: TensorPowOptions2): Tensor
  /** `pow.Scalar(Scalar self, Tensor exponent) -> Tensor` */
  pow(exponent: Tensor | TensorPowOptions3, options?: TensorPowOptions3): Tensor
  /** `pow_.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  pow_(exponent: Tensor | TensorPow_Options, options?: TensorPow_Options): Tensor
  /** `pow_.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  pow_(exponent: number | boolean | TensorPow_Options2, options?: TensorPow_Options2): Tensor
  /** `float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  floatPower(exponent: Tensor | TensorFloatPowerOptions, options?: TensorFloatPowerOptions): Tensor
  /** `float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  floatPower(exponent: number | boolean | TensorFloatPowerOptions2, options?: TensorFloatPowerOptions2): Tensor
  /** `float_power_.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor` */
  floatPower_(exponent: Tensor | TensorFloatPower_Options, options?: TensorFloatPower_Options): Tensor
  /** `float_power_.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor` */
  floatPower_(exponent: number | boolean | TensorFloatPower_Options2, options?: TensorFloatPower_Options2): Tensor
  /** `atan2(Tensor self, Tensor other) -> Tensor` */
  atan2(other: Tensor | TensorAtan2Options, options?: TensorAtan2Options): Tensor
  /** `atan2_(Tensor self, Tensor other) -> Tensor` */
  atan2_(other: Tensor | TensorAtan2_Options, options?: TensorAtan2_Options): Tensor
  /** `maximum(Tensor self, Tensor other) -> Tensor` */
  maximum(other: Tensor | TensorMaximumOptions, options?: TensorMaximumOptions): Tensor
  /** `minimum(Tensor self, Tensor other) -> Tensor` */
  minimum(other: Tensor | TensorMinimumOptions, options?: TensorMinimumOptions): Tensor
  /** `fmax(Tensor self, Tensor other) -> Tensor` */
  fmax(other: Tensor | TensorFmaxOptions, options?: TensorFmaxOptions): Tensor
  /** `fmin(Tensor self, Tensor other) -> Tensor` */
  fmin(other: Tensor | TensorFminOptions, options?: TensorFminOptions): Tensor
  /** `hypot(Tensor self, Tensor other) -> Tensor` */
  hypot(other: Tensor | TensorHypotOptions, options?: TensorHypotOptions): Tensor
  /** `hypot_(Tensor self, Tensor other) -> Tensor` */
  hypot_(other: Tensor | TensorHypot_Options, options?: TensorHypot_Options): Tensor
  /** `copysign.Tensor(Tensor self, Tensor other) -> Tensor` */
  copysign(other: Tensor | TensorCopysignOptions, options?: TensorCopysignOptions): Tensor
  /** `copysign.Scalar(Tensor self, Scalar other) -> Tensor` */
  copysign(other: number | boolean | TensorCopysignOptions2, options?: TensorCopysignOptions2): Tensor
  /** `copysign_.Tensor(Tensor self, Tensor other) -> Tensor` */
  copysign_(other: Tensor | TensorCopysign_Options, options?: TensorCopysign_Options): Tensor
  /** `copysign_.Scalar(Tensor self, Scalar other) -> Tensor` */
  copysign_(other: number | boolean | TensorCopysign_Options2, options?: TensorCopysign_Options2): Tensor
  /** `logaddexp(Tensor self, Tensor other) -> Tensor` */
  logaddexp(other: Tensor | TensorLogaddexpOptions, options?: TensorLogaddexpOptions): Tensor
  /** `logaddexp2(Tensor self, Tensor other) -> Tensor` */
  logaddexp2(other: Tensor | TensorLogaddexp2Options, options?: TensorLogaddexp2Options): Tensor
  /** `xlogy.Tensor(Tensor self, Tensor other) -> Tensor` */
  xlogy(other: Tensor | TensorXlogyOptions, options?: TensorXlogyOptions): Tensor
  /** `xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor` */
  xlogy(other: Tensor | TensorXlogyOptions2, options?: TensorXlogyOptions2): Tensor
  /** `xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor` */
  xlogy(other: number | boolean | TensorXlogyOptions3, options?: TensorXlogyOptions3): Tensor
  /** `xlogy_.Tensor(Tensor self, Tensor other) -> Tensor` */
  xlogy_(other: Tensor | TensorXlogy_Options, options?: TensorXlogy_Options): Tensor
  /** `xlogy_.Scalar_Other(Tensor self, Scalar other) -> Tensor` */
  xlogy_(other: number | boolean | TensorXlogy_Options2, options?: TensorXlogy_Options2): Tensor
  /** `ldexp.Tensor(Tensor self, Tensor other) -> Tensor` */
  ldexp(other: Tensor | TensorLdexpOptions, options?: TensorLdexpOptions): Tensor
  /** `ldexp_.Tensor(Tensor self, Tensor other) -> Tensor` */
  ldexp_(other: Tensor | TensorLdexp_Options, options?: TensorLdexp_Options): Tensor
  /** `heaviside(Tensor self, Tensor values) -> Tensor` */
  heaviside(values: Tensor | TensorHeavisideOptions, options?: TensorHeavisideOptions): Tensor
  /** `heaviside_(Tensor self, Tensor values) -> Tensor` */
  heaviside_(values: Tensor | TensorHeaviside_Options, options?: TensorHeaviside_Options): Tensor
  /** `frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)` */
  frexp(): [mantissa: Tensor, exponent: Tensor]
  /** `where(Tensor self, Tensor condition, Tensor other) -> Tensor` */
  where(condition: Tensor | TensorWhereOptions, other: Tensor | TensorWhereOptions, options?: TensorWhereOptions): Tensor
  /** `where(Tensor self, Tensor condition, Scalar other) -> Tensor` */
  where(condition: Tensor | TensorWhereOptions2, other: number | boolean | TensorWhereOptions2, options?: TensorWhereOptions2): Tensor
  /** `masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor` */
  maskedFill(mask: Tensor | TensorMaskedFillOptions, value: number | boolean | TensorMaskedFillOptions, options?: TensorMaskedFillOptions): Tensor
  /** `masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor` */
  maskedFill(mask: Tensor | TensorMaskedFillOptions2, value: Tensor | TensorMaskedFillOptions2, options?: TensorMaskedFillOptions2): Tensor
  /** `masked_fill_.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor` */
  maskedFill_(mask: Tensor | TensorMaskedFill_Options, value: number | boolean | TensorMaskedFill_Options, options?: TensorMaskedFill_Options): Tensor
  /** `masked_fill_.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor` */
  maskedFill_(mask: Tensor | TensorMaskedFill_Options2, value: Tensor | TensorMaskedFill_Options2, options?: TensorMaskedFill_Options2): Tensor
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clamp(min?: number | boolean | null | TensorClampOptions, max?: number | boolean | null | TensorClampOptions, options?: TensorClampOptions): Tensor
  /** `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clamp(min?: Tensor | null | TensorClampOptions2, max?: Tensor | null | TensorClampOptions2, options?: TensorClampOptions2): Tensor
  /** `clamp_(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clamp_(min?: number | boolean | null | TensorClamp_Options, max?: number | boolean | null | TensorClamp_Options, options?: TensorClamp_Options): Tensor
  /** `clamp_.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clamp_(min?: Tensor | null | TensorClamp_Options2, max?: Tensor | null | TensorClamp_Options2, options?: TensorClamp_Options2): Tensor
  /** `clamp_min(Tensor self, Scalar min) -> Tensor` */
  clampMin(min: number | boolean | TensorClampMinOptions, options?: TensorClampMinOptions): Tensor
  /** `clamp_min.Tensor(Tensor self, Tensor min) -> Tensor` */
  clampMin(min: Tensor | TensorClampMinOptions2, options?: TensorClampMinOptions2): Tensor
  /** `clamp_min_(Tensor self, Scalar min) -> Tensor` */
  clampMin_(min: number | boolean | TensorClampMin_Options, options?: TensorClampMin_Options): Tensor
  /** `clamp_min_.Tensor(Tensor self, Tensor min) -> Tensor` */
  clampMin_(min: Tensor | TensorClampMin_Options2, options?: TensorClampMin_Options2): Tensor
  /** `clamp_max(Tensor self, Scalar max) -> Tensor` */
  clampMax(max: number | boolean | TensorClampMaxOptions, options?: TensorClampMaxOptions): Tensor
  /** `clamp_max.Tensor(Tensor self, Tensor max) -> Tensor` */
  clampMax(max: Tensor | TensorClampMaxOptions2, options?: TensorClampMaxOptions2): Tensor
  /** `clamp_max_(Tensor self, Scalar max) -> Tensor` */
  clampMax_(max: number | boolean | TensorClampMax_Options, options?: TensorClampMax_Options): Tensor
  /** `clamp_max_.Tensor(Tensor self, Tensor max) -> Tensor` */
  clampMax_(max: Tensor | TensorClampMax_Options2, options?: TensorClampMax_Options2): Tensor
  /** `lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor` */
  lerp(end: Tensor | TensorLerpOptions, weight: number | boolean | TensorLerpOptions, options?: TensorLerpOptions): Tensor
  /** `lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor` */
  lerp(end: Tensor | TensorLerpOptions2, weight: Tensor | TensorLerpOptions2, options?: TensorLerpOptions2): Tensor
  /** `lerp_.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor` */
  lerp_(end: Tensor | TensorLerp_Options, weight: number | boolean | TensorLerp_Options, options?: TensorLerp_Options): Tensor
  /** `lerp_.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor` */
  lerp_(end: Tensor | TensorLerp_Options2, weight: Tensor | TensorLerp_Options2, options?: TensorLerp_Options2): Tensor
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcmul(tensor1: Tensor | TensorAddcmulOptions, tensor2: Tensor | TensorAddcmulOptions, options?: TensorAddcmulOptions): Tensor
  /** `addcmul_(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcmul_(tensor1: Tensor | TensorAddcmul_Options, tensor2: Tensor | TensorAddcmul_Options, options?: TensorAddcmul_Options): Tensor
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcdiv(tensor1: Tensor | TensorAddcdivOptions, tensor2: Tensor | TensorAddcdivOptions, options?: TensorAddcdivOptions): Tensor
  /** `addcdiv_(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcdiv_(tensor1: Tensor | TensorAddcdiv_Options, tensor2: Tensor | TensorAddcdiv_Options, options?: TensorAddcdiv_Options): Tensor
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` */
  nanToNum(nan?: number | null | TensorNanToNumOptions, posinf?: number | null | TensorNanToNumOptions, neginf?: number | null | TensorNanToNumOptions, options?: TensorNanToNumOptions): Tensor
  /** `nan_to_num_(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` */
  nanToNum_(nan?: number | null | TensorNanToNum_Options, posinf?: number | null | TensorNanToNum_Options, neginf?: number | null | TensorNanToNum_Options, options?: TensorNanToNum_Options): Tensor
  /** `eq.Tensor(Tensor self, Tensor other) -> Tensor` */
  eq(other: Tensor | TensorEqOptions, options?: TensorEqOptions): Tensor
  /** `eq.Scalar(Tensor self, Scalar other) -> Tensor` */
  eq(other: number | boolean | TensorEqOptions2, options?: TensorEqOptions2): Tensor
  /** `eq_.Tensor(Tensor self, Tensor other) -> Tensor` */
  eq_(other: Tensor | TensorEq_Options, options?: TensorEq_Options): Tensor
  /** `eq_.Scalar(Tensor self, Scalar other) -> Tensor` */
  eq_(other: number | boolean | TensorEq_Options2, options?: TensorEq_Options2): Tensor
  /** `ne.Tensor(Tensor self, Tensor other) -> Tensor` */
  ne(other: Tensor | TensorNeOptions, options?: TensorNeOptions): Tensor
  /** `ne.Scalar(Tensor self, Scalar other) -> Tensor` */
  ne(other: number | boolean | TensorNeOptions2, options?: TensorNeOptions2): Tensor
  /** `ne_.Tensor(Tensor self, Tensor other) -> Tensor` */
  ne_(other: Tensor | TensorNe_Options, options?: TensorNe_Options): Tensor
  /** `ne_.Scalar(Tensor self, Scalar other) -> Tensor` */
  ne_(other: number | boolean | TensorNe_Options2, options?: TensorNe_Options2): Tensor
  /** `lt.Tensor(Tensor self, Tensor other) -> Tensor` */
  lt(other: Tensor | TensorLtOptions, options?: TensorLtOptions): Tensor
  /** `lt.Scalar(Tensor self, Scalar other) -> Tensor` */
  lt(other: number | boolean | TensorLtOptions2, options?: TensorLtOptions2): Tensor
  /** `lt_.Tensor(Tensor self, Tensor other) -> Tensor` */
  lt_(other: Tensor | TensorLt_Options, options?: TensorLt_Options): Tensor
  /** `lt_.Scalar(Tensor self, Scalar other) -> Tensor` */
  lt_(other: number | boolean | TensorLt_Options2, options?: TensorLt_Options2): Tensor
  /** `le.Tensor(Tensor self, Tensor other) -> Tensor` */
  le(other: Tensor | TensorLeOptions, options?: TensorLeOptions): Tensor
  /** `le.Scalar(Tensor self, Scalar other) -> Tensor` */
  le(other: number | boolean | TensorLeOptions2, options?: TensorLeOptions2): Tensor
  /** `le_.Tensor(Tensor self, Tensor other) -> Tensor` */
  le_(other: Tensor | TensorLe_Options, options?: TensorLe_Options): Tensor
  /** `le_.Scalar(Tensor self, Scalar other) -> Tensor` */
  le_(other: number | boolean | TensorLe_Options2, options?: TensorLe_Options2): Tensor
  /** `gt.Tensor(Tensor self, Tensor other) -> Tensor` */
  gt(other: Tensor | TensorGtOptions, options?: TensorGtOptions): Tensor
  /** `gt.Scalar(Tensor self, Scalar other) -> Tensor` */
  gt(other: number | boolean | TensorGtOptions2, options?: TensorGtOptions2): Tensor
  /** `gt_.Tensor(Tensor self, Tensor other) -> Tensor` */
  gt_(other: Tensor | TensorGt_Options, options?: TensorGt_Options): Tensor
  /** `gt_.Scalar(Tensor self, Scalar other) -> Tensor` */
  gt_(other: number | boolean | TensorGt_Options2, options?: TensorGt_Options2): Tensor
  /** `ge.Tensor(Tensor self, Tensor other) -> Tensor` */
  ge(other: Tensor | TensorGeOptions, options?: TensorGeOptions): Tensor
  /** `ge.Scalar(Tensor self, Scalar other) -> Tensor` */
  ge(other: number | boolean | TensorGeOptions2, options?: TensorGeOptions2): Tensor
  /** `ge_.Tensor(Tensor self, Tensor other) -> Tensor` */
  ge_(other: Tensor | TensorGe_Options, options?: TensorGe_Options): Tensor
  /** `ge_.Scalar(Tensor self, Scalar other) -> Tensor` */
  ge_(other: number | boolean | TensorGe_Options2, options?: TensorGe_Options2): Tensor
  /** `isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor` */
  isclose(other: Tensor | TensorIscloseOptions, rtol?: number | TensorIscloseOptions, atol?: number | TensorIscloseOptions, equalNan?: boolean | TensorIscloseOptions, options?: TensorIscloseOptions): Tensor
  /** `logical_and(Tensor self, Tensor other) -> Tensor` */
  logicalAnd(other: Tensor | TensorLogicalAndOptions, options?: TensorLogicalAndOptions): Tensor
  /** `logical_and_(Tensor self, Tensor other) -> Tensor` */
  logicalAnd_(other: Tensor | TensorLogicalAnd_Options, options?: TensorLogicalAnd_Options): Tensor
  /** `logical_or(Tensor self, Tensor other) -> Tensor` */
  logicalOr(other: Tensor | TensorLogicalOrOptions, options?: TensorLogicalOrOptions): Tensor
  /** `logical_or_(Tensor self, Tensor other) -> Tensor` */
  logicalOr_(other: Tensor | TensorLogicalOr_Options, options?: TensorLogicalOr_Options): Tensor
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` */
  logicalXor(other: Tensor | TensorLogicalXorOptions, options?: TensorLogicalXorOptions): Tensor
  /** `logical_xor_(Tensor self, Tensor other) -> Tensor` */
  logicalXor_(other: Tensor | TensorLogicalXor_Options, options?: TensorLogicalXor_Options): Tensor
  /** `bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseAnd(other: Tensor | TensorBitwiseAndOptions, options?: TensorBitwiseAndOptions): Tensor
  /** `bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseAnd(other: number | boolean | TensorBitwiseAndOptions2, options?: TensorBitwiseAndOptions2): Tensor
  /** `bitwise_and_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseAnd_(other: Tensor | TensorBitwiseAnd_Options, options?: TensorBitwiseAnd_Options): Tensor
  /** `bitwise_and_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseAnd_(other: number | boolean | TensorBitwiseAnd_Options2, options?: TensorBitwiseAnd_Options2): Tensor
  /** `bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseOr(other: Tensor | TensorBitwiseOrOptions, options?: TensorBitwiseOrOptions): Tensor
  /** `bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseOr(other: number | boolean | TensorBitwiseOrOptions2, options?: TensorBitwiseOrOptions2): Tensor
  /** `bitwise_or_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseOr_(other: Tensor | TensorBitwiseOr_Options, options?: TensorBitwiseOr_Options): Tensor
  /** `bitwise_or_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseOr_(other: number | boolean | TensorBitwiseOr_Options2, options?: TensorBitwiseOr_Options2): Tensor
  /** `bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseXor(other: Tensor | TensorBitwiseXorOptions, options?: TensorBitwiseXorOptions): Tensor
  /** `bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseXor(other: number | boolean | TensorBitwiseXorOptions2, options?: TensorBitwiseXorOptions2): Tensor
  /** `bitwise_xor_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseXor_(other: Tensor | TensorBitwiseXor_Options, options?: TensorBitwiseXor_Options): Tensor
  /** `bitwise_xor_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseXor_(other: number | boolean | TensorBitwiseXor_Options2, options?: TensorBitwiseXor_Options2): Tensor
  /** `bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseLeftShift(other: Tensor | TensorBitwiseLeftShiftOptions, options?: TensorBitwiseLeftShiftOptions): Tensor
  /** `bitwise_left_shift.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseLeftShift(other: number | boolean | TensorBitwiseLeftShiftOptions2, options?: TensorBitwiseLeftShiftOptions2): Tensor
  /** `bitwise_left_shift_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseLeftShift_(other: Tensor | TensorBitwiseLeftShift_Options, options?: TensorBitwiseLeftShift_Options): Tensor
  /** `bitwise_left_shift_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseLeftShift_(other: number | boolean | TensorBitwiseLeftShift_Options2, options?: TensorBitwiseLeftShift_Options2): Tensor
  /** `bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseRightShift(other: Tensor | TensorBitwiseRightShiftOptions, options?: TensorBitwiseRightShiftOptions): Tensor
  /** `bitwise_right_shift.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseRightShift(other: number | boolean | TensorBitwiseRightShiftOptions2, options?: TensorBitwiseRightShiftOptions2): Tensor
  /** `bitwise_right_shift_.Tensor(Tensor self, Tensor other) -> Tensor` */
  bitwiseRightShift_(other: Tensor | TensorBitwiseRightShift_Options, options?: TensorBitwiseRightShift_Options): Tensor
  /** `bitwise_right_shift_.Scalar(Tensor self, Scalar other) -> Tensor` */
  bitwiseRightShift_(other: number | boolean | TensorBitwiseRightShift_Options2, options?: TensorBitwiseRightShift_Options2): Tensor
  /** `abs(Tensor self) -> Tensor` */
  abs(): Tensor
  /** `abs_(Tensor self) -> Tensor` */
  abs_(): Tensor
  /** `neg(Tensor self) -> Tensor` */
  neg(): Tensor
  /** `neg_(Tensor self) -> Tensor` */
  neg_(): Tensor
  /** `positive(Tensor self) -> Tensor` */
  positive(): Tensor
  /** `sign(Tensor self) -> Tensor` */
  sign(): Tensor
  /** `sign_(Tensor self) -> Tensor` */
  sign_(): Tensor
  /** `sgn(Tensor self) -> Tensor` */
  sgn(): Tensor
  /** `sgn_(Tensor self) -> Tensor` */
  sgn_(): Tensor
  /** `floor(Tensor self) -> Tensor` */
  floor(): Tensor
  /** `floor_(Tensor self) -> Tensor` */
  floor_(): Tensor
  /** `ceil(Tensor self) -> Tensor` */
  ceil(): Tensor
  /** `ceil_(Tensor self) -> Tensor` */
  ceil_(): Tensor
  /** `trunc(Tensor self) -> Tensor` */
  trunc(): Tensor
  /** `trunc_(Tensor self) -> Tensor` */
  trunc_(): Tensor
  /** `round(Tensor self) -> Tensor` */
  round(): Tensor
  /** `round.decimals(Tensor self, *, int decimals) -> Tensor` */
  round(options?: TensorRoundOptions2): Tensor
  /** `round_(Tensor self) -> Tensor` */
  round_(): Tensor
  /** `round_.decimals(Tensor self, *, int decimals) -> Tensor` */
  round_(options?: TensorRound_Options2): Tensor
  /** `frac(Tensor self) -> Tensor` */
  frac(): Tensor
  /** `frac_(Tensor self) -> Tensor` */
  frac_(): Tensor
  /** `square(Tensor self) -> Tensor` */
  square(): Tensor
  /** `square_(Tensor self) -> Tensor` */
  square_(): Tensor
  /** `sqrt(Tensor self) -> Tensor` */
  sqrt(): Tensor
  /** `sqrt_(Tensor self) -> Tensor` */
  sqrt_(): Tensor
  /** `rsqrt(Tensor self) -> Tensor` */
  rsqrt(): Tensor
  /** `rsqrt_(Tensor self) -> Tensor` */
  rsqrt_(): Tensor
  /** `reciprocal(Tensor self) -> Tensor` */
  reciprocal(): Tensor
  /** `reciprocal_(Tensor self) -> Tensor` */
  reciprocal_(): Tensor
  /** `exp(Tensor self) -> Tensor` */
  exp(): Tensor
  /** `exp_(Tensor self) -> Tensor` */
  exp_(): Tensor
  /** `exp2(Tensor self) -> Tensor` */
  exp2(): Tensor
  /** `exp2_(Tensor self) -> Tensor` */
  exp2_(): Tensor
  /** `expm1(Tensor self) -> Tensor` */
  expm1(): Tensor
  /** `expm1_(Tensor self) -> Tensor` */
  expm1_(): Tensor
  /** `log(Tensor self) -> Tensor` */
  log(): Tensor
  /** `log_(Tensor self) -> Tensor` */
  log_(): Tensor
  /** `log2(Tensor self) -> Tensor` */
  log2(): Tensor
  /** `log2_(Tensor self) -> Tensor` */
  log2_(): Tensor
  /** `log10(Tensor self) -> Tensor` */
  log10(): Tensor
  /** `log10_(Tensor self) -> Tensor` */
  log10_(): Tensor
  /** `log1p(Tensor self) -> Tensor` */
  log1p(): Tensor
  /** `log1p_(Tensor self) -> Tensor` */
  log1p_(): Tensor
  /** `sin(Tensor self) -> Tensor` */
  sin(): Tensor
  /** `sin_(Tensor self) -> Tensor` */
  sin_(): Tensor
  /** `cos(Tensor self) -> Tensor` */
  cos(): Tensor
  /** `cos_(Tensor self) -> Tensor` */
  cos_(): Tensor
  /** `tan(Tensor self) -> Tensor` */
  tan(): Tensor
  /** `tan_(Tensor self) -> Tensor` */
  tan_(): Tensor
  /** `asin(Tensor self) -> Tensor` */
  asin(): Tensor
  /** `asin_(Tensor self) -> Tensor` */
  asin_(): Tensor
  /** `acos(Tensor self) -> Tensor` */
  acos(): Tensor
  /** `acos_(Tensor self) -> Tensor` */
  acos_(): Tensor
  /** `atan(Tensor self) -> Tensor` */
  atan(): Tensor
  /** `atan_(Tensor self) -> Tensor` */
  atan_(): Tensor
  /** `sinh(Tensor self) -> Tensor` */
  sinh(): Tensor
  /** `sinh_(Tensor self) -> Tensor` */
  sinh_(): Tensor
  /** `cosh(Tensor self) -> Tensor` */
  cosh(): Tensor
  /** `cosh_(Tensor self) -> Tensor` */
  cosh_(): Tensor
  /** `tanh(Tensor self) -> Tensor` */
  tanh(): Tensor
  /** `tanh_(Tensor self) -> Tensor` */
  tanh_(): Tensor
  /** `asinh(Tensor self) -> Tensor` */
  asinh(): Tensor
  /** `asinh_(Tensor self) -> Tensor` */
  asinh_(): Tensor
  /** `acosh(Tensor self) -> Tensor` */
  acosh(): Tensor
  /** `acosh_(Tensor self) -> Tensor` */
  acosh_(): Tensor
  /** `atanh(Tensor self) -> Tensor` */
  atanh(): Tensor
  /** `atanh_(Tensor self) -> Tensor` */
  atanh_(): Tensor
  /** `erf(Tensor self) -> Tensor` */
  erf(): Tensor
  /** `erf_(Tensor self) -> Tensor` */
  erf_(): Tensor
  /** `erfc(Tensor self) -> Tensor` */
  erfc(): Tensor
  /** `erfc_(Tensor self) -> Tensor` */
  erfc_(): Tensor
  /** `erfinv(Tensor self) -> Tensor` */
  erfinv(): Tensor
  /** `erfinv_(Tensor self) -> Tensor` */
  erfinv_(): Tensor
  /** `lgamma(Tensor self) -> Tensor` */
  lgamma(): Tensor
  /** `lgamma_(Tensor self) -> Tensor` */
  lgamma_(): Tensor
  /** `digamma(Tensor self) -> Tensor` */
  digamma(): Tensor
  /** `digamma_(Tensor self) -> Tensor` */
  digamma_(): Tensor
  /** `sigmoid(Tensor self) -> Tensor` */
  sigmoid(): Tensor
  /** `sigmoid_(Tensor self) -> Tensor` */
  sigmoid_(): Tensor
  /** `logit(Tensor self, float? eps=None) -> Tensor` */
  logit(eps?: number | null | TensorLogitOptions, options?: TensorLogitOptions): Tensor
  /** `logit_(Tensor self, float? eps=None) -> Tensor` */
  logit_(eps?: number | null | TensorLogit_Options, options?: TensorLogit_Options): Tensor
  /** `sinc(Tensor self) -> Tensor` */
  sinc(): Tensor
  /** `sinc_(Tensor self) -> Tensor` */
  sinc_(): Tensor
  /** `deg2rad(Tensor self) -> Tensor` */
  deg2rad(): Tensor
  /** `deg2rad_(Tensor self) -> Tensor` */
  deg2rad_(): Tensor
  /** `rad2deg(Tensor self) -> Tensor` */
  rad2deg(): Tensor
  /** `rad2deg_(Tensor self) -> Tensor` */
  rad2deg_(): Tensor
  /** `isnan(Tensor self) -> Tensor` */
  isnan(): Tensor
  /** `isinf(Tensor self) -> Tensor` */
  isinf(): Tensor
  /** `isfinite(Tensor self) -> Tensor` */
  isfinite(): Tensor
  /** `isposinf(Tensor self) -> Tensor` */
  isposinf(): Tensor
  /** `isneginf(Tensor self) -> Tensor` */
  isneginf(): Tensor
  /** `signbit(Tensor self) -> Tensor` */
  signbit(): Tensor
  /** `logical_not(Tensor self) -> Tensor` */
  logicalNot(): Tensor
  /** `logical_not_(Tensor self) -> Tensor` */
  logicalNot_(): Tensor
  /** `bitwise_not(Tensor self) -> Tensor` */
  bitwiseNot(): Tensor
  /** `bitwise_not_(Tensor self) -> Tensor` */
  bitwiseNot_(): Tensor
  /** `relu(Tensor self) -> Tensor` */
  relu(): Tensor
  /** `relu_(Tensor self) -> Tensor` */
  relu_(): Tensor
  /** `sum(Tensor self, *, ScalarType? dtype=None) -> Tensor` */
  sum(options?: TensorSumOptions): Tensor
  /** `sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  sum(dim: Sizes | null | TensorSumOptions2, keepdim?: boolean | TensorSumOptions2, options?: TensorSumOptions2): Tensor
  /** `prod(Tensor self, *, ScalarType? dtype=None) -> Tensor` */
  prod(options?: TensorProdOptions): Tensor
  /** `prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  prod(dim: number | TensorProdOptions2, keepdim?: boolean | TensorProdOptions2, options?: TensorProdOptions2): Tensor
  /** `nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  nansum(dim?: Sizes | null | TensorNansumOptions, keepdim?: boolean | TensorNansumOptions, options?: TensorNansumOptions): Tensor
  /** `count_nonzero(Tensor self, int? dim=None) -> Tensor` */
  countNonzero(dim?: number | null | TensorCountNonzeroOptions, options?: TensorCountNonzeroOptions): Tensor
  /** `count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor` */
  countNonzero(dim: readonly number[] | TensorCountNonzeroOptions2, options?: TensorCountNonzeroOptions2): Tensor
  /** `amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
  amax(dim?: Sizes | TensorAmaxOptions, keepdim?: boolean | TensorAmaxOptions, options?: TensorAmaxOptions): Tensor
  /** `amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
  amin(dim?: Sizes | TensorAminOptions, keepdim?: boolean | TensorAminOptions, options?: TensorAminOptions): Tensor
  /** `any(Tensor self) -> Tensor` */
  any(): Tensor
  /** `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` */
  any(dim: number | TensorAnyOptions2, keepdim?: boolean | TensorAnyOptions2, options?: TensorAnyOptions2): Tensor
  /** `any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` */
  any(dim?: readonly number[] | null | TensorAnyOptions3, keepdim?: boolean | TensorAnyOptions3, options?: TensorAnyOptions3): Tensor
  /** `all(Tensor self) -> Tensor` */
  all(): Tensor
  /** `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` */
  all(dim: number | TensorAllOptions2, keepdim?: boolean | TensorAllOptions2, options?: TensorAllOptions2): Tensor
  /** `all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` */
  all(dim?: readonly number[] | null | TensorAllOptions3, keepdim?: boolean | TensorAllOptions3, options?: TensorAllOptions3): Tensor
  /** `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
  argmax(dim?: number | null | TensorArgmaxOptions, keepdim?: boolean | TensorArgmaxOptions, options?: TensorArgmaxOptions): Tensor
  /** `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
  argmin(dim?: number | null | TensorArgminOptions, keepdim?: boolean | TensorArgminOptions, options?: TensorArgminOptions): Tensor
  /** `max(Tensor self) -> Tensor` */
  max(): Tensor
  /** `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  max(dim: number | TensorMaxOptions2, keepdim?: boolean | TensorMaxOptions2, options?: TensorMaxOptions2): [values: Tensor, indices: Tensor]
  /** `max.other(Tensor self, Tensor other) -> Tensor` */
  max(other: Tensor | TensorMaxOptions3, options?: TensorMaxOptions3): Tensor
  /** `min(Tensor self) -> Tensor` */
  min(): Tensor
  /** `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  min(dim: number | TensorMinOptions2, keepdim?: boolean | TensorMinOptions2, options?: TensorMinOptions2): [values: Tensor, indices: Tensor]
  /** `min.other(Tensor self, Tensor other) -> Tensor` */
  min(other: Tensor | TensorMinOptions3, options?: TensorMinOptions3): Tensor
  /** `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)` */
  aminmax(options?: TensorAminmaxOptions): [min: Tensor, max: Tensor]
  /** `mean(Tensor self, *, ScalarType? dtype=None) -> Tensor` */
  mean(options?: TensorMeanOptions): Tensor
  /** `mean.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  mean(dim: Sizes | null | TensorMeanOptions2, keepdim?: boolean | TensorMeanOptions2, options?: TensorMeanOptions2): Tensor
  /** `nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  nanmean(dim?: Sizes | null | TensorNanmeanOptions, keepdim?: boolean | TensorNanmeanOptions, options?: TensorNanmeanOptions): Tensor
  /** `logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
  logsumexp(dim: Sizes | TensorLogsumexpOptions, keepdim?: boolean | TensorLogsumexpOptions, options?: TensorLogsumexpOptions): Tensor
  /** `softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  softmax(dim: number | TensorSoftmaxOptions, dtype?: DType | null | TensorSoftmaxOptions, options?: TensorSoftmaxOptions): Tensor
  /** `log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  logSoftmax(dim: number | TensorLogSoftmaxOptions, dtype?: DType | null | TensorLogSoftmaxOptions, options?: TensorLogSoftmaxOptions): Tensor
  /** `var(Tensor self, bool unbiased=True) -> Tensor` */
  var(unbiased?: boolean | TensorVarOptions, options?: TensorVarOptions): Tensor
  /** `var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` */
  var(dim: Sizes | null | TensorVarOptions2, unbiased?: boolean | TensorVarOptions2, keepdim?: boolean | TensorVarOptions2, options?: TensorVarOptions2): Tensor
  /** `var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor` */
  var(dim?: Sizes | null | TensorVarOptions3, options?: TensorVarOptions3): Tensor
  /** `std(Tensor self, bool unbiased=True) -> Tensor` */
  std(unbiased?: boolean | TensorStdOptions, options?: TensorStdOptions): Tensor
  /** `std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` */
  std(dim: Sizes | null | TensorStdOptions2, unbiased?: boolean | TensorStdOptions2, keepdim?: boolean | TensorStdOptions2, options?: TensorStdOptions2): Tensor
  /** `std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor` */
  std(dim?: Sizes | null | TensorStdOptions3, options?: TensorStdOptions3): Tensor
  /** `mm(Tensor self, Tensor mat2) -> Tensor` */
  mm(mat2: Tensor | TensorMmOptions, options?: TensorMmOptions): Tensor
  /** `bmm(Tensor self, Tensor mat2) -> Tensor` */
  bmm(mat2: Tensor | TensorBmmOptions, options?: TensorBmmOptions): Tensor
  /** `matmul(Tensor self, Tensor other) -> Tensor` */
  matmul(other: Tensor | TensorMatmulOptions, options?: TensorMatmulOptions): Tensor
  /** `mv(Tensor self, Tensor vec) -> Tensor` */
  mv(vec: Tensor | TensorMvOptions, options?: TensorMvOptions): Tensor
  /** `dot(Tensor self, Tensor tensor) -> Tensor` */
  dot(tensor: Tensor | TensorDotOptions, options?: TensorDotOptions): Tensor
  /** `vdot(Tensor self, Tensor other) -> Tensor` */
  vdot(other: Tensor | TensorVdotOptions, options?: TensorVdotOptions): Tensor
  /** `inner(Tensor self, Tensor other) -> Tensor` */
  inner(other: Tensor | TensorInnerOptions, options?: TensorInnerOptions): Tensor
  /** `outer(Tensor self, Tensor vec2) -> Tensor` */
  outer(vec2: Tensor | TensorOuterOptions, options?: TensorOuterOptions): Tensor
  /** `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmm(mat1: Tensor | TensorAddmmOptions, mat2: Tensor | TensorAddmmOptions, options?: TensorAddmmOptions): Tensor
  /** `addmm_(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmm_(mat1: Tensor | TensorAddmm_Options, mat2: Tensor | TensorAddmm_Options, options?: TensorAddmm_Options): Tensor
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  baddbmm(batch1: Tensor | TensorBaddbmmOptions, batch2: Tensor | TensorBaddbmmOptions, options?: TensorBaddbmmOptions): Tensor
  /** `baddbmm_(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  baddbmm_(batch1: Tensor | TensorBaddbmm_Options, batch2: Tensor | TensorBaddbmm_Options, options?: TensorBaddbmm_Options): Tensor
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addbmm(batch1: Tensor | TensorAddbmmOptions, batch2: Tensor | TensorAddbmmOptions, options?: TensorAddbmmOptions): Tensor
  /** `addbmm_(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addbmm_(batch1: Tensor | TensorAddbmm_Options, batch2: Tensor | TensorAddbmm_Options, options?: TensorAddbmm_Options): Tensor
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmv(mat: Tensor | TensorAddmvOptions, vec: Tensor | TensorAddmvOptions, options?: TensorAddmvOptions): Tensor
  /** `addmv_(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmv_(mat: Tensor | TensorAddmv_Options, vec: Tensor | TensorAddmv_Options, options?: TensorAddmv_Options): Tensor
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addr(vec1: Tensor | TensorAddrOptions, vec2: Tensor | TensorAddrOptions, options?: TensorAddrOptions): Tensor
  /** `addr_(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addr_(vec1: Tensor | TensorAddr_Options, vec2: Tensor | TensorAddr_Options, options?: TensorAddr_Options): Tensor
  /** `view(Tensor self, SymInt[] size) -> Tensor` */
  view(size: readonly number[] | TensorViewOptions, options?: TensorViewOptions): Tensor
  /** `reshape(Tensor self, SymInt[] shape) -> Tensor` */
  reshape(shape: readonly number[] | TensorReshapeOptions, options?: TensorReshapeOptions): Tensor
  /** `view_as(Tensor self, Tensor other) -> Tensor` */
  viewAs(other: Tensor | TensorViewAsOptions, options?: TensorViewAsOptions): Tensor
  /** `reshape_as(Tensor self, Tensor other) -> Tensor` */
  reshapeAs(other: Tensor | TensorReshapeAsOptions, options?: TensorReshapeAsOptions): Tensor
  /** `flatten.using_ints(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor` */
  flatten(startDim?: number | TensorFlattenOptions, endDim?: number | TensorFlattenOptions, options?: TensorFlattenOptions): Tensor
  /** `ravel(Tensor self) -> Tensor` */
  ravel(): Tensor
  /** `unflatten.int(Tensor self, int dim, SymInt[] sizes) -> Tensor` */
  unflatten(dim: number | TensorUnflattenOptions, sizes: readonly number[] | TensorUnflattenOptions, options?: TensorUnflattenOptions): Tensor
  /** `contiguous(Tensor self, *, MemoryFormat memory_format=0) -> Tensor` */
  contiguous(): Tensor
  /** `detach(Tensor self) -> Tensor` */
  detach(): Tensor
  /** `permute(Tensor self, int[] dims) -> Tensor` */
  permute(dims: readonly number[] | TensorPermuteOptions, options?: TensorPermuteOptions): Tensor
  /** `transpose.int(Tensor self, int dim0, int dim1) -> Tensor` */
  transpose(dim0: number | TensorTransposeOptions, dim1: number | TensorTransposeOptions, options?: TensorTransposeOptions): Tensor
  /** `t(Tensor self) -> Tensor` */
  t(): Tensor
  /** `movedim.int(Tensor self, int source, int destination) -> Tensor` */
  movedim(source: number | TensorMovedimOptions, destination: number | TensorMovedimOptions, options?: TensorMovedimOptions): Tensor
  /** `movedim.intlist(Tensor self, int[] source, int[] destination) -> Tensor` */
  movedim(source: readonly number[] | TensorMovedimOptions2, destination: readonly number[] | TensorMovedimOptions2, options?: TensorMovedimOptions2): Tensor
  /** `squeeze(Tensor self) -> Tensor` */
  squeeze(): Tensor
  /** `squeeze.dim(Tensor self, int dim) -> Tensor` */
  squeeze(dim: number | TensorSqueezeOptions2, options?: TensorSqueezeOptions2): Tensor
  /** `squeeze.dims(Tensor self, int[] dim) -> Tensor` */
  squeeze(dim: readonly number[] | TensorSqueezeOptions3, options?: TensorSqueezeOptions3): Tensor
  /** `unsqueeze(Tensor self, int dim) -> Tensor` */
  unsqueeze(dim: number | TensorUnsqueezeOptions, options?: TensorUnsqueezeOptions): Tensor
  /** `expand(Tensor self, SymInt[] size, *, bool implicit=False) -> Tensor` */
  expand(size: readonly number[] | TensorExpandOptions, options?: TensorExpandOptions): Tensor
  /** `expand_as(Tensor self, Tensor other) -> Tensor` */
  expandAs(other: Tensor | TensorExpandAsOptions, options?: TensorExpandAsOptions): Tensor
  /** `broadcast_to(Tensor self, SymInt[] size) -> Tensor` */
  broadcastTo(size: readonly number[] | TensorBroadcastToOptions, options?: TensorBroadcastToOptions): Tensor
  /** `select.int(Tensor self, int dim, SymInt index) -> Tensor` */
  select(dim: number | TensorSelectOptions, index: number | TensorSelectOptions, options?: TensorSelectOptions): Tensor
  /** `slice.Tensor(Tensor self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
  slice(dim?: number | TensorSliceOptions, start?: number | null | TensorSliceOptions, end?: number | null | TensorSliceOptions, step?: number | TensorSliceOptions, options?: TensorSliceOptions): Tensor
  /** `narrow(Tensor self, int dim, SymInt start, SymInt length) -> Tensor` */
  narrow(dim: number | TensorNarrowOptions, start: number | TensorNarrowOptions, length: number | TensorNarrowOptions, options?: TensorNarrowOptions): Tensor
  /** `diagonal(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
  diagonal(offset?: number | TensorDiagonalOptions, dim1?: number | TensorDiagonalOptions, dim2?: number | TensorDiagonalOptions, options?: TensorDiagonalOptions): Tensor
  /** `unfold(Tensor self, int dimension, int size, int step) -> Tensor` */
  unfold(dimension: number | TensorUnfoldOptions, size: number | TensorUnfoldOptions, step: number | TensorUnfoldOptions, options?: TensorUnfoldOptions): Tensor
  /** `split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]` */
  split(splitSize: number | TensorSplitOptions, dim?: number | TensorSplitOptions, options?: TensorSplitOptions): Tensor[]
  /** `split.sizes(Tensor self, SymInt[] split_size, int dim=0) -> Tensor[]` */
  split(splitSize: readonly number[] | TensorSplitOptions2, dim?: number | TensorSplitOptions2, options?: TensorSplitOptions2): Tensor[]
  /** `split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]` */
  splitWithSizes(splitSizes: readonly number[] | TensorSplitWithSizesOptions, dim?: number | TensorSplitWithSizesOptions, options?: TensorSplitWithSizesOptions): Tensor[]
  /** `chunk(Tensor self, int chunks, int dim=0) -> Tensor[]` */
  chunk(chunks: number | TensorChunkOptions, dim?: number | TensorChunkOptions, options?: TensorChunkOptions): Tensor[]
  /** `tensor_split.sections(Tensor self, SymInt sections, int dim=0) -> Tensor[]` */
  tensorSplit(sections: number | TensorTensorSplitOptions, dim?: number | TensorTensorSplitOptions, options?: TensorTensorSplitOptions): Tensor[]
  /** `tensor_split.indices(Tensor self, SymInt[] indices, int dim=0) -> Tensor[]` */
  tensorSplit(indices: readonly number[] | TensorTensorSplitOptions2, dim?: number | TensorTensorSplitOptions2, options?: TensorTensorSplitOptions2): Tensor[]
  /** `tensor_split(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]` */
  tensorSplit(tensorIndicesOrSections: Tensor | TensorTensorSplitOptions3, dim?: number | TensorTensorSplitOptions3, options?: TensorTensorSplitOptions3): Tensor[]
  /** `hsplit.int(Tensor self, int sections) -> Tensor[]` */
  hsplit(sections: number | TensorHsplitOptions, options?: TensorHsplitOptions): Tensor[]
  /** `hsplit.array(Tensor self, SymInt[] indices) -> Tensor[]` */
  hsplit(indices: readonly number[] | TensorHsplitOptions2, options?: TensorHsplitOptions2): Tensor[]
  /** `vsplit.int(Tensor self, int sections) -> Tensor[]` */
  vsplit(sections: number | TensorVsplitOptions, options?: TensorVsplitOptions): Tensor[]
  /** `vsplit.array(Tensor self, SymInt[] indices) -> Tensor[]` */
  vsplit(indices: readonly number[] | TensorVsplitOptions2, options?: TensorVsplitOptions2): Tensor[]
  /** `dsplit.int(Tensor self, int sections) -> Tensor[]` */
  dsplit(sections: number | TensorDsplitOptions, options?: TensorDsplitOptions): Tensor[]
  /** `dsplit.array(Tensor self, SymInt[] indices) -> Tensor[]` */
  dsplit(indices: readonly number[] | TensorDsplitOptions2, options?: TensorDsplitOptions2): Tensor[]
  /** `unbind.int(Tensor self, int dim=0) -> Tensor[]` */
  unbind(dim?: number | TensorUnbindOptions, options?: TensorUnbindOptions): Tensor[]
  /** `flip(Tensor self, int[] dims) -> Tensor` */
  flip(dims: readonly number[] | TensorFlipOptions, options?: TensorFlipOptions): Tensor
  /** `fliplr(Tensor self) -> Tensor` */
  fliplr(): Tensor
  /** `flipud(Tensor self) -> Tensor` */
  flipud(): Tensor
  /** `roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor` */
  roll(shifts: Sizes | TensorRollOptions, dims?: Sizes | TensorRollOptions, options?: TensorRollOptions): Tensor
  /** `rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor` */
  rot90(k?: number | TensorRot90Options, dims?: readonly number[] | TensorRot90Options, options?: TensorRot90Options): Tensor
  /** `repeat(Tensor self, SymInt[] repeats) -> Tensor` */
  repeat(repeats: readonly number[] | TensorRepeatOptions, options?: TensorRepeatOptions): Tensor
  /** `tril(Tensor self, int diagonal=0) -> Tensor` */
  tril(diagonal?: number | TensorTrilOptions, options?: TensorTrilOptions): Tensor
  /** `tril_(Tensor self, int diagonal=0) -> Tensor` */
  tril_(diagonal?: number | TensorTril_Options, options?: TensorTril_Options): Tensor
  /** `triu(Tensor self, int diagonal=0) -> Tensor` */
  triu(diagonal?: number | TensorTriuOptions, options?: TensorTriuOptions): Tensor
  /** `triu_(Tensor self, int diagonal=0) -> Tensor` */
  triu_(diagonal?: number | TensorTriu_Options, options?: TensorTriu_Options): Tensor
  /** `repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor` */
  repeatInterleave(repeats: number | TensorRepeatInterleaveOptions, dim?: number | null | TensorRepeatInterleaveOptions, options?: TensorRepeatInterleaveOptions): Tensor
  /** `repeat_interleave(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor` */
  repeatInterleave(repeats: Tensor | TensorRepeatInterleaveOptions2, dim?: number | null | TensorRepeatInterleaveOptions2, options?: TensorRepeatInterleaveOptions2): Tensor
  /** `repeat_interleave(Tensor repeats, *, SymInt? output_size=None) -> Tensor` */
  repeatInterleave(options?: TensorRepeatInterleaveOptions3): Tensor
  /** `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` */
  diagEmbed(offset?: number | TensorDiagEmbedOptions, dim1?: number | TensorDiagEmbedOptions, dim2?: number | TensorDiagEmbedOptions, options?: TensorDiagEmbedOptions): Tensor
  /** `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor` */
  gather(dim: number | TensorGatherOptions, index: Tensor | TensorGatherOptions, options?: TensorGatherOptions): Tensor
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` */
  indexSelect(dim: number | TensorIndexSelectOptions, index: Tensor | TensorIndexSelectOptions, options?: TensorIndexSelectOptions): Tensor
  /** `take(Tensor self, Tensor index) -> Tensor` */
  take(index: Tensor | TensorTakeOptions, options?: TensorTakeOptions): Tensor
  /** `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor` */
  takeAlongDim(indices: Tensor | TensorTakeAlongDimOptions, dim?: number | null | TensorTakeAlongDimOptions, options?: TensorTakeAlongDimOptions): Tensor
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` */
  put(index: Tensor | TensorPutOptions, source: Tensor | TensorPutOptions, accumulate?: boolean | TensorPutOptions, options?: TensorPutOptions): Tensor
  /** `put_(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` */
  put_(index: Tensor | TensorPut_Options, source: Tensor | TensorPut_Options, accumulate?: boolean | TensorPut_Options, options?: TensorPut_Options): Tensor
  /** `scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatter(dim: number | TensorScatterOptions, index: Tensor | TensorScatterOptions, src: Tensor | TensorScatterOptions, options?: TensorScatterOptions): Tensor
  /** `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  scatter(dim: number | TensorScatterOptions2, index: Tensor | TensorScatterOptions2, value: number | boolean | TensorScatterOptions2, options?: TensorScatterOptions2): Tensor
  /** `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` */
  scatter(dim: number | TensorScatterOptions3, index: Tensor | TensorScatterOptions3, src: Tensor | TensorScatterOptions3, options?: TensorScatterOptions3): Tensor
  /** `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` */
  scatter(dim: number | TensorScatterOptions4, index: Tensor | TensorScatterOptions4, value: number | boolean | TensorScatterOptions4, options?: TensorScatterOptions4): Tensor
  /** `scatter_.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatter_(dim: number | TensorScatter_Options, index: Tensor | TensorScatter_Options, src: Tensor | TensorScatter_Options, options?: TensorScatter_Options): Tensor
  /** `scatter_.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  scatter_(dim: number | TensorScatter_Options2, index: Tensor | TensorScatter_Options2, value: number | boolean | TensorScatter_Options2, options?: TensorScatter_Options2): Tensor
  /** `scatter_.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` */
  scatter_(dim: number | TensorScatter_Options3, index: Tensor | TensorScatter_Options3, src: Tensor | TensorScatter_Options3, options?: TensorScatter_Options3): Tensor
  /** `scatter_.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` */
  scatter_(dim: number | TensorScatter_Options4, index: Tensor | TensorScatter_Options4, value: number | boolean | TensorScatter_Options4, options?: TensorScatter_Options4): Tensor
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatterAdd(dim: number | TensorScatterAddOptions, index: Tensor | TensorScatterAddOptions, src: Tensor | TensorScatterAddOptions, options?: TensorScatterAddOptions): Tensor
  /** `scatter_add_(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatterAdd_(dim: number | TensorScatterAdd_Options, index: Tensor | TensorScatterAdd_Options, src: Tensor | TensorScatterAdd_Options, options?: TensorScatterAdd_Options): Tensor
  /** `scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` */
  scatterReduce(dim: number | TensorScatterReduceOptions, index: Tensor | TensorScatterReduceOptions, src: Tensor | TensorScatterReduceOptions, reduce: string | TensorScatterReduceOptions, options?: TensorScatterReduceOptions): Tensor
  /** `scatter_reduce_.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` */
  scatterReduce_(dim: number | TensorScatterReduce_Options, index: Tensor | TensorScatterReduce_Options, src: Tensor | TensorScatterReduce_Options, reduce: string | TensorScatterReduce_Options, options?: TensorScatterReduce_Options): Tensor
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` */
  indexAdd(dim: number | TensorIndexAddOptions, index: Tensor | TensorIndexAddOptions, source: Tensor | TensorIndexAddOptions, options?: TensorIndexAddOptions): Tensor
  /** `index_add_(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` */
  indexAdd_(dim: number | TensorIndexAdd_Options, index: Tensor | TensorIndexAdd_Options, source: Tensor | TensorIndexAdd_Options, options?: TensorIndexAdd_Options): Tensor
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` */
  indexCopy(dim: number | TensorIndexCopyOptions, index: Tensor | TensorIndexCopyOptions, source: Tensor | TensorIndexCopyOptions, options?: TensorIndexCopyOptions): Tensor
  /** `index_copy_(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` */
  indexCopy_(dim: number | TensorIndexCopy_Options, index: Tensor | TensorIndexCopy_Options, source: Tensor | TensorIndexCopy_Options, options?: TensorIndexCopy_Options): Tensor
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` */
  indexReduce(dim: number | TensorIndexReduceOptions, index: Tensor | TensorIndexReduceOptions, source: Tensor | TensorIndexReduceOptions, reduce: string | TensorIndexReduceOptions, options?: TensorIndexReduceOptions): Tensor
  /** `index_reduce_(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` */
  indexReduce_(dim: number | TensorIndexReduce_Options, index: Tensor | TensorIndexReduce_Options, source: Tensor | TensorIndexReduce_Options, reduce: string | TensorIndexReduce_Options, options?: TensorIndexReduce_Options): Tensor
  /** `index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  indexFill(dim: number | TensorIndexFillOptions, index: Tensor | TensorIndexFillOptions, value: number | boolean | TensorIndexFillOptions, options?: TensorIndexFillOptions): Tensor
  /** `index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor` */
  indexFill(dim: number | TensorIndexFillOptions2, index: Tensor | TensorIndexFillOptions2, value: Tensor | TensorIndexFillOptions2, options?: TensorIndexFillOptions2): Tensor
  /** `index_fill_.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` */
  indexFill_(dim: number | TensorIndexFill_Options, index: Tensor | TensorIndexFill_Options, value: number | boolean | TensorIndexFill_Options, options?: TensorIndexFill_Options): Tensor
  /** `index_fill_.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor` */
  indexFill_(dim: number | TensorIndexFill_Options2, index: Tensor | TensorIndexFill_Options2, value: Tensor | TensorIndexFill_Options2, options?: TensorIndexFill_Options2): Tensor
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` */
  maskedScatter(mask: Tensor | TensorMaskedScatterOptions, source: Tensor | TensorMaskedScatterOptions, options?: TensorMaskedScatterOptions): Tensor
  /** `masked_scatter_(Tensor self, Tensor mask, Tensor source) -> Tensor` */
  maskedScatter_(mask: Tensor | TensorMaskedScatter_Options, source: Tensor | TensorMaskedScatter_Options, options?: TensorMaskedScatter_Options): Tensor
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` */
  maskedSelect(mask: Tensor | TensorMaskedSelectOptions, options?: TensorMaskedSelectOptions): Tensor
  /** `select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor` */
  selectScatter(src: Tensor | TensorSelectScatterOptions, dim: number | TensorSelectScatterOptions, index: number | TensorSelectScatterOptions, options?: TensorSelectScatterOptions): Tensor
  /** `diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
  diagonalScatter(src: Tensor | TensorDiagonalScatterOptions, offset?: number | TensorDiagonalScatterOptions, dim1?: number | TensorDiagonalScatterOptions, dim2?: number | TensorDiagonalScatterOptions, options?: TensorDiagonalScatterOptions): Tensor
  /** `slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
  sliceScatter(src: Tensor | TensorSliceScatterOptions, dim?: number | TensorSliceScatterOptions, start?: number | null | TensorSliceScatterOptions, end?: number | null | TensorSliceScatterOptions, step?: number | TensorSliceScatterOptions, options?: TensorSliceScatterOptions): Tensor
  /** `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` */
  sort(dim?: number | TensorSortOptions, descending?: boolean | TensorSortOptions, options?: TensorSortOptions): [values: Tensor, indices: Tensor]
  /** `sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` */
  sort(options?: TensorSortOptions2): [values: Tensor, indices: Tensor]
  /** `topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` */
  topk(k: number | TensorTopkOptions, dim?: number | TensorTopkOptions, largest?: boolean | TensorTopkOptions, sorted?: boolean | TensorTopkOptions, options?: TensorTopkOptions): [values: Tensor, indices: Tensor]
  /** `cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
  cumsum(dim: number | TensorCumsumOptions, options?: TensorCumsumOptions): Tensor
  /** `cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
  cumprod(dim: number | TensorCumprodOptions, options?: TensorCumprodOptions): Tensor
  /** `logcumsumexp(Tensor self, int dim) -> Tensor` */
  logcumsumexp(dim: number | TensorLogcumsumexpOptions, options?: TensorLogcumsumexpOptions): Tensor
  /** `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
  cummax(dim: number | TensorCummaxOptions, options?: TensorCummaxOptions): [values: Tensor, indices: Tensor]
  /** `cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
  cummin(dim: number | TensorCumminOptions, options?: TensorCumminOptions): [values: Tensor, indices: Tensor]
  /** `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor` */
  argsort(dim?: number | TensorArgsortOptions, descending?: boolean | TensorArgsortOptions, options?: TensorArgsortOptions): Tensor
  /** `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor` */
  argsort(options?: TensorArgsortOptions2): Tensor
  /** `msort(Tensor self) -> Tensor` */
  msort(): Tensor
  /** `kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  kthvalue(k: number | TensorKthvalueOptions, dim?: number | TensorKthvalueOptions, keepdim?: boolean | TensorKthvalueOptions, options?: TensorKthvalueOptions): [values: Tensor, indices: Tensor]
  /** `median(Tensor self) -> Tensor` */
  median(): Tensor
  /** `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  median(dim: number | TensorMedianOptions2, keepdim?: boolean | TensorMedianOptions2, options?: TensorMedianOptions2): [values: Tensor, indices: Tensor]
  /** `nanmedian(Tensor self) -> Tensor` */
  nanmedian(): Tensor
  /** `nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  nanmedian(dim: number | TensorNanmedianOptions2, keepdim?: boolean | TensorNanmedianOptions2, options?: TensorNanmedianOptions2): [values: Tensor, indices: Tensor]
  /** `new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  newZeros(size: readonly number[] | TensorNewZerosOptions, options?: TensorNewZerosOptions): Tensor
  /** `new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  newOnes(size: readonly number[] | TensorNewOnesOptions, options?: TensorNewOnesOptions): Tensor
  /** `new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  newEmpty(size: readonly number[] | TensorNewEmptyOptions, options?: TensorNewEmptyOptions): Tensor
  /** `new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool requires_grad=False) -> Tensor` */
  newFull(size: readonly number[] | TensorNewFullOptions, fillValue: number | boolean | TensorNewFullOptions, options?: TensorNewFullOptions): Tensor
  /** `zero(Tensor self) -> Tensor` */
  zero(): Tensor
  /** `zero_(Tensor self) -> Tensor` */
  zero_(): Tensor
  /** `fill.Scalar(Tensor self, Scalar value) -> Tensor` */
  fill(value: number | boolean | TensorFillOptions, options?: TensorFillOptions): Tensor
  /** `fill.Tensor(Tensor self, Tensor value) -> Tensor` */
  fill(value: Tensor | TensorFillOptions2, options?: TensorFillOptions2): Tensor
  /** `fill_.Scalar(Tensor self, Scalar value) -> Tensor` */
  fill_(value: number | boolean | TensorFill_Options, options?: TensorFill_Options): Tensor
  /** `fill_.Tensor(Tensor self, Tensor value) -> Tensor` */
  fill_(value: Tensor | TensorFill_Options2, options?: TensorFill_Options2): Tensor
  /** `copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` */
  copy(src: Tensor | TensorCopyOptions, options?: TensorCopyOptions): Tensor
  /** `copy_(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` */
  copy_(src: Tensor | TensorCopy_Options, options?: TensorCopy_Options): Tensor
  /** `clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor` */
  clone(): Tensor
  /** `type_as(Tensor self, Tensor other) -> Tensor` */
  typeAs(other: Tensor | TensorTypeAsOptions, options?: TensorTypeAsOptions): Tensor
  /** `float(Tensor self) -> Tensor` */
  float(): Tensor
  /** `int(Tensor self) -> Tensor` */
  int(): Tensor
  /** `long(Tensor self) -> Tensor` */
  long(): Tensor
  /** `bool(Tensor self) -> Tensor` */
  bool(): Tensor
  /** `byte(Tensor self) -> Tensor` */
  byte(): Tensor
  /** `nonzero(Tensor self, *, bool as_tuple=False) -> Tensor` */
  nonzero(options?: TensorNonzeroOptions): Tensor
  /** `nonzero(Tensor self, *, bool as_tuple=False) -> Tensor[]` */
  nonzero(options: TensorNonzeroOptions2): Tensor[]
  /** `nonzero(Tensor self, *, bool as_tuple=False) -> Tensor[]` */
  nonzero(options: TensorNonzeroOptions2): Tensor[]
  /** `gcd(Tensor self, Tensor other) -> Tensor` */
  gcd(other: Tensor | TensorGcdOptions, options?: TensorGcdOptions): Tensor
  /** `gcd_(Tensor self, Tensor other) -> Tensor` */
  gcd_(other: Tensor | TensorGcd_Options, options?: TensorGcd_Options): Tensor
  /** `lcm(Tensor self, Tensor other) -> Tensor` */
  lcm(other: Tensor | TensorLcmOptions, options?: TensorLcmOptions): Tensor
  /** `lcm_(Tensor self, Tensor other) -> Tensor` */
  lcm_(other: Tensor | TensorLcm_Options, options?: TensorLcm_Options): Tensor
  /** `bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor` */
  bincount(weights?: Tensor | null | TensorBincountOptions, minlength?: number | TensorBincountOptions, options?: TensorBincountOptions): Tensor
  /** `argwhere(Tensor self) -> Tensor` */
  argwhere(): Tensor
  /** `tile(Tensor self, SymInt[] dims) -> Tensor` */
  tile(dims: readonly number[] | TensorTileOptions, options?: TensorTileOptions): Tensor
  /** `kron(Tensor self, Tensor other) -> Tensor` */
  kron(other: Tensor | TensorKronOptions, options?: TensorKronOptions): Tensor
  /** `trace(Tensor self) -> Tensor` */
  trace(): Tensor
  /** `diag(Tensor self, int diagonal=0) -> Tensor` */
  diag(diagonal?: number | TensorDiagOptions, options?: TensorDiagOptions): Tensor
  /** `diagflat(Tensor self, int offset=0) -> Tensor` */
  diagflat(offset?: number | TensorDiagflatOptions, options?: TensorDiagflatOptions): Tensor
  /** `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor` */
  diff(n?: number | TensorDiffOptions, dim?: number | TensorDiffOptions, prepend?: Tensor | null | TensorDiffOptions, append?: Tensor | null | TensorDiffOptions, options?: TensorDiffOptions): Tensor
  /** `cross(Tensor self, Tensor other, int? dim=None) -> Tensor` */
  cross(other: Tensor | TensorCrossOptions, dim?: number | null | TensorCrossOptions, options?: TensorCrossOptions): Tensor
  /** `sum_to_size(Tensor self, SymInt[] size) -> Tensor` */
  sumToSize(size: readonly number[] | TensorSumToSizeOptions, options?: TensorSumToSizeOptions): Tensor
  /** `sum_to_size(Tensor self, SymInt[] size) -> Tensor` */
  sumToSize(...tensors: Tensor[]): Tensor
  /** `swapaxes(Tensor self, int axis0, int axis1) -> Tensor` */
  swapaxes(axis0: number | TensorSwapaxesOptions, axis1: number | TensorSwapaxesOptions, options?: TensorSwapaxesOptions): Tensor
  /** `norm.str(Tensor self, str p='fro', int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None) -> Tensor` */
  norm(p?: string | TensorNormOptions, dim?: Sizes | null | TensorNormOptions, keepdim?: boolean | TensorNormOptions, dtype?: DType | null | TensorNormOptions, options?: TensorNormOptions): Tensor
  /** `norm(Tensor self, Scalar? p, int[1]? dim=None, bool keepdim=False, ScalarType? dtype=None) -> Tensor` */
  norm(p: number | boolean | null | TensorNormOptions2, dim?: Sizes | null | TensorNormOptions2, keepdim?: boolean | TensorNormOptions2, dtype?: DType | null | TensorNormOptions2, options?: TensorNormOptions2): Tensor
  /** `inverse(Tensor self) -> Tensor` */
  inverse(): Tensor
  /** `det(Tensor self) -> Tensor` */
  det(): Tensor
  /** `cholesky(Tensor self, bool upper=False) -> Tensor` */
  cholesky(upper?: boolean | TensorCholeskyOptions, options?: TensorCholeskyOptions): Tensor
  /** `matrix_power(Tensor self, int n) -> Tensor` */
  matrixPower(n: number | TensorMatrixPowerOptions, options?: TensorMatrixPowerOptions): Tensor
  /** `dist(Tensor self, Tensor other, Scalar p=2) -> Tensor` */
  dist(other: Tensor | TensorDistOptions, p?: number | boolean | TensorDistOptions, options?: TensorDistOptions): Tensor
  /** `is_floating_point(Tensor self) -> bool` */
  isFloatingPoint(): boolean
  /** `abs(Tensor self) -> Tensor` */
  absolute(): Tensor
  /** `abs_(Tensor self) -> Tensor` */
  absolute_(): Tensor
  /** `acos(Tensor self) -> Tensor` */
  arccos(): Tensor
  /** `acos_(Tensor self) -> Tensor` */
  arccos_(): Tensor
  /** `acosh(Tensor self) -> Tensor` */
  arccosh(): Tensor
  /** `acosh_(Tensor self) -> Tensor` */
  arccosh_(): Tensor
  /** `asin(Tensor self) -> Tensor` */
  arcsin(): Tensor
  /** `asin_(Tensor self) -> Tensor` */
  arcsin_(): Tensor
  /** `asinh(Tensor self) -> Tensor` */
  arcsinh(): Tensor
  /** `asinh_(Tensor self) -> Tensor` */
  arcsinh_(): Tensor
  /** `atan(Tensor self) -> Tensor` */
  arctan(): Tensor
  /** `atan_(Tensor self) -> Tensor` */
  arctan_(): Tensor
  /** `atan2(Tensor self, Tensor other) -> Tensor` */
  arctan2(other: Tensor | TensorArctan2Options, options?: TensorArctan2Options): Tensor
  /** `atan2_(Tensor self, Tensor other) -> Tensor` */
  arctan2_(other: Tensor | TensorArctan2_Options, options?: TensorArctan2_Options): Tensor
  /** `atanh(Tensor self) -> Tensor` */
  arctanh(): Tensor
  /** `atanh_(Tensor self) -> Tensor` */
  arctanh_(): Tensor
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clip(min?: number | boolean | null | TensorClipOptions, max?: number | boolean | null | TensorClipOptions, options?: TensorClipOptions): Tensor
  /** `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clip(min?: Tensor | null | TensorClipOptions2, max?: Tensor | null | TensorClipOptions2, options?: TensorClipOptions2): Tensor
  /** `clamp_(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
  clip_(min?: number | boolean | null | TensorClip_Options, max?: number | boolean | null | TensorClip_Options, options?: TensorClip_Options): Tensor
  /** `clamp_.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` */
  clip_(min?: Tensor | null | TensorClip_Options2, max?: Tensor | null | TensorClip_Options2, options?: TensorClip_Options2): Tensor
  /** `div.Tensor(Tensor self, Tensor other) -> Tensor` */
  divide(other: Tensor | TensorDivideOptions, options?: TensorDivideOptions): Tensor
  /** `div.Scalar(Tensor self, Scalar other) -> Tensor` */
  divide(other: number | boolean | TensorDivideOptions2, options?: TensorDivideOptions2): Tensor
  /** `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  divide(other: Tensor | TensorDivideOptions3, options?: TensorDivideOptions3): Tensor
  /** `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  divide(other: number | boolean | TensorDivideOptions4, options?: TensorDivideOptions4): Tensor
  /** `div_.Tensor(Tensor self, Tensor other) -> Tensor` */
  divide_(other: Tensor | TensorDivide_Options, options?: TensorDivide_Options): Tensor
  /** `div_.Scalar(Tensor self, Scalar other) -> Tensor` */
  divide_(other: number | boolean | TensorDivide_Options2, options?: TensorDivide_Options2): Tensor
  /** `div_.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  divide_(other: Tensor | TensorDivide_Options3, options?: TensorDivide_Options3): Tensor
  /** `div_.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  divide_(other: number | boolean | TensorDivide_Options4, options?: TensorDivide_Options4): Tensor
  /** `div.Tensor(Tensor self, Tensor other) -> Tensor` */
  trueDivide(other: Tensor | TensorTrueDivideOptions, options?: TensorTrueDivideOptions): Tensor
  /** `div.Scalar(Tensor self, Scalar other) -> Tensor` */
  trueDivide(other: number | boolean | TensorTrueDivideOptions2, options?: TensorTrueDivideOptions2): Tensor
  /** `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  trueDivide(other: Tensor | TensorTrueDivideOptions3, options?: TensorTrueDivideOptions3): Tensor
  /** `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  trueDivide(other: number | boolean | TensorTrueDivideOptions4, options?: TensorTrueDivideOptions4): Tensor
  /** `div_.Tensor(Tensor self, Tensor other) -> Tensor` */
  trueDivide_(other: Tensor | TensorTrueDivide_Options, options?: TensorTrueDivide_Options): Tensor
  /** `div_.Scalar(Tensor self, Scalar other) -> Tensor` */
  trueDivide_(other: number | boolean | TensorTrueDivide_Options2, options?: TensorTrueDivide_Options2): Tensor
  /** `div_.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor` */
  trueDivide_(other: Tensor | TensorTrueDivide_Options3, options?: TensorTrueDivide_Options3): Tensor
  /** `div_.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor` */
  trueDivide_(other: number | boolean | TensorTrueDivide_Options4, options?: TensorTrueDivide_Options4): Tensor
  /** `trunc(Tensor self) -> Tensor` */
  fix(): Tensor
  /** `trunc_(Tensor self) -> Tensor` */
  fix_(): Tensor
  /** `outer(Tensor self, Tensor vec2) -> Tensor` */
  ger(vec2: Tensor | TensorGerOptions, options?: TensorGerOptions): Tensor
  /** `gt.Tensor(Tensor self, Tensor other) -> Tensor` */
  greater(other: Tensor | TensorGreaterOptions, options?: TensorGreaterOptions): Tensor
  /** `gt.Scalar(Tensor self, Scalar other) -> Tensor` */
  greater(other: number | boolean | TensorGreaterOptions2, options?: TensorGreaterOptions2): Tensor
  /** `gt_.Tensor(Tensor self, Tensor other) -> Tensor` */
  greater_(other: Tensor | TensorGreater_Options, options?: TensorGreater_Options): Tensor
  /** `gt_.Scalar(Tensor self, Scalar other) -> Tensor` */
  greater_(other: number | boolean | TensorGreater_Options2, options?: TensorGreater_Options2): Tensor
  /** `ge.Tensor(Tensor self, Tensor other) -> Tensor` */
  greaterEqual(other: Tensor | TensorGreaterEqualOptions, options?: TensorGreaterEqualOptions): Tensor
  /** `ge.Scalar(Tensor self, Scalar other) -> Tensor` */
  greaterEqual(other: number | boolean | TensorGreaterEqualOptions2, options?: TensorGreaterEqualOptions2): Tensor
  /** `ge_.Tensor(Tensor self, Tensor other) -> Tensor` */
  greaterEqual_(other: Tensor | TensorGreaterEqual_Options, options?: TensorGreaterEqual_Options): Tensor
  /** `ge_.Scalar(Tensor self, Scalar other) -> Tensor` */
  greaterEqual_(other: number | boolean | TensorGreaterEqual_Options2, options?: TensorGreaterEqual_Options2): Tensor
  /** `lt.Tensor(Tensor self, Tensor other) -> Tensor` */
  less(other: Tensor | TensorLessOptions, options?: TensorLessOptions): Tensor
  /** `lt.Scalar(Tensor self, Scalar other) -> Tensor` */
  less(other: number | boolean | TensorLessOptions2, options?: TensorLessOptions2): Tensor
  /** `lt_.Tensor(Tensor self, Tensor other) -> Tensor` */
  less_(other: Tensor | TensorLess_Options, options?: TensorLess_Options): Tensor
  /** `lt_.Scalar(Tensor self, Scalar other) -> Tensor` */
  less_(other: number | boolean | TensorLess_Options2, options?: TensorLess_Options2): Tensor
  /** `le.Tensor(Tensor self, Tensor other) -> Tensor` */
  lessEqual(other: Tensor | TensorLessEqualOptions, options?: TensorLessEqualOptions): Tensor
  /** `le.Scalar(Tensor self, Scalar other) -> Tensor` */
  lessEqual(other: number | boolean | TensorLessEqualOptions2, options?: TensorLessEqualOptions2): Tensor
  /** `le_.Tensor(Tensor self, Tensor other) -> Tensor` */
  lessEqual_(other: Tensor | TensorLessEqual_Options, options?: TensorLessEqual_Options): Tensor
  /** `le_.Scalar(Tensor self, Scalar other) -> Tensor` */
  lessEqual_(other: number | boolean | TensorLessEqual_Options2, options?: TensorLessEqual_Options2): Tensor
  /** `movedim.int(Tensor self, int source, int destination) -> Tensor` */
  moveaxis(source: number | TensorMoveaxisOptions, destination: number | TensorMoveaxisOptions, options?: TensorMoveaxisOptions): Tensor
  /** `movedim.intlist(Tensor self, int[] source, int[] destination) -> Tensor` */
  moveaxis(source: readonly number[] | TensorMoveaxisOptions2, destination: readonly number[] | TensorMoveaxisOptions2, options?: TensorMoveaxisOptions2): Tensor
  /** `mul.Tensor(Tensor self, Tensor other) -> Tensor` */
  multiply(other: Tensor | TensorMultiplyOptions, options?: TensorMultiplyOptions): Tensor
  /** `mul.Scalar(Tensor self, Scalar other) -> Tensor` */
  multiply(other: number | boolean | TensorMultiplyOptions2, options?: TensorMultiplyOptions2): Tensor
  /** `mul_.Tensor(Tensor self, Tensor other) -> Tensor` */
  multiply_(other: Tensor | TensorMultiply_Options, options?: TensorMultiply_Options): Tensor
  /** `mul_.Scalar(Tensor self, Scalar other) -> Tensor` */
  multiply_(other: number | boolean | TensorMultiply_Options2, options?: TensorMultiply_Options2): Tensor
  /** `neg(Tensor self) -> Tensor` */
  negative(): Tensor
  /** `neg_(Tensor self) -> Tensor` */
  negative_(): Tensor
  /** `ne.Tensor(Tensor self, Tensor other) -> Tensor` */
  notEqual(other: Tensor | TensorNotEqualOptions, options?: TensorNotEqualOptions): Tensor
  /** `ne.Scalar(Tensor self, Scalar other) -> Tensor` */
  notEqual(other: number | boolean | TensorNotEqualOptions2, options?: TensorNotEqualOptions2): Tensor
  /** `ne_.Tensor(Tensor self, Tensor other) -> Tensor` */
  notEqual_(other: Tensor | TensorNotEqual_Options, options?: TensorNotEqual_Options): Tensor
  /** `ne_.Scalar(Tensor self, Scalar other) -> Tensor` */
  notEqual_(other: number | boolean | TensorNotEqual_Options2, options?: TensorNotEqual_Options2): Tensor
  /** `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  subtract(other: Tensor | TensorSubtractOptions, options?: TensorSubtractOptions): Tensor
  /** `sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  subtract(other: number | boolean | TensorSubtractOptions2, alpha?: number | boolean | TensorSubtractOptions2, options?: TensorSubtractOptions2): Tensor
  /** `sub_.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  subtract_(other: Tensor | TensorSubtract_Options, options?: TensorSubtract_Options): Tensor
  /** `sub_.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor` */
  subtract_(other: number | boolean | TensorSubtract_Options2, alpha?: number | boolean | TensorSubtract_Options2, options?: TensorSubtract_Options2): Tensor
  /** `swapaxes(Tensor self, int axis0, int axis1) -> Tensor` */
  swapdims(axis0: number | TensorSwapdimsOptions, axis1: number | TensorSwapdimsOptions, options?: TensorSwapdimsOptions): Tensor
  /** `sigmoid(Tensor self) -> Tensor` */
  expit(): Tensor
  /** `sigmoid_(Tensor self) -> Tensor` */
  expit_(): Tensor
}

export interface LinalgFunctions {
  /** `matmul(Tensor self, Tensor other) -> Tensor` */
  matmul(input: Tensor, other: Tensor | LinalgMatmulOptions, options?: LinalgMatmulOptions): Tensor
  /** `linalg_diagonal(Tensor self, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` */
  diagonal(input: Tensor, options?: LinalgDiagonalOptions): Tensor
  /** `linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor` */
  cross(input: Tensor, other: Tensor | LinalgCrossOptions, options?: LinalgCrossOptions): Tensor
  /** `linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  vectorNorm(input: Tensor, ord?: number | boolean | LinalgVectorNormOptions, dim?: Sizes | null | LinalgVectorNormOptions, keepdim?: boolean | LinalgVectorNormOptions, options?: LinalgVectorNormOptions): Tensor
  /** `linalg_matrix_norm.str_ord(Tensor self, str ord='fro', int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  matrixNorm(input: Tensor, ord?: string | LinalgMatrixNormOptions, dim?: readonly number[] | LinalgMatrixNormOptions, keepdim?: boolean | LinalgMatrixNormOptions, options?: LinalgMatrixNormOptions): Tensor
  /** `linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  matrixNorm(input: Tensor, ord: number | boolean | LinalgMatrixNormOptions2, dim?: readonly number[] | LinalgMatrixNormOptions2, keepdim?: boolean | LinalgMatrixNormOptions2, options?: LinalgMatrixNormOptions2): Tensor
  /** `linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  norm(input: Tensor, ord?: number | boolean | null | LinalgNormOptions, dim?: Sizes | null | LinalgNormOptions, keepdim?: boolean | LinalgNormOptions, options?: LinalgNormOptions): Tensor
  /** `linalg_norm.ord_str(Tensor self, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  norm(input: Tensor, ord: string | LinalgNormOptions2, dim?: Sizes | null | LinalgNormOptions2, keepdim?: boolean | LinalgNormOptions2, options?: LinalgNormOptions2): Tensor
  /** `linalg_svdvals(Tensor self) -> Tensor` */
  svdvals(input: Tensor): Tensor
  /** `linalg_inv(Tensor self) -> Tensor` */
  inv(input: Tensor): Tensor
  /** `linalg_inv_ex(Tensor self, *, bool check_errors=False) -> (Tensor result, Tensor info)` */
  invEx(input: Tensor, options?: LinalgInvExOptions): [result: Tensor, info: Tensor]
  /** `linalg_det(Tensor self) -> Tensor` */
  det(input: Tensor): Tensor
  /** `linalg_slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)` */
  slogdet(input: Tensor): [sign: Tensor, logabsdet: Tensor]
  /** `linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor` */
  cholesky(input: Tensor, options?: LinalgCholeskyOptions): Tensor
  /** `linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor result, Tensor info)` */
  choleskyEx(input: Tensor, options?: LinalgCholeskyExOptions): [result: Tensor, info: Tensor]
  /** `linalg_solve(Tensor self, Tensor other, *, bool left=True) -> Tensor` */
  solve(input: Tensor, other: Tensor | LinalgSolveOptions, options?: LinalgSolveOptions): Tensor
  /** `linalg_solve_ex(Tensor self, Tensor other, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info)` */
  solveEx(input: Tensor, other: Tensor | LinalgSolveExOptions, options?: LinalgSolveExOptions): [result: Tensor, info: Tensor]
  /** `linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor` */
  solveTriangular(input: Tensor, B: Tensor | LinalgSolveTriangularOptions, options?: LinalgSolveTriangularOptions): Tensor
  /** `linalg_matrix_power(Tensor self, int n) -> Tensor` */
  matrixPower(input: Tensor, n: number | LinalgMatrixPowerOptions, options?: LinalgMatrixPowerOptions): Tensor
  /** `linalg_multi_dot(Tensor[] tensors) -> Tensor` */
  multiDot(tensors: readonly Tensor[]): Tensor
  /** `linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor` */
  vecdot(x: Tensor, y: Tensor | LinalgVecdotOptions, options?: LinalgVecdotOptions): Tensor
  /** `linalg_vander(Tensor x, *, SymInt? N=None) -> Tensor` */
  vander(x: Tensor, options?: LinalgVanderOptions): Tensor
}

export interface SpecialFunctions {
  /** `special_xlog1py(Tensor self, Tensor other) -> Tensor` */
  xlog1py(input: Tensor, other: Tensor | SpecialXlog1pyOptions, options?: SpecialXlog1pyOptions): Tensor
  /** `special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor` */
  xlog1py(input: number | boolean, other: Tensor | SpecialXlog1pyOptions2, options?: SpecialXlog1pyOptions2): Tensor
  /** `special_xlog1py.other_scalar(Tensor self, Scalar other) -> Tensor` */
  xlog1py(input: Tensor, other: number | boolean | SpecialXlog1pyOptions3, options?: SpecialXlog1pyOptions3): Tensor
  /** `special_entr(Tensor self) -> Tensor` */
  entr(input: Tensor): Tensor
  /** `special_ndtr(Tensor self) -> Tensor` */
  ndtr(input: Tensor): Tensor
  /** `logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
  logsumexp(input: Tensor, dim: Sizes | SpecialLogsumexpOptions, keepdim?: boolean | SpecialLogsumexpOptions, options?: SpecialLogsumexpOptions): Tensor
  /** `softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  softmax(input: Tensor, dim: number | SpecialSoftmaxOptions, dtype?: DType | null | SpecialSoftmaxOptions, options?: SpecialSoftmaxOptions): Tensor
  /** `log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  logSoftmax(input: Tensor, dim: number | SpecialLogSoftmaxOptions, dtype?: DType | null | SpecialLogSoftmaxOptions, options?: SpecialLogSoftmaxOptions): Tensor
}

export interface AddOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface AddOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface Add_Options {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface Add_Options2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface SubOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface SubOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface Sub_Options {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface Sub_Options2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface RsubOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface RsubOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface MulOptions {
  readonly other?: Tensor
}

export interface MulOptions2 {
  readonly other?: number | boolean
}

export interface Mul_Options {
  readonly other?: Tensor
}

export interface Mul_Options2 {
  readonly other?: number | boolean
}

export interface DivOptions {
  readonly other?: Tensor
}

export interface DivOptions2 {
  readonly other?: number | boolean
}

export interface DivOptions3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface DivOptions4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface Div_Options {
  readonly other?: Tensor
}

export interface Div_Options2 {
  readonly other?: number | boolean
}

export interface Div_Options3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface Div_Options4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface FloorDivideOptions {
  readonly other?: Tensor
}

export interface FloorDivideOptions2 {
  readonly other?: number | boolean
}

export interface FloorDivide_Options {
  readonly other?: Tensor
}

export interface FloorDivide_Options2 {
  readonly other?: number | boolean
}

export interface RemainderOptions {
  readonly other?: Tensor
}

export interface RemainderOptions2 {
  readonly other?: number | boolean
}

export interface RemainderOptions3 {
  readonly other?: Tensor
}

export interface Remainder_Options {
  readonly other?: Tensor
}

export interface Remainder_Options2 {
  readonly other?: number | boolean
}

export interface FmodOptions {
  readonly other?: Tensor
}

export interface FmodOptions2 {
  readonly other?: number | boolean
}

export interface Fmod_Options {
  readonly other?: Tensor
}

export interface Fmod_Options2 {
  readonly other?: number | boolean
}

export interface PowOptions {
  readonly exponent?: Tensor
}

export interface PowOptions2 {
  readonly exponent?: number | boolean
}

export interface PowOptions3 {
  readonly exponent?: Tensor
}

export interface Pow_Options {
  readonly exponent?: Tensor
}

export interface Pow_Options2 {
  readonly exponent?: number | boolean
}

export interface FloatPowerOptions {
  readonly exponent?: Tensor
}

export interface FloatPowerOptions2 {
  readonly exponent?: number | boolean
}

export interface FloatPower_Options {
  readonly exponent?: Tensor
}

export interface FloatPower_Options2 {
  readonly exponent?: number | boolean
}

export interface Atan2Options {
  readonly other?: Tensor
}

export interface Atan2_Options {
  readonly other?: Tensor
}

export interface MaximumOptions {
  readonly other?: Tensor
}

export interface MinimumOptions {
  readonly other?: Tensor
}

export interface FmaxOptions {
  readonly other?: Tensor
}

export interface FminOptions {
  readonly other?: Tensor
}

export interface HypotOptions {
  readonly other?: Tensor
}

export interface Hypot_Options {
  readonly other?: Tensor
}

export interface CopysignOptions {
  readonly other?: Tensor
}

export interface CopysignOptions2 {
  readonly other?: number | boolean
}

export interface Copysign_Options {
  readonly other?: Tensor
}

export interface Copysign_Options2 {
  readonly other?: number | boolean
}

export interface LogaddexpOptions {
  readonly other?: Tensor
}

export interface Logaddexp2Options {
  readonly other?: Tensor
}

export interface XlogyOptions {
  readonly other?: Tensor
}

export interface XlogyOptions2 {
  readonly other?: Tensor
}

export interface XlogyOptions3 {
  readonly other?: number | boolean
}

export interface Xlogy_Options {
  readonly other?: Tensor
}

export interface Xlogy_Options2 {
  readonly other?: number | boolean
}

export interface LdexpOptions {
  readonly other?: Tensor
}

export interface Ldexp_Options {
  readonly other?: Tensor
}

export interface HeavisideOptions {
  readonly values?: Tensor
}

export interface Heaviside_Options {
  readonly values?: Tensor
}

export interface WhereOptions {
  readonly input?: Tensor
  readonly other?: Tensor
}

export interface WhereOptions2 {
  readonly input?: Tensor
  readonly other?: number | boolean
}

export interface WhereOptions3 {
  readonly input?: number | boolean
  readonly other?: Tensor
}

export interface WhereOptions4 {
  readonly input?: number | boolean
  readonly other?: number | boolean
}

export interface MaskedFillOptions {
  readonly mask?: Tensor
  readonly value?: number | boolean
}

export interface MaskedFillOptions2 {
  readonly mask?: Tensor
  readonly value?: Tensor
}

export interface MaskedFill_Options {
  readonly mask?: Tensor
  readonly value?: number | boolean
}

export interface MaskedFill_Options2 {
  readonly mask?: Tensor
  readonly value?: Tensor
}

export interface ClampOptions {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface ClampOptions2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface Clamp_Options {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface Clamp_Options2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface ClampMinOptions {
  readonly min?: number | boolean
}

export interface ClampMinOptions2 {
  readonly min?: Tensor
}

export interface ClampMin_Options {
  readonly min?: number | boolean
}

export interface ClampMin_Options2 {
  readonly min?: Tensor
}

export interface ClampMaxOptions {
  readonly max?: number | boolean
}

export interface ClampMaxOptions2 {
  readonly max?: Tensor
}

export interface ClampMax_Options {
  readonly max?: number | boolean
}

export interface ClampMax_Options2 {
  readonly max?: Tensor
}

export interface LerpOptions {
  readonly end?: Tensor
  readonly weight?: number | boolean
}

export interface LerpOptions2 {
  readonly end?: Tensor
  readonly weight?: Tensor
}

export interface Lerp_Options {
  readonly end?: Tensor
  readonly weight?: number | boolean
}

export interface Lerp_Options2 {
  readonly end?: Tensor
  readonly weight?: Tensor
}

export interface AddcmulOptions {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface Addcmul_Options {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface AddcdivOptions {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface Addcdiv_Options {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface NanToNumOptions {
  readonly nan?: number | null
  readonly posinf?: number | null
  readonly neginf?: number | null
}

export interface NanToNum_Options {
  readonly nan?: number | null
  readonly posinf?: number | null
  readonly neginf?: number | null
}

export interface EqOptions {
  readonly other?: Tensor
}

export interface EqOptions2 {
  readonly other?: number | boolean
}

export interface Eq_Options {
  readonly other?: Tensor
}

export interface Eq_Options2 {
  readonly other?: number | boolean
}

export interface NeOptions {
  readonly other?: Tensor
}

export interface NeOptions2 {
  readonly other?: number | boolean
}

export interface Ne_Options {
  readonly other?: Tensor
}

export interface Ne_Options2 {
  readonly other?: number | boolean
}

export interface LtOptions {
  readonly other?: Tensor
}

export interface LtOptions2 {
  readonly other?: number | boolean
}

export interface Lt_Options {
  readonly other?: Tensor
}

export interface Lt_Options2 {
  readonly other?: number | boolean
}

export interface LeOptions {
  readonly other?: Tensor
}

export interface LeOptions2 {
  readonly other?: number | boolean
}

export interface Le_Options {
  readonly other?: Tensor
}

export interface Le_Options2 {
  readonly other?: number | boolean
}

export interface GtOptions {
  readonly other?: Tensor
}

export interface GtOptions2 {
  readonly other?: number | boolean
}

export interface Gt_Options {
  readonly other?: Tensor
}

export interface Gt_Options2 {
  readonly other?: number | boolean
}

export interface GeOptions {
  readonly other?: Tensor
}

export interface GeOptions2 {
  readonly other?: number | boolean
}

export interface Ge_Options {
  readonly other?: Tensor
}

export interface Ge_Options2 {
  readonly other?: number | boolean
}

export interface IscloseOptions {
  readonly other?: Tensor
  readonly rtol?: number
  readonly atol?: number
  readonly equalNan?: boolean
}

export interface LogicalAndOptions {
  readonly other?: Tensor
}

export interface LogicalAnd_Options {
  readonly other?: Tensor
}

export interface LogicalOrOptions {
  readonly other?: Tensor
}

export interface LogicalOr_Options {
  readonly other?: Tensor
}

export interface LogicalXorOptions {
  readonly other?: Tensor
}

export interface LogicalXor_Options {
  readonly other?: Tensor
}

export interface BitwiseAndOptions {
  readonly other?: Tensor
}

export interface BitwiseAndOptions2 {
  readonly other?: number | boolean
}

export interface BitwiseAnd_Options {
  readonly other?: Tensor
}

export interface BitwiseAnd_Options2 {
  readonly other?: number | boolean
}

export interface BitwiseOrOptions {
  readonly other?: Tensor
}

export interface BitwiseOrOptions2 {
  readonly other?: number | boolean
}

export interface BitwiseOr_Options {
  readonly other?: Tensor
}

export interface BitwiseOr_Options2 {
  readonly other?: number | boolean
}

export interface BitwiseXorOptions {
  readonly other?: Tensor
}

export interface BitwiseXorOptions2 {
  readonly other?: number | boolean
}

export interface BitwiseXor_Options {
  readonly other?: Tensor
}

export interface BitwiseXor_Options2 {
  readonly other?: number | boolean
}

export interface BitwiseLeftShiftOptions {
  readonly other?: Tensor
}

export interface BitwiseLeftShiftOptions2 {
  readonly other?: number | boolean
}

export interface BitwiseLeftShift_Options {
  readonly other?: Tensor
}

export interface BitwiseLeftShift_Options2 {
  readonly other?: number | boolean
}

export interface BitwiseRightShiftOptions {
  readonly other?: Tensor
}

export interface BitwiseRightShiftOptions2 {
  readonly other?: number | boolean
}

export interface BitwiseRightShift_Options {
  readonly other?: Tensor
}

export interface BitwiseRightShift_Options2 {
  readonly other?: number | boolean
}

export interface RoundOptions2 {
  readonly decimals?: number
}

export interface Round_Options2 {
  readonly decimals?: number
}

export interface LogitOptions {
  readonly eps?: number | null
}

export interface Logit_Options {
  readonly eps?: number | null
}

export interface ThresholdOptions {
  readonly threshold?: number | boolean
  readonly value?: number | boolean
}

export interface Threshold_Options {
  readonly threshold?: number | boolean
  readonly value?: number | boolean
}

export interface CeluOptions {
  readonly alpha?: number | boolean
}

export interface Celu_Options {
  readonly alpha?: number | boolean
}

export interface HardshrinkOptions {
  readonly lambd?: number | boolean
}

export interface PreluOptions {
  readonly weight?: Tensor
}

export interface SumOptions {
  readonly dtype?: DType | null
}

export interface SumOptions2 {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface ProdOptions {
  readonly dtype?: DType | null
}

export interface ProdOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface NansumOptions {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface CountNonzeroOptions {
  readonly dim?: number | null
}

export interface CountNonzeroOptions2 {
  readonly dim?: readonly number[]
}

export interface AmaxOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface AminOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface AnyOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface AnyOptions3 {
  readonly dim?: readonly number[] | null
  readonly keepdim?: boolean
}

export interface AllOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface AllOptions3 {
  readonly dim?: readonly number[] | null
  readonly keepdim?: boolean
}

export interface ArgmaxOptions {
  readonly dim?: number | null
  readonly keepdim?: boolean
}

export interface ArgminOptions {
  readonly dim?: number | null
  readonly keepdim?: boolean
}

export interface MaxOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface MaxOptions3 {
  readonly other?: Tensor
}

export interface MinOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface MinOptions3 {
  readonly other?: Tensor
}

export interface AminmaxOptions {
  readonly dim?: number | null
  readonly keepdim?: boolean
}

export interface MeanOptions {
  readonly dtype?: DType | null
}

export interface MeanOptions2 {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface NanmeanOptions {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface LogsumexpOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface SoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface LogSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface VarOptions {
  readonly unbiased?: boolean
}

export interface VarOptions2 {
  readonly dim?: Sizes | null
  readonly unbiased?: boolean
  readonly keepdim?: boolean
}

export interface VarOptions3 {
  readonly dim?: Sizes | null
  readonly correction?: number | boolean | null
  readonly keepdim?: boolean
}

export interface StdOptions {
  readonly unbiased?: boolean
}

export interface StdOptions2 {
  readonly dim?: Sizes | null
  readonly unbiased?: boolean
  readonly keepdim?: boolean
}

export interface StdOptions3 {
  readonly dim?: Sizes | null
  readonly correction?: number | boolean | null
  readonly keepdim?: boolean
}

export interface VarMeanOptions {
  readonly unbiased?: boolean
}

export interface VarMeanOptions2 {
  readonly dim?: Sizes | null
  readonly unbiased?: boolean
  readonly keepdim?: boolean
}

export interface VarMeanOptions3 {
  readonly dim?: Sizes | null
  readonly correction?: number | boolean | null
  readonly keepdim?: boolean
}

export interface StdMeanOptions {
  readonly unbiased?: boolean
}

export interface StdMeanOptions2 {
  readonly dim?: Sizes | null
  readonly unbiased?: boolean
  readonly keepdim?: boolean
}

export interface StdMeanOptions3 {
  readonly dim?: Sizes | null
  readonly correction?: number | boolean | null
  readonly keepdim?: boolean
}

export interface MmOptions {
  readonly mat2?: Tensor
}

export interface BmmOptions {
  readonly mat2?: Tensor
}

export interface MatmulOptions {
  readonly other?: Tensor
}

export interface MvOptions {
  readonly vec?: Tensor
}

export interface DotOptions {
  readonly tensor?: Tensor
}

export interface VdotOptions {
  readonly other?: Tensor
}

export interface InnerOptions {
  readonly other?: Tensor
}

export interface OuterOptions {
  readonly vec2?: Tensor
}

export interface AddmmOptions {
  readonly mat1?: Tensor
  readonly mat2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface Addmm_Options {
  readonly mat1?: Tensor
  readonly mat2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface BaddbmmOptions {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface Baddbmm_Options {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface AddbmmOptions {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface Addbmm_Options {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface AddmvOptions {
  readonly mat?: Tensor
  readonly vec?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface Addmv_Options {
  readonly mat?: Tensor
  readonly vec?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface AddrOptions {
  readonly vec1?: Tensor
  readonly vec2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface Addr_Options {
  readonly vec1?: Tensor
  readonly vec2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface Conv1dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface Conv1dOptions2 {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: string
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface Conv2dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface Conv2dOptions2 {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: string
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface Conv3dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface Conv3dOptions2 {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: string
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface ConvTranspose1dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly dilation?: Sizes
}

export interface ConvTranspose2dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly dilation?: Sizes
}

export interface ConvTranspose3dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly dilation?: Sizes
}

export interface MaxPool2dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface MaxPool1dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface MaxPool3dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface AvgPool1dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly ceilMode?: boolean
  readonly countIncludePad?: boolean
}

export interface AdaptiveAvgPool1dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
}

export interface BatchNormOptions {
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly runningMean?: Tensor | null
  readonly runningVar?: Tensor | null
  readonly training?: boolean
  readonly momentum?: number
  readonly eps?: number
}

export interface LayerNormOptions {
  readonly normalizedShape?: readonly number[]
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly eps?: number
}

export interface RmsNormOptions {
  readonly normalizedShape?: readonly number[]
  readonly weight?: Tensor | null
  readonly eps?: number | null
}

export interface GroupNormOptions {
  readonly numGroups?: number
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly eps?: number
}

export interface ReshapeOptions {
  readonly shape?: readonly number[]
}

export interface FlattenOptions {
  readonly startDim?: number
  readonly endDim?: number
}

export interface UnflattenOptions {
  readonly dim?: number
  readonly sizes?: readonly number[]
}

export interface PermuteOptions {
  readonly dims?: readonly number[]
}

export interface TransposeOptions {
  readonly dim0?: number
  readonly dim1?: number
}

export interface MovedimOptions {
  readonly source?: number
  readonly destination?: number
}

export interface MovedimOptions2 {
  readonly source?: readonly number[]
  readonly destination?: readonly number[]
}

export interface SqueezeOptions2 {
  readonly dim?: number
}

export interface SqueezeOptions3 {
  readonly dim?: readonly number[]
}

export interface UnsqueezeOptions {
  readonly dim?: number
}

export interface BroadcastToOptions {
  readonly size?: readonly number[]
}

export interface SelectOptions {
  readonly dim?: number
  readonly index?: number
}

export interface NarrowOptions {
  readonly dim?: number
  readonly start?: number
  readonly length?: number
}

export interface DiagonalOptions {
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface SplitOptions {
  readonly splitSize?: number
  readonly dim?: number
}

export interface SplitOptions2 {
  readonly splitSize?: readonly number[]
  readonly dim?: number
}

export interface SplitWithSizesOptions {
  readonly splitSizes?: readonly number[]
  readonly dim?: number
}

export interface ChunkOptions {
  readonly chunks?: number
  readonly dim?: number
}

export interface TensorSplitOptions {
  readonly sections?: number
  readonly dim?: number
}

export interface TensorSplitOptions2 {
  readonly indices?: readonly number[]
  readonly dim?: number
}

export interface TensorSplitOptions3 {
  readonly tensorIndicesOrSections?: Tensor
  readonly dim?: number
}

export interface HsplitOptions {
  readonly sections?: number
}

export interface HsplitOptions2 {
  readonly indices?: readonly number[]
}

export interface VsplitOptions {
  readonly sections?: number
}

export interface VsplitOptions2 {
  readonly indices?: readonly number[]
}

export interface DsplitOptions {
  readonly sections?: number
}

export interface DsplitOptions2 {
  readonly indices?: readonly number[]
}

export interface UnbindOptions {
  readonly dim?: number
}

export interface CatOptions {
  readonly dim?: number
}

export interface StackOptions {
  readonly dim?: number
}

export interface MeshgridOptions {
  readonly indexing?: string
}

export interface FlipOptions {
  readonly dims?: readonly number[]
}

export interface RollOptions {
  readonly shifts?: Sizes
  readonly dims?: Sizes
}

export interface Rot90Options {
  readonly k?: number
  readonly dims?: readonly number[]
}

export interface TrilOptions {
  readonly diagonal?: number
}

export interface Tril_Options {
  readonly diagonal?: number
}

export interface TriuOptions {
  readonly diagonal?: number
}

export interface Triu_Options {
  readonly diagonal?: number
}

export interface RepeatInterleaveOptions {
  readonly repeats?: number
  readonly dim?: number | null
  readonly outputSize?: number | null
}

export interface RepeatInterleaveOptions2 {
  readonly repeats?: Tensor
  readonly dim?: number | null
  readonly outputSize?: number | null
}

export interface RepeatInterleaveOptions3 {
  readonly outputSize?: number | null
}

export interface DiagEmbedOptions {
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface ConstantPadNdOptions {
  readonly pad?: readonly number[]
  readonly value?: number | boolean
}

export interface GatherOptions {
  readonly dim?: number
  readonly index?: Tensor
}

export interface IndexSelectOptions {
  readonly dim?: number
  readonly index?: Tensor
}

export interface TakeOptions {
  readonly index?: Tensor
}

export interface EmbeddingOptions {
  readonly indices?: Tensor
  readonly paddingIdx?: number
}

export interface TakeAlongDimOptions {
  readonly indices?: Tensor
  readonly dim?: number | null
}

export interface IndexPutOptions {
  readonly indices?: readonly (Tensor | null)[]
  readonly values?: Tensor
  readonly accumulate?: boolean
}

export interface IndexPut_Options {
  readonly indices?: readonly (Tensor | null)[]
  readonly values?: Tensor
  readonly accumulate?: boolean
}

export interface PutOptions {
  readonly index?: Tensor
  readonly source?: Tensor
  readonly accumulate?: boolean
}

export interface Put_Options {
  readonly index?: Tensor
  readonly source?: Tensor
  readonly accumulate?: boolean
}

export interface ScatterOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface ScatterOptions2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface ScatterOptions3 {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
}

export interface ScatterOptions4 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
  readonly reduce?: string
}

export interface Scatter_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface Scatter_Options2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface Scatter_Options3 {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
}

export interface Scatter_Options4 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
  readonly reduce?: string
}

export interface ScatterAddOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface ScatterAdd_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface ScatterReduceOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface ScatterReduce_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface IndexAddOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly alpha?: number | boolean
}

export interface IndexAdd_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly alpha?: number | boolean
}

export interface IndexCopyOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
}

export interface IndexCopy_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
}

export interface IndexReduceOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface IndexReduce_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface IndexFillOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface IndexFillOptions2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: Tensor
}

export interface IndexFill_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface IndexFill_Options2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: Tensor
}

export interface MaskedScatterOptions {
  readonly mask?: Tensor
  readonly source?: Tensor
}

export interface MaskedScatter_Options {
  readonly mask?: Tensor
  readonly source?: Tensor
}

export interface MaskedSelectOptions {
  readonly mask?: Tensor
}

export interface SearchsortedOptions {
  readonly input?: Tensor
  readonly outInt32?: boolean
  readonly right?: boolean
  readonly side?: string | null
  readonly sorter?: Tensor | null
}

export interface SearchsortedOptions2 {
  readonly input?: number | boolean
  readonly outInt32?: boolean
  readonly right?: boolean
  readonly side?: string | null
  readonly sorter?: Tensor | null
}

export interface BucketizeOptions {
  readonly boundaries?: Tensor
  readonly outInt32?: boolean
  readonly right?: boolean
}

export interface BucketizeOptions2 {
  readonly boundaries?: Tensor
  readonly outInt32?: boolean
  readonly right?: boolean
}

export interface IsinOptions {
  readonly testElements?: Tensor
  readonly assumeUnique?: boolean
  readonly invert?: boolean
}

export interface IsinOptions2 {
  readonly testElement?: number | boolean
  readonly assumeUnique?: boolean
  readonly invert?: boolean
}

export interface SelectScatterOptions {
  readonly src?: Tensor
  readonly dim?: number
  readonly index?: number
}

export interface DiagonalScatterOptions {
  readonly src?: Tensor
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface SliceScatterOptions {
  readonly src?: Tensor
  readonly dim?: number
  readonly start?: number | null
  readonly end?: number | null
  readonly step?: number
}

export interface SortOptions {
  readonly dim?: number
  readonly descending?: boolean
}

export interface SortOptions2 {
  readonly stable?: boolean | null
  readonly dim?: number
  readonly descending?: boolean
}

export interface TopkOptions {
  readonly k?: number
  readonly dim?: number
  readonly largest?: boolean
  readonly sorted?: boolean
}

export interface CumsumOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface CumprodOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface LogcumsumexpOptions {
  readonly dim?: number
}

export interface CummaxOptions {
  readonly dim?: number
}

export interface CumminOptions {
  readonly dim?: number
}

export interface ArgsortOptions {
  readonly dim?: number
  readonly descending?: boolean
}

export interface ArgsortOptions2 {
  readonly stable?: boolean
  readonly dim?: number
  readonly descending?: boolean
}

export interface KthvalueOptions {
  readonly k?: number
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface MedianOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface NanmedianOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface ZerosOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface OnesOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface EmptyOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface FullOptions {
  readonly fillValue?: number | boolean
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface ZerosLikeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface OnesLikeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface EmptyLikeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface FullLikeOptions {
  readonly fillValue?: number | boolean
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface FillOptions {
  readonly value?: number | boolean
}

export interface FillOptions2 {
  readonly value?: Tensor
}

export interface Fill_Options {
  readonly value?: number | boolean
}

export interface Fill_Options2 {
  readonly value?: Tensor
}

export interface ArangeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface ArangeOptions2 {
  readonly end?: number | boolean
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface ArangeOptions3 {
  readonly end?: number | boolean
  readonly step?: number | boolean
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface LinspaceOptions {
  readonly end?: number | boolean
  readonly steps?: number
  readonly dtype?: DType | null
}

export interface LinspaceOptions2 {
  readonly end?: Tensor
  readonly steps?: number
  readonly dtype?: DType | null
}

export interface LinspaceOptions3 {
  readonly end?: number | boolean
  readonly steps?: number
  readonly dtype?: DType | null
}

export interface LinspaceOptions4 {
  readonly end?: Tensor
  readonly steps?: number
  readonly dtype?: DType | null
}

export interface LogspaceOptions {
  readonly end?: number | boolean
  readonly steps?: number
  readonly base?: number
  readonly dtype?: DType | null
}

export interface LogspaceOptions2 {
  readonly end?: Tensor
  readonly steps?: number
  readonly base?: number
  readonly dtype?: DType | null
}

export interface LogspaceOptions3 {
  readonly end?: number | boolean
  readonly steps?: number
  readonly base?: number
  readonly dtype?: DType | null
}

export interface LogspaceOptions4 {
  readonly end?: Tensor
  readonly steps?: number
  readonly base?: number
  readonly dtype?: DType | null
}

export interface EyeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface EyeOptions2 {
  readonly m?: number
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandnOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandLikeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandnLikeOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandintOptions {
  readonly size?: readonly number[]
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandintOptions2 {
  readonly high?: number
  readonly size?: readonly number[]
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface RandpermOptions {
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface NonzeroOptions {
  readonly asTuple?: false
}

export interface NonzeroOptions2 {
  readonly asTuple: true
}

export interface GcdOptions {
  readonly other?: Tensor
}

export interface Gcd_Options {
  readonly other?: Tensor
}

export interface LcmOptions {
  readonly other?: Tensor
}

export interface Lcm_Options {
  readonly other?: Tensor
}

export interface BincountOptions {
  readonly weights?: Tensor | null
  readonly minlength?: number
}

export interface TileOptions {
  readonly dims?: readonly number[]
}

export interface PixelShuffleOptions {
  readonly upscaleFactor?: number
}

export interface PixelUnshuffleOptions {
  readonly downscaleFactor?: number
}

export interface ChannelShuffleOptions {
  readonly groups?: number
}

export interface KronOptions {
  readonly other?: Tensor
}

export interface DiagOptions {
  readonly diagonal?: number
}

export interface DiagflatOptions {
  readonly offset?: number
}

export interface DiffOptions {
  readonly n?: number
  readonly dim?: number
  readonly prepend?: Tensor | null
  readonly append?: Tensor | null
}

export interface CrossOptions {
  readonly other?: Tensor
  readonly dim?: number | null
}

export interface SwapaxesOptions {
  readonly axis0?: number
  readonly axis1?: number
}

export interface NormOptions {
  readonly p?: string
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface NormOptions2 {
  readonly p?: number | boolean | null
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface CholeskyOptions {
  readonly upper?: boolean
}

export interface MatrixPowerOptions {
  readonly n?: number
}

export interface EinsumOptions {
  readonly tensors?: readonly Tensor[]
}

export interface TensordotOptions {
  readonly b?: Tensor
  readonly dims?: number
}

export interface TensordotOptions2 {
  readonly b?: Tensor
  readonly dims?: readonly (readonly number[])[]
}

export interface CosineSimilarityOptions {
  readonly x2?: Tensor
  readonly dim?: number
  readonly eps?: number
}

export interface PairwiseDistanceOptions {
  readonly x2?: Tensor
  readonly p?: number
  readonly eps?: number
  readonly keepdim?: boolean
}

export interface CdistOptions {
  readonly x2?: Tensor
  readonly p?: number
  readonly computeMode?: string | null
}

export interface PdistOptions {
  readonly p?: number
}

export interface DistOptions {
  readonly other?: Tensor
  readonly p?: number | boolean
}

export interface BilinearOptions {
  readonly input2?: Tensor
  readonly weight?: Tensor
  readonly bias?: Tensor | null
}

export interface LstmOptions {
  readonly hx?: readonly Tensor[]
  readonly params?: readonly Tensor[]
  readonly hasBiases?: boolean
  readonly numLayers?: number
  readonly dropout?: number
  readonly train?: boolean
  readonly bidirectional?: boolean
  readonly batchFirst?: boolean
}

export interface GruOptions {
  readonly hx?: Tensor | null
  readonly params?: readonly Tensor[]
  readonly hasBiases?: boolean
  readonly numLayers?: number
  readonly dropout?: number
  readonly train?: boolean
  readonly bidirectional?: boolean
  readonly batchFirst?: boolean
}

export interface RnnTanhOptions {
  readonly hx?: Tensor | null
  readonly params?: readonly Tensor[]
  readonly hasBiases?: boolean
  readonly numLayers?: number
  readonly dropout?: number
  readonly train?: boolean
  readonly bidirectional?: boolean
  readonly batchFirst?: boolean
}

export interface RnnReluOptions {
  readonly hx?: Tensor | null
  readonly params?: readonly Tensor[]
  readonly hasBiases?: boolean
  readonly numLayers?: number
  readonly dropout?: number
  readonly train?: boolean
  readonly bidirectional?: boolean
  readonly batchFirst?: boolean
}

export interface Arctan2Options {
  readonly other?: Tensor
}

export interface ClipOptions {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface ClipOptions2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface ConcatOptions {
  readonly dim?: number
}

export interface ConcatenateOptions {
  readonly dim?: number
}

export interface DivideOptions {
  readonly other?: Tensor
}

export interface DivideOptions2 {
  readonly other?: number | boolean
}

export interface DivideOptions3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface DivideOptions4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TrueDivideOptions {
  readonly other?: Tensor
}

export interface TrueDivideOptions2 {
  readonly other?: number | boolean
}

export interface TrueDivideOptions3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TrueDivideOptions4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface GerOptions {
  readonly vec2?: Tensor
}

export interface GreaterOptions {
  readonly other?: Tensor
}

export interface GreaterOptions2 {
  readonly other?: number | boolean
}

export interface GreaterEqualOptions {
  readonly other?: Tensor
}

export interface GreaterEqualOptions2 {
  readonly other?: number | boolean
}

export interface LessOptions {
  readonly other?: Tensor
}

export interface LessOptions2 {
  readonly other?: number | boolean
}

export interface LessEqualOptions {
  readonly other?: Tensor
}

export interface LessEqualOptions2 {
  readonly other?: number | boolean
}

export interface MoveaxisOptions {
  readonly source?: number
  readonly destination?: number
}

export interface MoveaxisOptions2 {
  readonly source?: readonly number[]
  readonly destination?: readonly number[]
}

export interface MultiplyOptions {
  readonly other?: Tensor
}

export interface MultiplyOptions2 {
  readonly other?: number | boolean
}

export interface NotEqualOptions {
  readonly other?: Tensor
}

export interface NotEqualOptions2 {
  readonly other?: number | boolean
}

export interface SubtractOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface SubtractOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface SwapdimsOptions {
  readonly axis0?: number
  readonly axis1?: number
}

export interface FReluOptions {
  readonly inplace?: boolean
}

export interface FRelu6Options {
  readonly inplace?: boolean
}

export interface FHardtanhOptions {
  readonly minVal?: number | boolean
  readonly maxVal?: number | boolean
  readonly inplace?: boolean
}

export interface FThresholdOptions {
  readonly threshold?: number | boolean
  readonly value?: number | boolean
  readonly inplace?: boolean
}

export interface FGeluOptions {
  readonly approximate?: string
}

export interface FGelu_Options {
  readonly approximate?: string
}

export interface FSiluOptions {
  readonly inplace?: boolean
}

export interface FMishOptions {
  readonly inplace?: boolean
}

export interface FEluOptions {
  readonly alpha?: number | boolean
  readonly inplace?: boolean
}

export interface FSeluOptions {
  readonly inplace?: boolean
}

export interface FCeluOptions {
  readonly alpha?: number | boolean
  readonly inplace?: boolean
}

export interface FLeakyReluOptions {
  readonly negativeSlope?: number | boolean
  readonly inplace?: boolean
}

export interface FSoftplusOptions {
  readonly beta?: number | boolean
  readonly threshold?: number | boolean
}

export interface FSoftplus_Options {
  readonly beta?: number | boolean
  readonly threshold?: number | boolean
}

export interface FHardsigmoidOptions {
  readonly inplace?: boolean
}

export interface FHardswishOptions {
  readonly inplace?: boolean
}

export interface FHardshrinkOptions {
  readonly lambd?: number | boolean
}

export interface FSoftshrinkOptions {
  readonly lambd?: number | boolean
}

export interface FPreluOptions {
  readonly weight?: Tensor
}

export interface FGluOptions {
  readonly dim?: number
}

export interface FDropoutOptions {
  readonly p?: number
  readonly training?: boolean
  readonly inplace?: boolean
}

export interface FSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface FLogSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface FSoftminOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface FLinearOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
}

export interface FConv1dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface FConv1dOptions2 {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: string
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface FConv2dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface FConv2dOptions2 {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: string
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface FConv3dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface FConv3dOptions2 {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: string
  readonly dilation?: Sizes
  readonly groups?: number
}

export interface FConvTranspose1dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly dilation?: Sizes
}

export interface FConvTranspose2dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly dilation?: Sizes
}

export interface FConvTranspose3dOptions {
  readonly weight?: Tensor
  readonly bias?: Tensor | null
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly outputPadding?: Sizes
  readonly groups?: number
  readonly dilation?: Sizes
}

export interface FMaxPool2dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
  readonly returnIndices?: false
}

export interface FMaxPool2dOptions2 {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
  readonly returnIndices: true
}

export interface FAvgPool2dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly ceilMode?: boolean
  readonly countIncludePad?: boolean
  readonly divisorOverride?: number | null
}

export interface FMaxPool1dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
  readonly returnIndices?: false
}

export interface FMaxPool1dOptions2 {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
  readonly returnIndices: true
}

export interface FMaxPool3dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
  readonly returnIndices?: false
}

export interface FMaxPool3dOptions2 {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
  readonly returnIndices: true
}

export interface FMaxPool1dWithIndicesOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface FMaxPool2dWithIndicesOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface FMaxPool3dWithIndicesOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes
  readonly padding?: Sizes
  readonly dilation?: Sizes
  readonly ceilMode?: boolean
}

export interface FAvgPool1dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly ceilMode?: boolean
  readonly countIncludePad?: boolean
}

export interface FAvgPool3dOptions {
  readonly kernelSize?: Sizes
  readonly stride?: Sizes | null
  readonly padding?: Sizes
  readonly ceilMode?: boolean
  readonly countIncludePad?: boolean
  readonly divisorOverride?: number | null
}

export interface FAdaptiveAvgPool1dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
}

export interface FAdaptiveAvgPool2dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
}

export interface FAdaptiveAvgPool3dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
}

export interface FAdaptiveMaxPool1dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
  readonly returnIndices: true
}

export interface FAdaptiveMaxPool1dOptions2 {
  readonly outputSize?: number | null | readonly (number | null)[]
  readonly returnIndices?: false
}

export interface FAdaptiveMaxPool2dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
  readonly returnIndices: true
}

export interface FAdaptiveMaxPool2dOptions2 {
  readonly outputSize?: number | null | readonly (number | null)[]
  readonly returnIndices?: false
}

export interface FAdaptiveMaxPool3dOptions {
  readonly outputSize?: number | null | readonly (number | null)[]
  readonly returnIndices: true
}

export interface FAdaptiveMaxPool3dOptions2 {
  readonly outputSize?: number | null | readonly (number | null)[]
  readonly returnIndices?: false
}

export interface FBatchNormOptions {
  readonly runningMean?: Tensor | null
  readonly runningVar?: Tensor | null
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly training?: boolean
  readonly momentum?: number
  readonly eps?: number
}

export interface FInstanceNormOptions {
  readonly runningMean?: Tensor | null
  readonly runningVar?: Tensor | null
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly useInputStats?: boolean
  readonly momentum?: number
  readonly eps?: number
}

export interface FLayerNormOptions {
  readonly normalizedShape?: readonly number[]
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly eps?: number
}

export interface FRmsNormOptions {
  readonly normalizedShape?: readonly number[]
  readonly weight?: Tensor | null
  readonly eps?: number | null
}

export interface FGroupNormOptions {
  readonly numGroups?: number
  readonly weight?: Tensor | null
  readonly bias?: Tensor | null
  readonly eps?: number
}

export interface FNormalizeOptions {
  readonly p?: number
  readonly dim?: number
  readonly eps?: number
}

export interface FPadOptions {
  readonly pad?: readonly number[]
  readonly mode?: string
  readonly value?: number | null
}

export interface FEmbeddingOptions {
  readonly weight?: Tensor
  readonly paddingIdx?: number | null
  readonly maxNorm?: number | null
  readonly normType?: number
}

export interface FOneHotOptions {
  readonly numClasses?: number
}

export interface FPixelShuffleOptions {
  readonly upscaleFactor?: number
}

export interface FPixelUnshuffleOptions {
  readonly downscaleFactor?: number
}

export interface FChannelShuffleOptions {
  readonly groups?: number
}

export interface FL1LossOptions {
  readonly target?: Tensor
  readonly reduction?: string
}

export interface FMseLossOptions {
  readonly target?: Tensor
  readonly reduction?: string
}

export interface FSmoothL1LossOptions {
  readonly target?: Tensor
  readonly beta?: number
  readonly reduction?: string
}

export interface FHuberLossOptions {
  readonly target?: Tensor
  readonly delta?: number
  readonly reduction?: string
}

export interface FSoftMarginLossOptions {
  readonly target?: Tensor
  readonly reduction?: string
}

export interface FHingeEmbeddingLossOptions {
  readonly target?: Tensor
  readonly margin?: number
  readonly reduction?: string
}

export interface FMarginRankingLossOptions {
  readonly input2?: Tensor
  readonly target?: Tensor
  readonly margin?: number
  readonly reduction?: string
}

export interface FCosineEmbeddingLossOptions {
  readonly input2?: Tensor
  readonly target?: Tensor
  readonly margin?: number
  readonly reduction?: string
}

export interface FTripletMarginLossOptions {
  readonly positive?: Tensor
  readonly negative?: Tensor
  readonly margin?: number
  readonly p?: number
  readonly eps?: number
  readonly swap?: boolean
  readonly reduction?: string
}

export interface FPoissonNllLossOptions {
  readonly target?: Tensor
  readonly logInput?: boolean
  readonly full?: boolean
  readonly eps?: number
  readonly reduction?: string
}

export interface FGaussianNllLossOptions {
  readonly target?: Tensor
  readonly var?: Tensor
  readonly full?: boolean
  readonly eps?: number
  readonly reduction?: string
}

export interface FBinaryCrossEntropyOptions {
  readonly target?: Tensor
  readonly weight?: Tensor | null
  readonly reduction?: string
}

export interface FBinaryCrossEntropyWithLogitsOptions {
  readonly target?: Tensor
  readonly weight?: Tensor | null
  readonly posWeight?: Tensor | null
  readonly reduction?: string
}

export interface FKlDivOptions {
  readonly target?: Tensor
  readonly logTarget?: boolean
  readonly reduction?: string
}

export interface FNllLossOptions {
  readonly target?: Tensor
  readonly weight?: Tensor | null
  readonly ignoreIndex?: number
  readonly reduction?: string
}

export interface FCrossEntropyOptions {
  readonly target?: Tensor
  readonly weight?: Tensor | null
  readonly ignoreIndex?: number
  readonly labelSmoothing?: number
  readonly reduction?: string
}

export interface FMultiMarginLossOptions {
  readonly target?: Tensor
  readonly p?: number
  readonly margin?: number
  readonly weight?: Tensor | null
  readonly reduction?: string
}

export interface FMultilabelSoftMarginLossOptions {
  readonly target?: Tensor
  readonly weight?: Tensor | null
  readonly reduction?: string
}

export interface FMultilabelMarginLossOptions {
  readonly target?: Tensor
  readonly reduction?: string
}

export interface FCosineSimilarityOptions {
  readonly x2?: Tensor
  readonly dim?: number
  readonly eps?: number
}

export interface FPairwiseDistanceOptions {
  readonly x2?: Tensor
  readonly p?: number
  readonly eps?: number
  readonly keepdim?: boolean
}

export interface FPdistOptions {
  readonly p?: number
}

export interface FBilinearOptions {
  readonly input2?: Tensor
  readonly weight?: Tensor
  readonly bias?: Tensor | null
}

export interface FLocalResponseNormOptions {
  readonly size?: number
  readonly alpha?: number
  readonly beta?: number
  readonly k?: number
}

export interface FInterpolateOptions {
  readonly size?: Sizes | null
  readonly scaleFactor?: number | readonly number[] | null
  readonly mode?: string
  readonly alignCorners?: boolean | null
  readonly recomputeScaleFactor?: boolean | null
  readonly antialias?: boolean
}

export interface FUpsampleNearestOptions {
  readonly size?: Sizes | null
  readonly scaleFactor?: number | readonly number[] | null
}

export interface FUpsampleBilinearOptions {
  readonly size?: Sizes | null
  readonly scaleFactor?: number | readonly number[] | null
}

export interface FGridSampleOptions {
  readonly grid?: Tensor
  readonly mode?: string
  readonly paddingMode?: string
  readonly alignCorners?: boolean | null
}

export interface FUnfoldOptions {
  readonly kernelSize?: Sizes
  readonly dilation?: Sizes
  readonly padding?: Sizes
  readonly stride?: Sizes
}

export interface FScaledDotProductAttentionOptions {
  readonly key?: Tensor
  readonly value?: Tensor
  readonly attnMask?: Tensor | null
  readonly dropoutP?: number
  readonly isCausal?: boolean
  readonly scale?: number | null
  readonly enableGqa?: boolean
}

export interface TensorAddOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorAddOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAdd_Options {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorAdd_Options2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorSubOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorSubOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorSub_Options {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorSub_Options2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorMulOptions {
  readonly other?: Tensor
}

export interface TensorMulOptions2 {
  readonly other?: number | boolean
}

export interface TensorMul_Options {
  readonly other?: Tensor
}

export interface TensorMul_Options2 {
  readonly other?: number | boolean
}

export interface TensorDivOptions {
  readonly other?: Tensor
}

export interface TensorDivOptions2 {
  readonly other?: number | boolean
}

export interface TensorDivOptions3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TensorDivOptions4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TensorDiv_Options {
  readonly other?: Tensor
}

export interface TensorDiv_Options2 {
  readonly other?: number | boolean
}

export interface TensorDiv_Options3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TensorDiv_Options4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TensorFloorDivideOptions {
  readonly other?: Tensor
}

export interface TensorFloorDivideOptions2 {
  readonly other?: number | boolean
}

export interface TensorFloorDivide_Options {
  readonly other?: Tensor
}

export interface TensorFloorDivide_Options2 {
  readonly other?: number | boolean
}

export interface TensorRemainderOptions {
  readonly other?: Tensor
}

export interface TensorRemainderOptions2 {
  readonly other?: number | boolean
}

export interface TensorRemainderOptions3 {
  readonly other?: Tensor
}

export interface TensorRemainder_Options {
  readonly other?: Tensor
}

export interface TensorRemainder_Options2 {
  readonly other?: number | boolean
}

export interface TensorFmodOptions {
  readonly other?: Tensor
}

export interface TensorFmodOptions2 {
  readonly other?: number | boolean
}

export interface TensorFmod_Options {
  readonly other?: Tensor
}

export interface TensorFmod_Options2 {
  readonly other?: number | boolean
}

export interface TensorPowOptions {
  readonly exponent?: Tensor
}

export interface TensorPowOptions2 {
  readonly exponent?: number | boolean
}

export interface TensorPowOptions3 {
  readonly exponent?: Tensor
}

export interface TensorPow_Options {
  readonly exponent?: Tensor
}

export interface TensorPow_Options2 {
  readonly exponent?: number | boolean
}

export interface TensorFloatPowerOptions {
  readonly exponent?: Tensor
}

export interface TensorFloatPowerOptions2 {
  readonly exponent?: number | boolean
}

export interface TensorFloatPower_Options {
  readonly exponent?: Tensor
}

export interface TensorFloatPower_Options2 {
  readonly exponent?: number | boolean
}

export interface TensorAtan2Options {
  readonly other?: Tensor
}

export interface TensorAtan2_Options {
  readonly other?: Tensor
}

export interface TensorMaximumOptions {
  readonly other?: Tensor
}

export interface TensorMinimumOptions {
  readonly other?: Tensor
}

export interface TensorFmaxOptions {
  readonly other?: Tensor
}

export interface TensorFminOptions {
  readonly other?: Tensor
}

export interface TensorHypotOptions {
  readonly other?: Tensor
}

export interface TensorHypot_Options {
  readonly other?: Tensor
}

export interface TensorCopysignOptions {
  readonly other?: Tensor
}

export interface TensorCopysignOptions2 {
  readonly other?: number | boolean
}

export interface TensorCopysign_Options {
  readonly other?: Tensor
}

export interface TensorCopysign_Options2 {
  readonly other?: number | boolean
}

export interface TensorLogaddexpOptions {
  readonly other?: Tensor
}

export interface TensorLogaddexp2Options {
  readonly other?: Tensor
}

export interface TensorXlogyOptions {
  readonly other?: Tensor
}

export interface TensorXlogyOptions2 {
  readonly other?: Tensor
}

export interface TensorXlogyOptions3 {
  readonly other?: number | boolean
}

export interface TensorXlogy_Options {
  readonly other?: Tensor
}

export interface TensorXlogy_Options2 {
  readonly other?: number | boolean
}

export interface TensorLdexpOptions {
  readonly other?: Tensor
}

export interface TensorLdexp_Options {
  readonly other?: Tensor
}

export interface TensorHeavisideOptions {
  readonly values?: Tensor
}

export interface TensorHeaviside_Options {
  readonly values?: Tensor
}

export interface TensorWhereOptions {
  readonly condition?: Tensor
  readonly other?: Tensor
}

export interface TensorWhereOptions2 {
  readonly condition?: Tensor
  readonly other?: number | boolean
}

export interface TensorMaskedFillOptions {
  readonly mask?: Tensor
  readonly value?: number | boolean
}

export interface TensorMaskedFillOptions2 {
  readonly mask?: Tensor
  readonly value?: Tensor
}

export interface TensorMaskedFill_Options {
  readonly mask?: Tensor
  readonly value?: number | boolean
}

export interface TensorMaskedFill_Options2 {
  readonly mask?: Tensor
  readonly value?: Tensor
}

export interface TensorClampOptions {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface TensorClampOptions2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface TensorClamp_Options {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface TensorClamp_Options2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface TensorClampMinOptions {
  readonly min?: number | boolean
}

export interface TensorClampMinOptions2 {
  readonly min?: Tensor
}

export interface TensorClampMin_Options {
  readonly min?: number | boolean
}

export interface TensorClampMin_Options2 {
  readonly min?: Tensor
}

export interface TensorClampMaxOptions {
  readonly max?: number | boolean
}

export interface TensorClampMaxOptions2 {
  readonly max?: Tensor
}

export interface TensorClampMax_Options {
  readonly max?: number | boolean
}

export interface TensorClampMax_Options2 {
  readonly max?: Tensor
}

export interface TensorLerpOptions {
  readonly end?: Tensor
  readonly weight?: number | boolean
}

export interface TensorLerpOptions2 {
  readonly end?: Tensor
  readonly weight?: Tensor
}

export interface TensorLerp_Options {
  readonly end?: Tensor
  readonly weight?: number | boolean
}

export interface TensorLerp_Options2 {
  readonly end?: Tensor
  readonly weight?: Tensor
}

export interface TensorAddcmulOptions {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface TensorAddcmul_Options {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface TensorAddcdivOptions {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface TensorAddcdiv_Options {
  readonly tensor1?: Tensor
  readonly tensor2?: Tensor
  readonly value?: number | boolean
}

export interface TensorNanToNumOptions {
  readonly nan?: number | null
  readonly posinf?: number | null
  readonly neginf?: number | null
}

export interface TensorNanToNum_Options {
  readonly nan?: number | null
  readonly posinf?: number | null
  readonly neginf?: number | null
}

export interface TensorEqOptions {
  readonly other?: Tensor
}

export interface TensorEqOptions2 {
  readonly other?: number | boolean
}

export interface TensorEq_Options {
  readonly other?: Tensor
}

export interface TensorEq_Options2 {
  readonly other?: number | boolean
}

export interface TensorNeOptions {
  readonly other?: Tensor
}

export interface TensorNeOptions2 {
  readonly other?: number | boolean
}

export interface TensorNe_Options {
  readonly other?: Tensor
}

export interface TensorNe_Options2 {
  readonly other?: number | boolean
}

export interface TensorLtOptions {
  readonly other?: Tensor
}

export interface TensorLtOptions2 {
  readonly other?: number | boolean
}

export interface TensorLt_Options {
  readonly other?: Tensor
}

export interface TensorLt_Options2 {
  readonly other?: number | boolean
}

export interface TensorLeOptions {
  readonly other?: Tensor
}

export interface TensorLeOptions2 {
  readonly other?: number | boolean
}

export interface TensorLe_Options {
  readonly other?: Tensor
}

export interface TensorLe_Options2 {
  readonly other?: number | boolean
}

export interface TensorGtOptions {
  readonly other?: Tensor
}

export interface TensorGtOptions2 {
  readonly other?: number | boolean
}

export interface TensorGt_Options {
  readonly other?: Tensor
}

export interface TensorGt_Options2 {
  readonly other?: number | boolean
}

export interface TensorGeOptions {
  readonly other?: Tensor
}

export interface TensorGeOptions2 {
  readonly other?: number | boolean
}

export interface TensorGe_Options {
  readonly other?: Tensor
}

export interface TensorGe_Options2 {
  readonly other?: number | boolean
}

export interface TensorIscloseOptions {
  readonly other?: Tensor
  readonly rtol?: number
  readonly atol?: number
  readonly equalNan?: boolean
}

export interface TensorLogicalAndOptions {
  readonly other?: Tensor
}

export interface TensorLogicalAnd_Options {
  readonly other?: Tensor
}

export interface TensorLogicalOrOptions {
  readonly other?: Tensor
}

export interface TensorLogicalOr_Options {
  readonly other?: Tensor
}

export interface TensorLogicalXorOptions {
  readonly other?: Tensor
}

export interface TensorLogicalXor_Options {
  readonly other?: Tensor
}

export interface TensorBitwiseAndOptions {
  readonly other?: Tensor
}

export interface TensorBitwiseAndOptions2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseAnd_Options {
  readonly other?: Tensor
}

export interface TensorBitwiseAnd_Options2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseOrOptions {
  readonly other?: Tensor
}

export interface TensorBitwiseOrOptions2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseOr_Options {
  readonly other?: Tensor
}

export interface TensorBitwiseOr_Options2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseXorOptions {
  readonly other?: Tensor
}

export interface TensorBitwiseXorOptions2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseXor_Options {
  readonly other?: Tensor
}

export interface TensorBitwiseXor_Options2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseLeftShiftOptions {
  readonly other?: Tensor
}

export interface TensorBitwiseLeftShiftOptions2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseLeftShift_Options {
  readonly other?: Tensor
}

export interface TensorBitwiseLeftShift_Options2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseRightShiftOptions {
  readonly other?: Tensor
}

export interface TensorBitwiseRightShiftOptions2 {
  readonly other?: number | boolean
}

export interface TensorBitwiseRightShift_Options {
  readonly other?: Tensor
}

export interface TensorBitwiseRightShift_Options2 {
  readonly other?: number | boolean
}

export interface TensorRoundOptions2 {
  readonly decimals?: number
}

export interface TensorRound_Options2 {
  readonly decimals?: number
}

export interface TensorLogitOptions {
  readonly eps?: number | null
}

export interface TensorLogit_Options {
  readonly eps?: number | null
}

export interface TensorSumOptions {
  readonly dtype?: DType | null
}

export interface TensorSumOptions2 {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorProdOptions {
  readonly dtype?: DType | null
}

export interface TensorProdOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorNansumOptions {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorCountNonzeroOptions {
  readonly dim?: number | null
}

export interface TensorCountNonzeroOptions2 {
  readonly dim?: readonly number[]
}

export interface TensorAmaxOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface TensorAminOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface TensorAnyOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorAnyOptions3 {
  readonly dim?: readonly number[] | null
  readonly keepdim?: boolean
}

export interface TensorAllOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorAllOptions3 {
  readonly dim?: readonly number[] | null
  readonly keepdim?: boolean
}

export interface TensorArgmaxOptions {
  readonly dim?: number | null
  readonly keepdim?: boolean
}

export interface TensorArgminOptions {
  readonly dim?: number | null
  readonly keepdim?: boolean
}

export interface TensorMaxOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorMaxOptions3 {
  readonly other?: Tensor
}

export interface TensorMinOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorMinOptions3 {
  readonly other?: Tensor
}

export interface TensorAminmaxOptions {
  readonly dim?: number | null
  readonly keepdim?: boolean
}

export interface TensorMeanOptions {
  readonly dtype?: DType | null
}

export interface TensorMeanOptions2 {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorNanmeanOptions {
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorLogsumexpOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface TensorSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface TensorLogSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface TensorVarOptions {
  readonly unbiased?: boolean
}

export interface TensorVarOptions2 {
  readonly dim?: Sizes | null
  readonly unbiased?: boolean
  readonly keepdim?: boolean
}

export interface TensorVarOptions3 {
  readonly dim?: Sizes | null
  readonly correction?: number | boolean | null
  readonly keepdim?: boolean
}

export interface TensorStdOptions {
  readonly unbiased?: boolean
}

export interface TensorStdOptions2 {
  readonly dim?: Sizes | null
  readonly unbiased?: boolean
  readonly keepdim?: boolean
}

export interface TensorStdOptions3 {
  readonly dim?: Sizes | null
  readonly correction?: number | boolean | null
  readonly keepdim?: boolean
}

export interface TensorMmOptions {
  readonly mat2?: Tensor
}

export interface TensorBmmOptions {
  readonly mat2?: Tensor
}

export interface TensorMatmulOptions {
  readonly other?: Tensor
}

export interface TensorMvOptions {
  readonly vec?: Tensor
}

export interface TensorDotOptions {
  readonly tensor?: Tensor
}

export interface TensorVdotOptions {
  readonly other?: Tensor
}

export interface TensorInnerOptions {
  readonly other?: Tensor
}

export interface TensorOuterOptions {
  readonly vec2?: Tensor
}

export interface TensorAddmmOptions {
  readonly mat1?: Tensor
  readonly mat2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddmm_Options {
  readonly mat1?: Tensor
  readonly mat2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorBaddbmmOptions {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorBaddbmm_Options {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddbmmOptions {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddbmm_Options {
  readonly batch1?: Tensor
  readonly batch2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddmvOptions {
  readonly mat?: Tensor
  readonly vec?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddmv_Options {
  readonly mat?: Tensor
  readonly vec?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddrOptions {
  readonly vec1?: Tensor
  readonly vec2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorAddr_Options {
  readonly vec1?: Tensor
  readonly vec2?: Tensor
  readonly beta?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorViewOptions {
  readonly size?: readonly number[]
}

export interface TensorReshapeOptions {
  readonly shape?: readonly number[]
}

export interface TensorViewAsOptions {
  readonly other?: Tensor
}

export interface TensorReshapeAsOptions {
  readonly other?: Tensor
}

export interface TensorFlattenOptions {
  readonly startDim?: number
  readonly endDim?: number
}

export interface TensorUnflattenOptions {
  readonly dim?: number
  readonly sizes?: readonly number[]
}

export interface TensorPermuteOptions {
  readonly dims?: readonly number[]
}

export interface TensorTransposeOptions {
  readonly dim0?: number
  readonly dim1?: number
}

export interface TensorMovedimOptions {
  readonly source?: number
  readonly destination?: number
}

export interface TensorMovedimOptions2 {
  readonly source?: readonly number[]
  readonly destination?: readonly number[]
}

export interface TensorSqueezeOptions2 {
  readonly dim?: number
}

export interface TensorSqueezeOptions3 {
  readonly dim?: readonly number[]
}

export interface TensorUnsqueezeOptions {
  readonly dim?: number
}

export interface TensorExpandOptions {
  readonly size?: readonly number[]
}

export interface TensorExpandAsOptions {
  readonly other?: Tensor
}

export interface TensorBroadcastToOptions {
  readonly size?: readonly number[]
}

export interface TensorSelectOptions {
  readonly dim?: number
  readonly index?: number
}

export interface TensorSliceOptions {
  readonly dim?: number
  readonly start?: number | null
  readonly end?: number | null
  readonly step?: number
}

export interface TensorNarrowOptions {
  readonly dim?: number
  readonly start?: number
  readonly length?: number
}

export interface TensorDiagonalOptions {
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface TensorUnfoldOptions {
  readonly dimension?: number
  readonly size?: number
  readonly step?: number
}

export interface TensorSplitOptions {
  readonly splitSize?: number
  readonly dim?: number
}

export interface TensorSplitOptions2 {
  readonly splitSize?: readonly number[]
  readonly dim?: number
}

export interface TensorSplitWithSizesOptions {
  readonly splitSizes?: readonly number[]
  readonly dim?: number
}

export interface TensorChunkOptions {
  readonly chunks?: number
  readonly dim?: number
}

export interface TensorTensorSplitOptions {
  readonly sections?: number
  readonly dim?: number
}

export interface TensorTensorSplitOptions2 {
  readonly indices?: readonly number[]
  readonly dim?: number
}

export interface TensorTensorSplitOptions3 {
  readonly tensorIndicesOrSections?: Tensor
  readonly dim?: number
}

export interface TensorHsplitOptions {
  readonly sections?: number
}

export interface TensorHsplitOptions2 {
  readonly indices?: readonly number[]
}

export interface TensorVsplitOptions {
  readonly sections?: number
}

export interface TensorVsplitOptions2 {
  readonly indices?: readonly number[]
}

export interface TensorDsplitOptions {
  readonly sections?: number
}

export interface TensorDsplitOptions2 {
  readonly indices?: readonly number[]
}

export interface TensorUnbindOptions {
  readonly dim?: number
}

export interface TensorFlipOptions {
  readonly dims?: readonly number[]
}

export interface TensorRollOptions {
  readonly shifts?: Sizes
  readonly dims?: Sizes
}

export interface TensorRot90Options {
  readonly k?: number
  readonly dims?: readonly number[]
}

export interface TensorRepeatOptions {
  readonly repeats?: readonly number[]
}

export interface TensorTrilOptions {
  readonly diagonal?: number
}

export interface TensorTril_Options {
  readonly diagonal?: number
}

export interface TensorTriuOptions {
  readonly diagonal?: number
}

export interface TensorTriu_Options {
  readonly diagonal?: number
}

export interface TensorRepeatInterleaveOptions {
  readonly repeats?: number
  readonly dim?: number | null
  readonly outputSize?: number | null
}

export interface TensorRepeatInterleaveOptions2 {
  readonly repeats?: Tensor
  readonly dim?: number | null
  readonly outputSize?: number | null
}

export interface TensorRepeatInterleaveOptions3 {
  readonly outputSize?: number | null
}

export interface TensorDiagEmbedOptions {
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface TensorGatherOptions {
  readonly dim?: number
  readonly index?: Tensor
}

export interface TensorIndexSelectOptions {
  readonly dim?: number
  readonly index?: Tensor
}

export interface TensorTakeOptions {
  readonly index?: Tensor
}

export interface TensorTakeAlongDimOptions {
  readonly indices?: Tensor
  readonly dim?: number | null
}

export interface TensorPutOptions {
  readonly index?: Tensor
  readonly source?: Tensor
  readonly accumulate?: boolean
}

export interface TensorPut_Options {
  readonly index?: Tensor
  readonly source?: Tensor
  readonly accumulate?: boolean
}

export interface TensorScatterOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface TensorScatterOptions2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface TensorScatterOptions3 {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
}

export interface TensorScatterOptions4 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
  readonly reduce?: string
}

export interface TensorScatter_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface TensorScatter_Options2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface TensorScatter_Options3 {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
}

export interface TensorScatter_Options4 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
  readonly reduce?: string
}

export interface TensorScatterAddOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface TensorScatterAdd_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
}

export interface TensorScatterReduceOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface TensorScatterReduce_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly src?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface TensorIndexAddOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorIndexAdd_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorIndexCopyOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
}

export interface TensorIndexCopy_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
}

export interface TensorIndexReduceOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface TensorIndexReduce_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly source?: Tensor
  readonly reduce?: string
  readonly includeSelf?: boolean
}

export interface TensorIndexFillOptions {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface TensorIndexFillOptions2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: Tensor
}

export interface TensorIndexFill_Options {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: number | boolean
}

export interface TensorIndexFill_Options2 {
  readonly dim?: number
  readonly index?: Tensor
  readonly value?: Tensor
}

export interface TensorMaskedScatterOptions {
  readonly mask?: Tensor
  readonly source?: Tensor
}

export interface TensorMaskedScatter_Options {
  readonly mask?: Tensor
  readonly source?: Tensor
}

export interface TensorMaskedSelectOptions {
  readonly mask?: Tensor
}

export interface TensorSelectScatterOptions {
  readonly src?: Tensor
  readonly dim?: number
  readonly index?: number
}

export interface TensorDiagonalScatterOptions {
  readonly src?: Tensor
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface TensorSliceScatterOptions {
  readonly src?: Tensor
  readonly dim?: number
  readonly start?: number | null
  readonly end?: number | null
  readonly step?: number
}

export interface TensorSortOptions {
  readonly dim?: number
  readonly descending?: boolean
}

export interface TensorSortOptions2 {
  readonly stable?: boolean | null
  readonly dim?: number
  readonly descending?: boolean
}

export interface TensorTopkOptions {
  readonly k?: number
  readonly dim?: number
  readonly largest?: boolean
  readonly sorted?: boolean
}

export interface TensorCumsumOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface TensorCumprodOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface TensorLogcumsumexpOptions {
  readonly dim?: number
}

export interface TensorCummaxOptions {
  readonly dim?: number
}

export interface TensorCumminOptions {
  readonly dim?: number
}

export interface TensorArgsortOptions {
  readonly dim?: number
  readonly descending?: boolean
}

export interface TensorArgsortOptions2 {
  readonly stable?: boolean
  readonly dim?: number
  readonly descending?: boolean
}

export interface TensorKthvalueOptions {
  readonly k?: number
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorMedianOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorNanmedianOptions2 {
  readonly dim?: number
  readonly keepdim?: boolean
}

export interface TensorNewZerosOptions {
  readonly size?: readonly number[]
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface TensorNewOnesOptions {
  readonly size?: readonly number[]
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface TensorNewEmptyOptions {
  readonly size?: readonly number[]
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface TensorNewFullOptions {
  readonly size?: readonly number[]
  readonly fillValue?: number | boolean
  readonly dtype?: DType | null
  readonly requiresGrad?: boolean
}

export interface TensorFillOptions {
  readonly value?: number | boolean
}

export interface TensorFillOptions2 {
  readonly value?: Tensor
}

export interface TensorFill_Options {
  readonly value?: number | boolean
}

export interface TensorFill_Options2 {
  readonly value?: Tensor
}

export interface TensorCopyOptions {
  readonly src?: Tensor
}

export interface TensorCopy_Options {
  readonly src?: Tensor
}

export interface TensorTypeAsOptions {
  readonly other?: Tensor
}

export interface TensorNonzeroOptions {
  readonly asTuple?: false
}

export interface TensorNonzeroOptions2 {
  readonly asTuple: true
}

export interface TensorGcdOptions {
  readonly other?: Tensor
}

export interface TensorGcd_Options {
  readonly other?: Tensor
}

export interface TensorLcmOptions {
  readonly other?: Tensor
}

export interface TensorLcm_Options {
  readonly other?: Tensor
}

export interface TensorBincountOptions {
  readonly weights?: Tensor | null
  readonly minlength?: number
}

export interface TensorTileOptions {
  readonly dims?: readonly number[]
}

export interface TensorKronOptions {
  readonly other?: Tensor
}

export interface TensorDiagOptions {
  readonly diagonal?: number
}

export interface TensorDiagflatOptions {
  readonly offset?: number
}

export interface TensorDiffOptions {
  readonly n?: number
  readonly dim?: number
  readonly prepend?: Tensor | null
  readonly append?: Tensor | null
}

export interface TensorCrossOptions {
  readonly other?: Tensor
  readonly dim?: number | null
}

export interface TensorSumToSizeOptions {
  readonly size?: readonly number[]
}

export interface TensorSwapaxesOptions {
  readonly axis0?: number
  readonly axis1?: number
}

export interface TensorNormOptions {
  readonly p?: string
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorNormOptions2 {
  readonly p?: number | boolean | null
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface TensorCholeskyOptions {
  readonly upper?: boolean
}

export interface TensorMatrixPowerOptions {
  readonly n?: number
}

export interface TensorDistOptions {
  readonly other?: Tensor
  readonly p?: number | boolean
}

export interface TensorArctan2Options {
  readonly other?: Tensor
}

export interface TensorArctan2_Options {
  readonly other?: Tensor
}

export interface TensorClipOptions {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface TensorClipOptions2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface TensorClip_Options {
  readonly min?: number | boolean | null
  readonly max?: number | boolean | null
}

export interface TensorClip_Options2 {
  readonly min?: Tensor | null
  readonly max?: Tensor | null
}

export interface TensorDivideOptions {
  readonly other?: Tensor
}

export interface TensorDivideOptions2 {
  readonly other?: number | boolean
}

export interface TensorDivideOptions3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TensorDivideOptions4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TensorDivide_Options {
  readonly other?: Tensor
}

export interface TensorDivide_Options2 {
  readonly other?: number | boolean
}

export interface TensorDivide_Options3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TensorDivide_Options4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TensorTrueDivideOptions {
  readonly other?: Tensor
}

export interface TensorTrueDivideOptions2 {
  readonly other?: number | boolean
}

export interface TensorTrueDivideOptions3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TensorTrueDivideOptions4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TensorTrueDivide_Options {
  readonly other?: Tensor
}

export interface TensorTrueDivide_Options2 {
  readonly other?: number | boolean
}

export interface TensorTrueDivide_Options3 {
  readonly other?: Tensor
  readonly roundingMode?: string | null
}

export interface TensorTrueDivide_Options4 {
  readonly other?: number | boolean
  readonly roundingMode?: string | null
}

export interface TensorGerOptions {
  readonly vec2?: Tensor
}

export interface TensorGreaterOptions {
  readonly other?: Tensor
}

export interface TensorGreaterOptions2 {
  readonly other?: number | boolean
}

export interface TensorGreater_Options {
  readonly other?: Tensor
}

export interface TensorGreater_Options2 {
  readonly other?: number | boolean
}

export interface TensorGreaterEqualOptions {
  readonly other?: Tensor
}

export interface TensorGreaterEqualOptions2 {
  readonly other?: number | boolean
}

export interface TensorGreaterEqual_Options {
  readonly other?: Tensor
}

export interface TensorGreaterEqual_Options2 {
  readonly other?: number | boolean
}

export interface TensorLessOptions {
  readonly other?: Tensor
}

export interface TensorLessOptions2 {
  readonly other?: number | boolean
}

export interface TensorLess_Options {
  readonly other?: Tensor
}

export interface TensorLess_Options2 {
  readonly other?: number | boolean
}

export interface TensorLessEqualOptions {
  readonly other?: Tensor
}

export interface TensorLessEqualOptions2 {
  readonly other?: number | boolean
}

export interface TensorLessEqual_Options {
  readonly other?: Tensor
}

export interface TensorLessEqual_Options2 {
  readonly other?: number | boolean
}

export interface TensorMoveaxisOptions {
  readonly source?: number
  readonly destination?: number
}

export interface TensorMoveaxisOptions2 {
  readonly source?: readonly number[]
  readonly destination?: readonly number[]
}

export interface TensorMultiplyOptions {
  readonly other?: Tensor
}

export interface TensorMultiplyOptions2 {
  readonly other?: number | boolean
}

export interface TensorMultiply_Options {
  readonly other?: Tensor
}

export interface TensorMultiply_Options2 {
  readonly other?: number | boolean
}

export interface TensorNotEqualOptions {
  readonly other?: Tensor
}

export interface TensorNotEqualOptions2 {
  readonly other?: number | boolean
}

export interface TensorNotEqual_Options {
  readonly other?: Tensor
}

export interface TensorNotEqual_Options2 {
  readonly other?: number | boolean
}

export interface TensorSubtractOptions {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorSubtractOptions2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorSubtract_Options {
  readonly other?: Tensor
  readonly alpha?: number | boolean
}

export interface TensorSubtract_Options2 {
  readonly other?: number | boolean
  readonly alpha?: number | boolean
}

export interface TensorSwapdimsOptions {
  readonly axis0?: number
  readonly axis1?: number
}

export interface LinalgMatmulOptions {
  readonly other?: Tensor
}

export interface LinalgDiagonalOptions {
  readonly offset?: number
  readonly dim1?: number
  readonly dim2?: number
}

export interface LinalgCrossOptions {
  readonly other?: Tensor
  readonly dim?: number
}

export interface LinalgVectorNormOptions {
  readonly ord?: number | boolean
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface LinalgMatrixNormOptions {
  readonly ord?: string
  readonly dim?: readonly number[]
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface LinalgMatrixNormOptions2 {
  readonly ord?: number | boolean
  readonly dim?: readonly number[]
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface LinalgNormOptions {
  readonly ord?: number | boolean | null
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface LinalgNormOptions2 {
  readonly ord?: string
  readonly dim?: Sizes | null
  readonly keepdim?: boolean
  readonly dtype?: DType | null
}

export interface LinalgInvExOptions {
  readonly checkErrors?: boolean
}

export interface LinalgCholeskyOptions {
  readonly upper?: boolean
}

export interface LinalgCholeskyExOptions {
  readonly upper?: boolean
  readonly checkErrors?: boolean
}

export interface LinalgSolveOptions {
  readonly other?: Tensor
  readonly left?: boolean
}

export interface LinalgSolveExOptions {
  readonly other?: Tensor
  readonly left?: boolean
  readonly checkErrors?: boolean
}

export interface LinalgSolveTriangularOptions {
  readonly B?: Tensor
  readonly upper?: boolean
  readonly left?: boolean
  readonly unitriangular?: boolean
}

export interface LinalgMatrixPowerOptions {
  readonly n?: number
}

export interface LinalgVecdotOptions {
  readonly y?: Tensor
  readonly dim?: number
}

export interface LinalgVanderOptions {
  readonly N?: number | null
}

export interface SpecialXlog1pyOptions {
  readonly other?: Tensor
}

export interface SpecialXlog1pyOptions2 {
  readonly other?: Tensor
}

export interface SpecialXlog1pyOptions3 {
  readonly other?: number | boolean
}

export interface SpecialLogsumexpOptions {
  readonly dim?: Sizes
  readonly keepdim?: boolean
}

export interface SpecialSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}

export interface SpecialLogSoftmaxOptions {
  readonly dim?: number
  readonly dtype?: DType | null
}
