import { type NetworkRequest, openNetwork } from "../network/open-network.ts";
import { progress } from "../terminal/progress.ts";
import { type CloneNetworkRequest, cloneNetwork } from "./clone-network.ts";
import { writeClone } from "./write-clone.ts";

/** What `ssb clone <network>` was asked. */
export interface CloneRequest
  extends Omit<CloneNetworkRequest, "pictured" | "onProgress">,
    NetworkRequest {
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Loads, clones, prints and writes. */
export async function runClone(request: CloneRequest): Promise<void> {
  const { json, out } = request;
  const bar = progress({ "loading network and data": 5, cloning: 95 });
  bar.phase("loading network and data");
  const setting = await openNetwork(request);
  const { name } = setting;
  bar.phase("cloning");
  const pictured = !json || out !== undefined;
  const clones = await cloneNetwork(setting, {
    ...request,
    pictured,
    onProgress: bar.at,
  });
  bar.end();
  await writeClone(clones, { json, out, directory: `runs/clone-${name}` });
}
