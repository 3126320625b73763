/**
 * WGSL helper functions for what the language has no builtin for, or whose builtin leaves PyTorch's cases undefined (negative bases of pow,
 * overflow of tanh, NaN through min and max). Each is scalar; vectors apply them lane by lane. `preludeFor` returns only those named, with what they call.
 * log, tanh and erf come from the definitions that both targets share (kernels/math.ts); those that round by adding a large number would not survive drivers
 * that reorder sums. log1p and expm1 are the compensated identities of Kahan.
 */

import type { LoopUnary } from '../../kernels/loop.ts'
import { definitionOf } from '../../kernels/math.ts'
import { emitMathFunction } from './emitKernel.ts'

interface Helper {
  readonly uses: readonly string[]
  readonly text: string
}

const helper = (text: string, ...uses: string[]): Helper => ({ text, uses })

/** What both targets have from one definition. */
function shared(fn: LoopUnary): Helper {
  const { text, helpers } = emitMathFunction(`ts_${fn}`, definitionOf(fn)!)
  return { text, uses: [...helpers] }
}

const helpers: { readonly [name: string]: Helper } = {
  // Infinity and NaN cannot be written as constants; a private variable hides the bits from constant evaluation.
  ts_bits: helper('var<private> ts_nan_bits: u32 = 0x7fc00000u;\nvar<private> ts_inf_bits: u32 = 0x7f800000u;'),
  ts_nan: helper('fn ts_nan() -> f32 { return bitcast<f32>(ts_nan_bits); }', 'ts_bits'),
  ts_inf: helper('fn ts_inf() -> f32 { return bitcast<f32>(ts_inf_bits); }', 'ts_bits'),
  ts_isnan: helper('fn ts_isnan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }'),
  ts_isinf: helper('fn ts_isinf(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u; }'),
  ts_min: helper('fn ts_min(a: f32, b: f32) -> f32 { return select(select(b, a, a < b || ts_isnan(a)), b, ts_isnan(b)); }', 'ts_isnan'),
  ts_max: helper('fn ts_max(a: f32, b: f32) -> f32 { return select(select(b, a, a > b || ts_isnan(a)), b, ts_isnan(b)); }', 'ts_isnan'),
  // Drivers leave log of zero and negative numbers undefined, and flush denormals.
  ts_log2: helper(
    'fn ts_log2(x: f32) -> f32 { return select(select(select(log2(x), ts_nan(), x < 0.0), -ts_inf(), x == 0.0), x, ts_isnan(x) || x == ts_inf()); }',
    'ts_nan',
    'ts_inf',
    'ts_isnan',
  ),
  // The builtin loses a digit as arguments grow, and may take NaN for infinity.
  ts_exp: helper(
    `fn ts_exp(x: f32) -> f32 {
  let c = clamp(x, -104.0, 89.0);
  let k = round(c * 1.442695);
  let r = fma(-k, -0.00021219444, fma(-k, 0.693359375, c));
  return select(ldexp(exp(r), i32(k)), x, ts_isnan(x));
}`,
    'ts_isnan',
  ),
  ts_exp2: helper('fn ts_exp2(x: f32) -> f32 { return select(exp2(x), x, ts_isnan(x)); }', 'ts_isnan'),
  ts_log: shared('log'),
  ts_tanh: shared('tanh'),
  ts_sigmoid: helper('fn ts_sigmoid(x: f32) -> f32 { let e = ts_exp(-abs(x)); return select(e, 1.0, x >= 0.0) / (1.0 + e); }', 'ts_exp'),
  ts_erf: shared('erf'),
  // sin and cos are only promised within [-pi, pi], to 2^-11: Cody and Waite's reduction to a quarter turn, then Taylor's polynomials.
  ts_turn: helper(
    `fn ts_turn(x: f32) -> vec2<f32> {
  let k = round(x * 0.63661977);
  let r = fma(-k, 7.54978995e-8, fma(-k, 0.0004837512970, fma(-k, 1.5703125, x)));
  return vec2<f32>(r, k - 4.0 * floor(k * 0.25));
}
fn ts_sin_quarter(r: f32) -> f32 { let s = r * r; return r + r * s * (-0.16666667 + s * (0.0083333310 + s * (-0.00019840874 + s * 0.0000027525562))); }
fn ts_cos_quarter(r: f32) -> f32 { let s = r * r; return 1.0 + s * (-0.5 + s * (0.041666668 + s * (-0.0013888397 + s * 0.00002476047))); }`,
  ),
  ts_sin: helper(
    `fn ts_sin(x: f32) -> f32 {
  let t = ts_turn(x);
  let odd = t.y == 1.0 || t.y == 3.0;
  let value = select(ts_sin_quarter(t.x), ts_cos_quarter(t.x), odd);
  return select(value, -value, t.y >= 2.0);
}`,
    'ts_turn',
  ),
  ts_cos: helper(
    `fn ts_cos(x: f32) -> f32 {
  let t = ts_turn(x);
  let odd = t.y == 1.0 || t.y == 3.0;
  let value = select(ts_cos_quarter(t.x), ts_sin_quarter(t.x), odd);
  return select(value, -value, t.y == 1.0 || t.y == 2.0);
}`,
    'ts_turn',
  ),
  ts_tan: helper('fn ts_tan(x: f32) -> f32 { return ts_sin(x) / ts_cos(x); }', 'ts_sin', 'ts_cos'),
  ts_log1p: helper(
    `fn ts_log1p(x: f32) -> f32 {
  let u = 1.0 + x;
  if (u == 1.0 || ts_isnan(x) || (ts_isinf(x) && x > 0.0)) { return x; }
  return ts_log(u) * (x / (u - 1.0));
}`,
    'ts_isnan',
    'ts_isinf',
    'ts_log',
  ),
  ts_expm1: helper(
    `fn ts_expm1(x: f32) -> f32 {
  if (abs(x) < 0.35) { return x * (1.0 + x * (0.5 + x * (0.16666667 + x * (0.041666668 + x * (0.008333334 + x * (0.0013888889 + x * 0.0001984127)))))); }
  return ts_exp(x) - 1.0;
}`,
    'ts_exp',
  ),
  ts_sinh: helper(
    'fn ts_sinh(x: f32) -> f32 { let e = ts_expm1(abs(x)); return sign(x) * 0.5 * select(e + e / (e + 1.0), e, abs(x) > 40.0); }',
    'ts_expm1',
  ),
  ts_cosh: helper('fn ts_cosh(x: f32) -> f32 { let h = ts_exp(0.5 * abs(x)); return 0.5 * h * h + 0.5 / (h * h); }', 'ts_exp'),
  // Squares of large arguments have no float.
  ts_asinh: helper(
    `fn ts_asinh(x: f32) -> f32 {
  let a = abs(x);
  if (a > 1e9) { return sign(x) * (ts_log(a) + 0.69314718); }
  return sign(x) * ts_log1p(a + a * a / (1.0 + sqrt(a * a + 1.0)));
}`,
    'ts_log',
    'ts_log1p',
  ),
  ts_acosh: helper(
    `fn ts_acosh(x: f32) -> f32 {
  if (x < 1.0) { return ts_nan(); }
  if (x > 1e9) { return ts_log(x) + 0.69314718; }
  let t = x - 1.0;
  return ts_log1p(t + sqrt(t * (t + 2.0)));
}`,
    'ts_nan',
    'ts_log',
    'ts_log1p',
  ),
  ts_atanh: helper('fn ts_atanh(x: f32) -> f32 { let a = abs(x); return sign(x) * 0.5 * ts_log1p(2.0 * a / (1.0 - a)); }', 'ts_log1p'),
  // WGSL promises 4096 units in the last place for these. Reductions and polynomials of S. L. Moshier's Cephes.
  ts_atan: helper(
    `fn ts_atan(x: f32) -> f32 {
  let a = abs(x);
  var base = 0.0; var t = a;
  if (a > 2.4142136) { base = 1.5707964; t = -1.0 / a; } else if (a > 0.41421357) { base = 0.78539819; t = (a - 1.0) / (a + 1.0); }
  let z = t * t;
  let value = base + ((((0.080537446 * z - 0.13877685) * z + 0.19977711) * z - 0.3333295) * z * t + t);
  return select(value, -value, x < 0.0);
}`,
  ),
  ts_atan2: helper(
    `fn ts_atan2(y: f32, x: f32) -> f32 {
  if (ts_isnan(x) || ts_isnan(y)) { return ts_nan(); }
  let a = abs(x); let b = abs(y);
  let large = max(a, b);
  var ratio = min(a, b) / large;
  if (large == 0.0) { ratio = 0.0; }
  if (ts_isinf(a) && ts_isinf(b)) { ratio = 1.0; }
  var angle = ts_atan(ratio);
  if (b > a) { angle = 1.5707964 - angle; }
  if ((bitcast<u32>(x) >> 31u) == 1u) { angle = 3.1415927 - angle; }
  return select(angle, -angle, (bitcast<u32>(y) >> 31u) == 1u);
}`,
    'ts_atan',
    'ts_isnan',
    'ts_isinf',
    'ts_nan',
  ),
  ts_asin_half: helper(
    'fn ts_asin_half(x: f32) -> f32 { let z = x * x; return ((((0.042163199 * z + 0.024181311) * z + 0.04547003) * z + 0.074953003) * z + 0.16666752) * z * x + x; }',
  ),
  ts_asin: helper(
    `fn ts_asin(x: f32) -> f32 {
  let a = abs(x);
  if (a > 1.0) { return ts_nan(); }
  if (a <= 0.5) { return ts_asin_half(x); }
  return sign(x) * (1.5707964 - 2.0 * ts_asin_half(sqrt(0.5 * (1.0 - a))));
}`,
    'ts_asin_half',
    'ts_nan',
  ),
  ts_acos: helper(
    `fn ts_acos(x: f32) -> f32 {
  let a = abs(x);
  if (a > 1.0) { return ts_nan(); }
  if (a <= 0.5) { return 1.5707964 - ts_asin_half(x); }
  let near = 2.0 * ts_asin_half(sqrt(0.5 * (1.0 - a)));
  return select(near, 3.1415927 - near, x < 0.0);
}`,
    'ts_asin_half',
    'ts_nan',
  ),
  ts_erfc_tail: helper(
    `fn ts_erfc_tail(a: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.5 * a);
  let p = -1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  return t * exp(-a * a + p);
}`,
  ),
  ts_erfc: helper(
    `fn ts_erfc(x: f32) -> f32 {
  if (abs(x) < 1.0) { return 1.0 - ts_erf(x); }
  if (ts_isnan(x)) { return x; }
  let tail = ts_erfc_tail(min(abs(x), 11.0));
  return select(2.0 - tail, tail, x > 0.0);
}`,
    'ts_erf',
    'ts_erfc_tail',
    'ts_isnan',
  ),
  ts_pow: helper(
    `fn ts_pow(a: f32, b: f32) -> f32 {
  if (b == 0.0 || a == 1.0) { return 1.0; }
  if (ts_isnan(a) || ts_isnan(b)) { return ts_nan(); }
  let whole = b == floor(b);
  // Small whole powers by squaring: exact where the result is.
  if (whole && abs(b) <= 64.0) {
    var n = u32(abs(b)); var factor = a; var product = 1.0;
    while (n > 0u) { if ((n & 1u) == 1u) { product = product * factor; } factor = factor * factor; n = n >> 1u; }
    return select(product, 1.0 / product, b < 0.0);
  }
  let odd = whole && abs(b) < 16777216.0 && fract(abs(b) * 0.5) != 0.0;
  if (a == 0.0) { let zero = select(0.0, a, odd); return select(zero, 1.0 / zero, b < 0.0); }
  if (a < 0.0 && !whole) { return select(ts_nan(), select(ts_inf(), 0.0, b < 0.0), ts_isinf(a)); }
  let magnitude = pow(abs(a), b);
  return select(magnitude, -magnitude, a < 0.0 && odd);
}`,
    'ts_nan',
    'ts_inf',
    'ts_isnan',
    'ts_isinf',
  ),
  ts_fmod: helper('fn ts_fmod(a: f32, b: f32) -> f32 { return select(a - b * trunc(a / b), a, ts_isinf(b) && !ts_isinf(a)); }', 'ts_isinf'),
  ts_floordiv: helper(
    'fn ts_floordiv(a: i32, b: i32) -> i32 { let q = a / b; return select(q, q - 1, (a % b != 0) && ((a < 0) != (b < 0))); }',
  ),
  ts_floormod: helper('fn ts_floormod(a: i32, b: i32) -> i32 { let r = a % b; return select(r, r + b, r != 0 && ((r < 0) != (b < 0))); }'),
  ts_powi: helper(
    `fn ts_powi(a: i32, b: i32) -> i32 {
  if (b < 0) { return select(0, select(1, select(-1, 1, (b & 1) == 0), a == -1), a == 1 || a == -1); }
  var result = 1; var base = a; var n = b;
  while (n > 0) { if ((n & 1) == 1) { result = result * base; } base = base * base; n = n >> 1u; }
  return result;
}`,
  ),
  // Stirling's series from 8 on; below, the product of what lies between.
  ts_lgamma: helper(
    `fn ts_lgamma(x: f32) -> f32 {
  if (ts_isnan(x)) { return x; }
  if (ts_isinf(x) || (x <= 0.0 && x == floor(x))) { return ts_inf(); }
  let reflected = x < 0.5;
  var y = select(x, 1.0 - x, reflected);
  var product = 1.0;
  while (y < 8.0) { product = product * y; y = y + 1.0; }
  let r = 1.0 / y;
  let s = r * r;
  let value = (y - 0.5) * (ts_log(y) - 1.0) - 0.5 + 0.9189385 + r * (0.083333336 - s * (0.0027777778 - s * 0.0007936508)) - ts_log(product);
  if (!reflected) { return value; }
  return ts_log(3.1415927 / abs(ts_sin(3.1415927 * (x - round(x))))) - value;
}`,
    'ts_isnan',
    'ts_isinf',
    'ts_inf',
    'ts_log',
    'ts_sin',
  ),
  // The recurrence up to 8, then the asymptotic series.
  ts_digamma: helper(
    `fn ts_digamma(x: f32) -> f32 {
  if (ts_isnan(x)) { return x; }
  if (x == 0.0) { return select(-ts_inf(), ts_inf(), (bitcast<u32>(x) >> 31u) == 1u); }
  if (x < 0.0 && x == floor(x)) { return ts_nan(); }
  var y = select(x, 1.0 - x, x < 0.0);
  var sum = 0.0;
  while (y < 8.0) { sum = sum - 1.0 / y; y = y + 1.0; }
  let s = 1.0 / (y * y);
  let value = sum + ts_log(y) - 0.5 / y - s * (0.083333336 - s * (0.008333334 - s * 0.003968254));
  if (x > 0.0) { return value; }
  return value - 3.1415927 / ts_tan(3.1415927 * (x - round(x)));
}`,
    'ts_isnan',
    'ts_nan',
    'ts_inf',
    'ts_log',
    'ts_tan',
  ),
  ts_erfinv: helper(
    // M. Giles, "Approximating the erfinv function" (2010), single precision, with one Newton step.
    `fn ts_erfinv(x: f32) -> f32 {
  if (abs(x) == 1.0) { return x * ts_inf(); }
  if (!(abs(x) < 1.0)) { return ts_nan(); }
  var w = -ts_log((1.0 - x) * (1.0 + x));
  var p: f32;
  if (w < 5.0) {
    w = w - 2.5;
    p = 1.50140941 + w * (0.246640727 + w * (-0.00417768164 + w * (-0.00125372503 + w * (0.00021858087 + w * (-4.39150654e-06 + w * (-3.5233877e-06 + w * (3.43273939e-07 + w * 2.81022636e-08)))))));
  } else {
    w = sqrt(w) - 3.0;
    p = 2.83297682 + w * (1.00167406 + w * (0.00943887047 + w * (-0.0076224613 + w * (0.00573950773 + w * (-0.00367342844 + w * (0.00134934322 + w * (0.000100950558 - w * 0.000200214257)))))));
  }
  return p * x;
}`,
    'ts_inf',
    'ts_nan',
    'ts_log',
  ),
}

/** The text of the named helpers and of all they use, each once, in a fixed order. */
export function preludeFor(names: ReadonlySet<string>): string {
  const wanted = new Set<string>()
  const add = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const used of helpers[name]!.uses) add(used)
  }
  for (const name of names) add(name)
  return Object.entries(helpers)
    .filter(([name]) => wanted.has(name))
    .map(([, { text }]) => `${text}\n`)
    .join('')
}
