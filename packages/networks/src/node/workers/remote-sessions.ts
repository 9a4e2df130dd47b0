import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { NetworkSession } from "../../runtime.ts";

/** A tensor as it travels between processes. */
export interface PlainTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** What a file says of its inputs and outputs. */
export type Declared = Pick<NetworkSession, "inputNames" | "outputNames" | "inputMetadata">;

/** What a worker is asked: to open a model as a session, or to run one. */
export interface Call {
  readonly id: number;
  /** The number of the session. */
  readonly session: number;
  readonly open?: { readonly model: Uint8Array; readonly options: object };
  readonly run?: Readonly<Record<string, PlainTensor>>;
}

/** What it says: the answer, or the runtime's own error. */
export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly refused?: string;
}

/** What became of a call: its answer, the runtime's own error, or how the worker was lost. */
export type Outcome<Answer> =
  | { readonly answer: Answer }
  | { readonly refused: string }
  | { readonly lost: string };

/** Sessions in a process of their own, by number. */
export interface RemoteSessions {
  readonly pid: number | undefined;
  open(
    session: number,
    model: Uint8Array,
    options: object,
    limit: number,
  ): Promise<Outcome<Declared>>;
  run(
    session: number,
    feeds: Readonly<Record<string, PlainTensor>>,
    limit: number,
  ): Promise<Outcome<Readonly<Record<string, Omit<PlainTensor, "type">>>>>;
}

/**
 * Starts a process for sessions. It never keeps this one from ending, and ends with it.
 *
 * A process, not a thread: one that hangs in native code can be killed, and one that crashes takes nothing along.
 * `limit` is in milliseconds: a call that takes longer counts as hung.
 */
export function startRemoteSessions(script: URL): RemoteSessions {
  const child = fork(fileURLToPath(script), {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>();
  let calls = 0;
  let end: string | undefined;

  const lose = (reason: string): void => {
    end ??= reason;
    for (const settle of waiting.values()) settle({ lost: end });
    waiting.clear();
  };
  child.on("message", ({ id, answer, refused }: Reply) => {
    waiting.get(id)?.(refused === undefined ? { answer } : { refused });
    waiting.delete(id);
    if (waiting.size === 0) rest();
  });
  child.on("error", ({ message }) => lose(`failed: ${message}`));
  child.on("exit", (code, signal) =>
    lose(`ended with ${signal === null ? `code ${code}` : `signal ${signal}`}`),
  );
  const rest = (): void => {
    child.unref();
    child.channel?.unref();
  };
  rest();

  const ask = <Answer>(call: Omit<Call, "id">, limit: number): Promise<Outcome<Answer>> => {
    if (end !== undefined) return Promise.resolve({ lost: end });
    const id = calls++;
    child.ref();
    child.channel?.ref();
    return new Promise((resolve) => {
      const hung = setTimeout(() => {
        child.kill("SIGKILL");
        lose(`did not answer within ${limit / 1000} s`);
      }, limit);
      waiting.set(id, (outcome) => {
        clearTimeout(hung);
        resolve(outcome as Outcome<Answer>);
      });
      child.send({ id, ...call } satisfies Call, (error) => {
        if (error !== null) lose(`could not be reached: ${error.message}`);
      });
    });
  };
  return {
    pid: child.pid,
    open: (session, model, options, limit) => ask({ session, open: { model, options } }, limit),
    run: (session, feeds, limit) => ask({ session, run: feeds }, limit),
  };
}
