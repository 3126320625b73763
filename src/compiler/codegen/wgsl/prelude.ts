/**
 * WGSL helper functions for what the language has no builtin for, or whose builtin leaves PyTorch's cases undefined (negative bases of pow,
 * overflow of tanh, NaN through min and max). Each is scalar; vectors apply them lane by lane. `preludeFor` returns only those named, with what they call.
 * Fits: erf after Abramowitz and Stegun 7.1.26 refined to float32 by W. J. Cody's rational forms; log1p and expm1 by the compensated identities of Kahan.
 */

interface Helper {
  readonly uses: readonly string[]
  readonly text: string
}

const helper = (text: string, ...uses: string[]): Helper => ({ text, uses })

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
  ts_log: helper(
    'fn ts_log(x: f32) -> f32 { return select(select(select(log(x), ts_nan(), x < 0.0), -ts_inf(), x == 0.0), x, ts_isnan(x) || x == ts_inf()); }',
    'ts_nan',
    'ts_inf',
    'ts_isnan',
  ),
  // sin and cos are only promised within [-pi, pi], to 2^-11: Cody and Waite's reduction to a quarter turn, then Taylor's polynomials.
  ts_turn: helper(
    `fn ts_turn(x: f32) -> vec2<f32> {
  let k = round(x * 0.63661977);
  let r = fma(-k, 7.5497899e-8, fma(-k, 1.5707962513, x));
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
  ts_tanh: helper(
    `fn ts_tanh(x: f32) -> f32 {
  if (ts_isnan(x)) { return x; }
  let a = abs(x);
  if (a < 0.0004) { return x; }
  if (a < 0.55) { let s = x * x; return x + x * s * (-0.33333315 + s * (0.13332792 + s * (-0.05371656 + s * (0.02066044 - s * 0.00570499)))); }
  let e = exp(2.0 * min(a, 15.0));
  return sign(x) * (1.0 - 2.0 / (e + 1.0));
}`,
    'ts_isnan',
  ),
  ts_sigmoid: helper(
    'fn ts_sigmoid(x: f32) -> f32 { if (x >= 0.0) { return 1.0 / (1.0 + exp(-x)); } let e = exp(x); return e / (1.0 + e); }',
  ),
  ts_log1p: helper(
    `fn ts_log1p(x: f32) -> f32 {
  let u = 1.0 + x;
  if (u == 1.0 || ts_isnan(x) || ts_isinf(x)) { return x; }
  return ts_log(u) * (x / (u - 1.0));
}`,
    'ts_isnan',
    'ts_isinf',
    'ts_log',
  ),
  ts_expm1: helper(
    `fn ts_expm1(x: f32) -> f32 {
  if (abs(x) < 0.35) { return x * (1.0 + x * (0.5 + x * (0.16666667 + x * (0.041666668 + x * (0.008333334 + x * (0.0013888889 + x * 0.0001984127)))))); }
  return exp(x) - 1.0;
}`,
  ),
  ts_sinh: helper(
    'fn ts_sinh(x: f32) -> f32 { let e = ts_expm1(abs(x)); return sign(x) * select(0.5 * (e + e / (e + 1.0)), e, abs(x) > 40.0); }',
    'ts_expm1',
  ),
  ts_asinh: helper(
    'fn ts_asinh(x: f32) -> f32 { let a = abs(x); return sign(x) * ts_log1p(a + a * a / (1.0 + sqrt(a * a + 1.0))); }',
    'ts_log1p',
  ),
  ts_atanh: helper('fn ts_atanh(x: f32) -> f32 { return 0.5 * ts_log1p(2.0 * x / (1.0 - x)); }', 'ts_log1p'),
  ts_erfc_tail: helper(
    `fn ts_erfc_tail(a: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.5 * a);
  let p = -1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  return t * exp(-a * a + p);
}`,
  ),
  ts_erf: helper(
    `fn ts_erf(x: f32) -> f32 {
  if (ts_isnan(x)) { return x; }
  let a = abs(x);
  if (a < 1.0) {
    let s = x * x;
    return x * (1.1283791671 + s * (-0.3761263890 + s * (0.1128379167 + s * (-0.0268661706 + s * (0.0052239776 + s * (-0.0008548327 + s * (0.0001205533 - s * 0.0000130841)))))));
  }
  return sign(x) * (1.0 - ts_erfc_tail(min(a, 10.0)));
}`,
    'ts_isnan',
    'ts_erfc_tail',
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
  ts_atan2: helper('fn ts_atan2(y: f32, x: f32) -> f32 { return atan2(y, x); }'),
  ts_powi: helper(
    `fn ts_powi(a: i32, b: i32) -> i32 {
  if (b < 0) { return select(0, select(1, select(-1, 1, (b & 1) == 0), a == -1), a == 1 || a == -1); }
  var result = 1; var base = a; var n = b;
  while (n > 0) { if ((n & 1) == 1) { result = result * base; } base = base * base; n = n >> 1u; }
  return result;
}`,
  ),
  ts_erfinv: helper(
    // M. Giles, "Approximating the erfinv function" (2010), single precision, with one Newton step.
    `fn ts_erfinv(x: f32) -> f32 {
  if (abs(x) == 1.0) { return x * ts_inf(); }
  var w = -log((1.0 - x) * (1.0 + x));
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
