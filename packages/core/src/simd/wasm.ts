/**
 * Just enough WebAssembly to write a numeric kernel by hand: instructions are byte lists, and a module has one
 * imported memory and some functions of 32-bit integers. Opcodes: WebAssembly core specification 2.0, appendix "index of
 * instructions".
 */
export type Code = readonly number[];

/** An unsigned integer in LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** A signed integer of up to 53 bits in LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (; value < -64 || value > 63; value = Math.floor(value / 128))
    bytes.push((value & 127) | 128);
  return [...bytes, value & 127];
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const sized = (body: Code): Code => [...unsigned(body.length), ...body];
const simd = (opcode: number, ...rest: number[]): Code => [0xfd, ...unsigned(opcode), ...rest];

/** Instructions without an operand of their own, and those that take an index, a constant or an address offset. */
type Instructions<Plain extends string, Indexed extends string> = Readonly<
  Record<Plain, Code> & Record<Indexed, (operand: number) => Code>
>;

export const local: Instructions<never, "get" | "set" | "tee"> = {
  get: (index) => [0x20, ...unsigned(index)],
  set: (index) => [0x21, ...unsigned(index)],
  tee: (index) => [0x22, ...unsigned(index)],
};

export const i32: Instructions<"add" | "multiply" | "shiftLeft", "const" | "load" | "store"> = {
  const: (value) => [0x41, ...signed(value)],
  add: [0x6a],
  multiply: [0x6c],
  shiftLeft: [0x74],
  load: (offset) => [0x28, 2, ...unsigned(offset)],
  store: (offset) => [0x36, 2, ...unsigned(offset)],
};

/** The eight bytes of a double. */
const bytesOf = (value: number): Code => [...new Uint8Array(Float64Array.of(value).buffer)];

export const i64: Instructions<"isZero", "const" | "load"> = {
  const: (value) => [0x42, ...signed(value)],
  load: (offset) => [0x29, 3, ...unsigned(offset)],
  isZero: [0x50],
};

export const f64: Instructions<"add" | "subtract", "const" | "load" | "store"> = {
  const: (value) => [0x44, ...bytesOf(value)],
  load: (offset) => [0x2b, 3, ...unsigned(offset)],
  store: (offset) => [0x39, 3, ...unsigned(offset)],
  add: [0xa0],
  subtract: [0xa1],
};

export const f32: Instructions<"add", "load" | "store"> = {
  load: (offset) => [0x2a, 2, ...unsigned(offset)],
  store: (offset) => [0x38, 2, ...unsigned(offset)],
  add: [0x92],
};

export const v128: Instructions<
  "zero" | "upperHalf" | "and" | "or" | "xor" | "select",
  "load" | "load8Bytes" | "store"
> & { readonly shuffle32: (...lanes: readonly [number, number, number, number]) => Code } = {
  /** Four 32-bit lanes chosen from those of two vectors, 0 … 3 and 4 … 7. */
  shuffle32: (...lanes) =>
    simd(13, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte))),
  and: simd(0x4e),
  or: simd(0x50),
  xor: simd(0x51),
  /** Of a, b and a mask: a where the mask has ones, b where it has zeros. */
  select: simd(0x52),
  load: (offset) => simd(0, 4, ...unsigned(offset)),
  load8Bytes: (offset) => simd(0x5d, 3, ...unsigned(offset)),
  store: (offset) => simd(11, 4, ...unsigned(offset)),
  zero: simd(12, ...new Array<number>(16).fill(0)),
  /** Of a vector given twice: bytes 8 … 15 moved to 0 … 7. */
  upperHalf: simd(13, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
};

export const i16x8: Instructions<"fromLowBytes", never> = { fromLowBytes: simd(0x89) };

export const i32x4: Instructions<
  "add" | "splat" | "dot" | "fromLowUnsigned16" | "fromHighUnsigned16",
  "lane"
> = {
  add: simd(0xae),
  splat: simd(0x11),
  /** Products of signed 16-bit lanes, added in neighbouring pairs. */
  dot: simd(0xba),
  fromLowUnsigned16: simd(0xa9),
  fromHighUnsigned16: simd(0xaa),
  lane: (index) => simd(0x1b, index),
};

export const i64x2: Instructions<
  "splat" | "shiftLeft" | "shiftRight" | "shiftRightUnsigned" | "lowProducts" | "highProducts",
  never
> = {
  splat: simd(0x12),
  shiftLeft: simd(0xcb),
  shiftRight: simd(0xcc),
  shiftRightUnsigned: simd(0xcd),
  /** Of the unsigned 32-bit lanes 0 and 1, or 2 and 3. */
  lowProducts: simd(0xde),
  highProducts: simd(0xdf),
};

export const f32x4: Instructions<"add" | "multiply" | "relaxedMultiplyAdd", "lane"> = {
  add: simd(0xe4),
  multiply: simd(0xe6),
  /** a b + c, rounded once or twice as the processor has it: of the relaxed SIMD proposal, not everywhere. */
  relaxedMultiplyAdd: simd(0x105),
  lane: (index) => simd(0x1f, index),
};

export const f64x2: Instructions<
  "add" | "subtract" | "multiply" | "divide" | "squareRoot" | "greater" | "splat" | "fromLowInts",
  "lane"
> = {
  add: simd(0xf0),
  subtract: simd(0xf1),
  multiply: simd(0xf2),
  divide: simd(0xf3),
  squareRoot: simd(0xef),
  greater: simd(0x4a),
  splat: simd(0x14),
  fromLowInts: simd(0xfe),
  lane: (index) => simd(0x21, index),
};

const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof TYPES;

/** `for (index = 0; index < locals[limit]; index += step) body`, for a limit above 0. */
export function countUp(index: number, step: number, limit: number, body: readonly Code[]): Code {
  return [
    ...i32.const(0),
    ...local.set(index),
    ...[0x03, 0x40],
    ...body.flat(),
    ...local.get(index),
    ...i32.const(step),
    ...i32.add,
    ...local.tee(index),
    ...local.get(limit),
    ...[0x49, 0x0d, 0],
    0x0b,
  ];
}

/** Runs `body` unless the condition on the stack holds. */
export function unless(body: readonly Code[]): Code {
  return [0x45, 0x04, 0x40, ...body.flat(), 0x0b];
}

export interface WasmFunction {
  readonly params: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: readonly Code[];
}

/** A module that imports its memory as `env.memory` and exports the functions by name; they return nothing. */
export function wasmModule(functions: Readonly<Record<string, WasmFunction>>): Uint8Array {
  const all = Object.values(functions);
  const text = (name: string): Code => sized([...name].map((letter) => letter.charCodeAt(0)));
  const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];
  const bodyOf = ({ locals, body }: WasmFunction): Code =>
    sized([...list(locals.map((type) => [1, TYPES[type]])), ...body.flat(), 0x0b]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      all.map(({ params }) => [0x60, ...list(params.map((t) => [TYPES[t]])), 0]),
    ),
    ...section(2, [[...text("env"), ...text("memory"), 2, 0, 1]]),
    ...section(
      3,
      all.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      Object.keys(functions).map((name, index) => [...text(name), 0, ...unsigned(index)]),
    ),
    ...section(10, all.map(bodyOf)),
  ]);
}
