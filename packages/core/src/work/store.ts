import { canonicalJson } from "../json/canonical-json.ts";

/**
 * Keeps what an experiment has finished, so that one that was interrupted goes on where it was: in memory
 * ({@link memoryStore}), in a folder, in a browser's database.
 *
 * The key is the protocol: a plain value that holds all that the result depends on, digests of the network and the data
 * included. Equal protocols are one key, in whatever order their properties stand ({@link canonicalJson}).
 */
export interface Store {
  /** What was kept under this protocol, or undefined. */
  get(protocol: unknown): Promise<unknown>;
  /** Keeps a plain value. Two writers of one protocol do no harm: they write the same. */
  set(protocol: unknown, value: unknown): Promise<void>;
}

/** A store that lasts as long as it is held. Values are copied, as through a file. */
export function memoryStore(): Store {
  const kept = new Map<string, string>();
  return {
    get: async (protocol) => {
      const text = kept.get(canonicalJson(protocol));
      return text === undefined ? undefined : JSON.parse(text);
    },
    set: async (protocol, value) => {
      kept.set(canonicalJson(protocol), canonicalJson(value));
    },
  };
}

/**
 * The result of a protocol: as it was kept, or made now and kept. Either way it is as JSON gives it back, its keys in one order,
 * so that a run that was interrupted ends with the bytes of one that was not.
 */
export async function remembered<Value>(
  store: Store,
  protocol: unknown,
  make: () => Value | Promise<Value>,
): Promise<Value> {
  const before = await store.get(protocol);
  if (before !== undefined) return before as Value;
  const text = canonicalJson(await make());
  await store.set(protocol, JSON.parse(text));
  return JSON.parse(text);
}
