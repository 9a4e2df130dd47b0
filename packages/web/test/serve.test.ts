import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LabServer, serveLab } from "../src/serve.ts";

describe("serveLab", () => {
  const folder = mkdtempSync(join(tmpdir(), "symbreak-serve-"));
  let server: LabServer;

  beforeAll(async () => {
    mkdirSync(join(folder, "page/assets"), { recursive: true });
    writeFileSync(join(folder, "page/index.html"), "<p>the page</p>");
    writeFileSync(join(folder, "page/assets/a.wasm"), "0");
    writeFileSync(join(folder, "secret.txt"), "not to be seen");
    server = await serveLab({ root: join(folder, "page") });
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it("serves the page on this machine alone, isolated, with the types that browsers need", async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await fetch(server.url);
    expect(await page.text()).toBe("<p>the page</p>");
    expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(page.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    const wasm = await fetch(`${server.url}assets/a.wasm`, { method: "HEAD" });
    expect(wasm.headers.get("content-type")).toBe("application/wasm");
  });

  it.each(["/missing", "/assets", "/../secret.txt", "/%2e%2e/secret.txt", "/%ff", "//secret.txt"])(
    "has nothing at %s",
    async (path) => {
      // fetch would tidy the path up.
      const status = await new Promise((resolve, reject) => {
        request({ host: "127.0.0.1", port: server.port, path }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      expect(status).toBe(404);
    },
  );

  it("answers questions only", async () => {
    expect((await fetch(server.url, { method: "POST" })).status).toBe(404);
  });

  it("says what is wrong: no page, a port that is none, a port that is taken", async () => {
    await expect(serveLab({ root: folder })).rejects.toThrow(/no built page/);
    await expect(serveLab({ root: join(folder, "page"), port: -1 })).rejects.toThrow(/port/);
    const { port } = server;
    await expect(serveLab({ root: join(folder, "page"), port })).rejects.toThrow(/EADDRINUSE/);
  });
});
