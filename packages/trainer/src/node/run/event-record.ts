import { crc32c } from "./crc32c.ts";

/** One point of TensorBoard's curves. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** The record that every event file begins with. */
export function versionRecord(wallTime: number): Uint8Array {
  return record(message(double(1, wallTime), bytes(3, new TextEncoder().encode("brain.Event:2"))));
}

/** Scalars as a record of an event file: tensorflow/core/util/event.proto, Event { wall_time, step, summary }. */
export function scalarRecord({ wallTime, step, scalars }: ScalarEvent): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) =>
    bytes(1, message(bytes(1, new TextEncoder().encode(tag)), float(2, value))),
  );
  return record(
    message(
      double(1, wallTime),
      message(Uint8Array.of(2 << 3), varint(step)),
      bytes(5, message(...values)),
    ),
  );
}

/** A TFRecord: length, its masked checksum, data, their masked checksum. */
function record(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 16);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(8, masked(out.subarray(0, 8)), true);
  out.set(data, 12);
  view.setUint32(12 + data.length, masked(data), true);
  return out;
}

/** Rotated and shifted, so that a checksum of data that hold checksums stays good. */
function masked(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(fields));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return message(Uint8Array.of((field << 3) | 2), varint(value.length), value);
}

function double(field: number, value: number): Uint8Array {
  return message(Uint8Array.of((field << 3) | 1), new Uint8Array(Float64Array.of(value).buffer));
}

function float(field: number, value: number): Uint8Array {
  return message(Uint8Array.of((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer));
}

/** Base 128, lowest digits first. */
function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) digits.push((rest % 128) | 128);
  return Uint8Array.from([...digits, rest]);
}
