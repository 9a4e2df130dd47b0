import { availableParallelism } from "node:os";
import { checkKeys, invalid } from "@symbreak/core";
import type { OnnxTensor, OnnxTensorConstructor } from "@symbreak/samplers";
import type { NetworkSession, OnnxRuntime } from "../../runtime.ts";
import {
  type Declared,
  type Outcome,
  type PlainTensor,
  type RemoteSessions,
  startRemoteSessions,
} from "./remote-sessions.ts";

/** How many processes run a network, and what is done when one fails. */
export interface SessionWorkersOptions {
  /** Processes, each with a session that has its share of the processor's cores, one thread at least. */
  readonly workers: number;
  /** Told of every worker that dies, hangs, or returns what is not finite. Default console.warn. */
  readonly tell?: (message: string) => void;
  /** The program of a worker. Default: one that runs onnxruntime-node. */
  readonly script?: URL;
  /** Milliseconds after which a worker counts as hung: until the first answer, and at least afterwards. */
  readonly patience?: { readonly first: number; readonly least: number };
}

/**
 * Samples in one run of a worker. The number is fixed, so that the same runs are made, and so the same bits, by however many
 * workers; runs of more are not faster on one thread.
 */
const ROWS = 8;

/** A session may take a while to begin; afterwards an answer takes about as long as the slowest before. */
const PATIENCE = { first: 15 * 60_000, least: 60_000 };
const SLOWER = 20;

/**
 * onnxruntime-node in several processes, which deal the runs of every session among them: faster than one session with as many
 * threads. The processes begin when there is work for them, and end with this one.
 *
 * A worker that dies or hangs is named and replaced, and what it was asked is asked once more; what fails twice is an
 * error. Values that are not finite, for inputs that are, are asked for once more as well: said twice, they are the network's.
 */
export function sessionWorkers(options: SessionWorkersOptions): OnnxRuntime {
  checkKeys("sessionWorkers", options, ["workers", "tell", "script", "patience"]);
  const { workers, tell = console.warn, script = SCRIPT, patience = PATIENCE } = options;
  if (!(Number.isInteger(workers) && workers >= 1))
    throw invalid("sessionWorkers", "workers must be a whole number, at least 1", workers);
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  const models: Model[] = [];
  const queue: Job[] = [];
  let slowest: number | undefined;

  const start = (number: number): Seat => ({
    number,
    remote: startRemoteSessions(script),
    opened: new Map(),
  });
  // Processes begin when there is work for them.
  const seats: Seat[] = [];
  const idle = new Set<Seat>();
  const seatAnother = (): Seat => {
    const seat = start(seats.length + 1);
    seats.push(seat);
    idle.add(seat);
    return seat;
  };

  const open = ({ remote, opened }: Seat, model: Model): Promise<Outcome<Declared>> => {
    const { number, bytes, session } = model;
    const known = opened.get(number) ?? remote.open(number, bytes, session, patience.first);
    opened.set(number, known);
    return known;
  };

  const ask = async (seat: Seat, { model, feeds }: Job): Promise<Outcome<Answer>> => {
    const opened = await open(seat, model);
    if (!("answer" in opened)) return opened;
    const limit =
      slowest === undefined ? patience.first : Math.max(patience.least, SLOWER * slowest);
    const before = performance.now();
    const outcome = await seat.remote.run(model.number, feeds, limit);
    if ("answer" in outcome) slowest = Math.max(slowest ?? 0, performance.now() - before);
    return outcome;
  };

  const attempt = async (seat: Seat, job: Job): Promise<void> => {
    const { pid } = seat.remote;
    const outcome = await ask(seat, job);
    if ("refused" in outcome) return job.reject(new Error(outcome.refused));
    if ("lost" in outcome) Object.assign(seat, start(seat.number));
    const again = job.troubles.length > 0;
    if ("answer" in outcome && (again || !isNewlyBroken(job.feeds, outcome.answer)))
      return job.resolve(outcome.answer);
    const trouble = "lost" in outcome ? outcome.lost : "returned values that are not finite";
    const said = `worker ${seat.number} (process ${pid}) ${trouble}`;
    job.troubles.push(said);
    if (again) return job.reject(new Error(`the network failed twice: ${job.troubles.join("; ")}`));
    tell(`${said}; what it was asked is asked once more`);
    queue.unshift(job);
    deal();
  };

  const work = async (seat: Seat): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await attempt(seat, job);
    idle.add(seat);
  };

  const deal = (): void => {
    while (idle.size < queue.length && seats.length < workers) seatAnother();
    for (const seat of [...idle].slice(0, queue.length)) {
      idle.delete(seat);
      void work(seat);
    }
  };

  const create = async (bytes: Uint8Array, session: object = {}): Promise<NetworkSession> => {
    const given = { intraOpNumThreads: threads, ...session };
    const model: Model = { number: models.length, bytes, session: given };
    models.push(model);
    const seat = seats[0] ?? seatAnother();
    const opened = await open(seat, model);
    if ("refused" in opened) throw new Error(opened.refused);
    if ("lost" in opened) {
      Object.assign(seat, start(seat.number));
      throw new Error(`worker 1 of the network ${opened.lost}`);
    }
    const run: NetworkSession["run"] = (feeds) =>
      new Promise((resolve, reject) => {
        const sent = feeds as unknown as Feeds;
        queue.push({ model, feeds: sent, resolve, reject, troubles: [] });
        deal();
      });
    return { ...opened.answer, rowsAtOnce: ROWS, run };
  };
  return {
    InferenceSession: { create },
    Tensor: SentTensor as unknown as OnnxTensorConstructor<OnnxTensor>,
  };
}

/** A tensor that can be sent as it is. onnxruntime's interface asks for a constructor. */
class SentTensor implements PlainTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
  constructor(type: string, data: unknown, dims: readonly number[]) {
    this.type = type;
    this.data = data;
    this.dims = dims;
  }
}

type Feeds = Readonly<Record<string, PlainTensor>>;
type Answer = Awaited<ReturnType<NetworkSession["run"]>>;

/** What a session is made of, kept for a worker that takes another's place. */
interface Model {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly session: object;
}

interface Job {
  readonly model: Model;
  readonly feeds: Feeds;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  /** What went wrong with it so far. */
  readonly troubles: string[];
}

/** The place of a worker: the process that holds it now, and the models that it has opened. */
interface Seat {
  readonly number: number;
  readonly remote: RemoteSessions;
  readonly opened: Map<number, Promise<Outcome<Declared>>>;
}

/** Whether finite inputs gave outputs that are not. */
function isNewlyBroken(feeds: Feeds, answer: Answer): boolean {
  const finite = ({ data }: { readonly data: unknown }) =>
    !(data instanceof Float32Array) || data.every(Number.isFinite);
  return Object.values(feeds).every(finite) && !Object.values(answer).every(finite);
}

const SCRIPT = new URL(
  import.meta.url.endsWith(".ts") ? "./session-worker.ts" : "./session-worker.js",
  import.meta.url,
);
