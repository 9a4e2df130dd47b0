import { batch, effect, type Signal, signal } from "@preact/signals";
import { ROOMS } from "../rooms/rooms.ts";

/** What a piece of state may be: all that can stand in an address. */
type Plain = number | string | boolean | readonly number[];
type Widened<V> = V extends number
  ? number
  : V extends boolean
    ? boolean
    : V extends string
      ? string
      : readonly number[];

/** State by name, each piece a signal. */
export type State<T> = { readonly [K in keyof T]: Signal<Widened<T[K]>> };

/** The room in the address: `#clones?at=300` is the room "clones"; who asks for none that there is enters the first. */
export const room: Signal<string> = signal(roomOf(location.hash));

interface Registered {
  readonly defaults: Readonly<Record<string, Plain>>;
  readonly signals: Readonly<Record<string, Signal<Plain>>>;
}
const registry = new Map<string, Registered>();

/** How many have declared their state: until a room has, its address holds what only the room can read. */
const declared = signal(0);

/** State that every room's address carries, the time cursor say. */
const SHARED = "";

/**
 * Declares the state of a room, or of all rooms, with its defaults. It is read from the address once and from then on
 * written there, what differs from the defaults alone, so that a view can be sent and found again.
 */
export function defineState<const T extends Record<string, Plain>>(
  of: string,
  defaults: T,
): State<T> {
  const signals = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, signal<Plain>(value)]),
  );
  registry.set(of, { defaults, signals });
  declared.value++;
  if (of === SHARED || of === room.value) read(of);
  return signals as unknown as State<T>;
}

/** The state of all rooms. */
export function defineSharedState<const T extends Record<string, Plain>>(defaults: T): State<T> {
  return defineState(SHARED, defaults);
}

/** Puts a room's state back to its defaults. */
export function resetState(of: string): void {
  const found = registry.get(of);
  if (found === undefined) return;
  batch(() => {
    for (const [name, value] of Object.entries(found.defaults)) found.signals[name]!.value = value;
  });
}

/** The address of the view as it is. */
function addressOf(of: string): string {
  const query = [SHARED, of].flatMap((key) => {
    const found = registry.get(key);
    return Object.entries(found?.signals ?? {})
      .filter(([name, { value }]) => text(value) !== text(found!.defaults[name]!))
      .map(([name, { value }]) => `${name}=${encodeURIComponent(text(value))}`);
  });
  return `#${of}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** Follows the address, and makes it follow the state: at most four times a second, as browsers allow. */
export function connectAddress(): void {
  addEventListener("hashchange", () => {
    const next = roomOf(location.hash);
    if (next === room.peek() && location.hash === addressOf(next)) return;
    batch(() => {
      room.value = next;
      read(SHARED);
      read(next);
    });
  });
  let waiting = false;
  effect(() => {
    void declared.value;
    addressOf(room.value);
    if (waiting || !registry.has(room.value)) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      const address = addressOf(room.peek());
      if (location.hash !== address) history.replaceState(null, "", address);
    }, 250);
  });
}

function roomOf(hash: string): string {
  const asked = hash.slice(1).split("?", 1)[0];
  return (ROOMS.find(({ name }) => name === asked) ?? ROOMS[0]!).name;
}

/** Takes what the address says of some state; a piece that is missing or cannot be read has its default. */
function read(of: string): void {
  const found = registry.get(of);
  if (found === undefined) return;
  const query = new URLSearchParams(location.hash.split("?")[1] ?? "");
  batch(() => {
    for (const [name, value] of Object.entries(found.defaults))
      found.signals[name]!.value = parse(query.get(name), value);
  });
}

function text(value: Plain): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return typeof value === "string" ? value : value.map(text).join(",");
}

function parse(given: string | null, otherwise: Plain): Plain {
  if (given === null) return otherwise;
  if (typeof otherwise === "boolean") return given === "1";
  if (typeof otherwise === "string") return given;
  const numbers = given === "" ? [] : given.split(",").map(Number);
  if (!numbers.every(Number.isFinite)) return otherwise;
  if (typeof otherwise === "number") return numbers.length === 1 ? numbers[0]! : otherwise;
  return numbers;
}
