import { invalid } from "@symbreak/core";
import { DEFAULTS, type SchedulerClass } from "./defaults.ts";

/** A diffusers `scheduler_config.json`: snake_case keys, every known one present, unknown ones kept. */
export type SchedulerConfig = Readonly<Record<string, unknown>>;

/** A parsed config file in snake_case or camelCase, with its class's defaults filled in. */
export function completed(json: Readonly<Record<string, unknown>>): {
  className: SchedulerClass;
  config: SchedulerConfig;
} {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw invalid("fromSchedulerConfig", "config must be an object", json);
  const given = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [snakeCase(key), value]),
  );
  const className = given._class_name ?? given.class_name;
  if (typeof className !== "string" || !Object.hasOwn(DEFAULTS, className))
    throw invalid(
      "fromSchedulerConfig",
      `_class_name must be one of ${Object.keys(DEFAULTS).join(", ")}`,
      className,
    );
  const { _class_name, class_name, ...rest } = given;
  const known = className as SchedulerClass;
  return { className: known, config: { ...DEFAULTS[known], ...rest } };
}

/** `betaStart` → `beta_start`; what is snake_case already stays. */
function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Typed reading of a config; each error names the key, the rule and the value. */
export interface Fields {
  number(key: string): number;
  boolean(key: string): boolean;
  /** One of `choices`; where the class has no such key, `absent`. */
  choice<Choice extends string>(key: string, choices: readonly Choice[], absent?: Choice): Choice;
  is(key: string, value: unknown): boolean;
  /** A number, or undefined where the key is null or absent. */
  optionalNumber(key: string): number | undefined;
  numbers(key: string): readonly number[] | undefined;
  /** Throws unless the key has one of these values: what we do not support. */
  only(key: string, ...values: readonly unknown[]): void;
}

/** Reads a completed config. */
export function fields(className: string, config: SchedulerConfig): Fields {
  const wrong = (rule: string, value: unknown) =>
    invalid("fromSchedulerConfig", `${className}: ${rule}`, value);
  const optionalNumber: Fields["optionalNumber"] = (key) => {
    const value = config[key] ?? undefined;
    if (value === "-inf" || value === "-Infinity") return -Infinity;
    if (value !== undefined && (typeof value !== "number" || Number.isNaN(value)))
      throw wrong(`${key} must be a number`, value);
    return value;
  };
  return {
    optionalNumber,
    number(key) {
      const value = optionalNumber(key);
      if (value === undefined) throw wrong(`${key} must be a number`, config[key]);
      return value;
    },
    boolean(key) {
      const value = config[key] ?? false;
      if (typeof value !== "boolean") throw wrong(`${key} must be true or false`, value);
      return value;
    },
    is: (key, value) => config[key] === value,
    choice(key, choices, absent) {
      const value = config[key] ?? absent;
      const found = choices.find((choice) => choice === value);
      if (found === undefined) throw wrong(`${key} must be one of ${choices.join(", ")}`, value);
      return found;
    },
    numbers(key) {
      const value = config[key] ?? undefined;
      if (value === undefined) return undefined;
      if (!Array.isArray(value) || value.some((entry) => typeof entry !== "number"))
        throw wrong(`${key} must be a list of numbers`, value);
      return value as number[];
    },
    only(key, ...values) {
      const value = config[key] ?? undefined;
      if (value !== undefined && !values.includes(value))
        throw wrong(`${key} is supported only as ${values.join(" or ") || "null"}`, value);
    },
  };
}
