import { createReadStream, existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Settings of {@link serveLab}. */
export interface ServeOptions {
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Folder of the built page. Default the one that this package ships. */
  readonly root?: string;
}

/** A running server of the lab. */
export interface LabServer {
  /** Address of the page. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

/** With these a page is alone with itself, and WebAssembly may use several threads. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "X-Content-Type-Options": "nosniff",
} as const;

/**
 * Serves the built lab on this machine alone (127.0.0.1).
 *
 * Rejects where the page is not built, and where the port is taken.
 *
 * @example const { url, close } = await serveLab({ port: 8080 });
 */
export async function serveLab(options: ServeOptions = {}): Promise<LabServer> {
  const { port = 0, root = fileURLToPath(new URL("../dist/page", import.meta.url)) } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new RangeError(`serveLab: port must be an integer from 0 to 65535 (got ${port})`);
  if (!existsSync(join(root, "index.html")))
    throw new Error(
      `serveLab: no built page in ${root}; build it with: pnpm --filter @symbreak/web build`,
    );
  const server = createServer(async ({ method, url = "/" }, response) => {
    const file = method === "GET" || method === "HEAD" ? await fileOf(root, url) : undefined;
    if (file === undefined) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
      return;
    }
    const type = TYPES[extname(file.path)] ?? "application/octet-stream";
    response.writeHead(200, { ...ISOLATED, "Content-Type": type, "Content-Length": file.size });
    if (method === "HEAD") response.end();
    else createReadStream(file.path).pipe(response);
  });
  const taken = await listen(server, port);
  return {
    url: `http://127.0.0.1:${taken}/`,
    port: taken,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The file that an address means, if there is one within the root. */
async function fileOf(
  root: string,
  url: string,
): Promise<{ path: string; size: number } | undefined> {
  try {
    const asked = decodeURIComponent(url.split("?", 1)[0]!);
    const path = normalize(join(root, asked.endsWith("/") ? `${asked}index.html` : asked));
    if (!path.startsWith(normalize(root) + sep)) return undefined;
    const found = await stat(path);
    return found.isFile() ? { path, size: found.size } : undefined;
  } catch {
    return undefined;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
