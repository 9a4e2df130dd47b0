export { type SessionWorkersOptions, sessionWorkers } from "./session-workers.ts";
