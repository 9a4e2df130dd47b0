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

/** A store that looks in others too, and keeps in the first: those of several folders as one. */
export function joinedStore(first: Store, others: readonly Store[]): Store {
  return {
    async get(protocol) {
      for (const store of [first, ...others]) {
        const value = await store.get(protocol);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    set: (protocol, value) => first.set(protocol, value),
  };
}
