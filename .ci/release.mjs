// Rehearses `pnpm release` from first to last: in a temporary clone of what is committed, against a registry of its own
// on the loopback, from which every package is then installed in an empty project and called, on the Node that runs
// this script. Publishes nothing elsewhere. Other versions of Node: `npx -y node@24 .ci/release.mjs`.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { packages, root } from "./pack.mjs";

const work = mkdtempSync(join(tmpdir(), "symbreak-release-"));
const clone = join(work, "clone");
const start = Date.now();
const say = (text) =>
  console.log(`${((Date.now() - start) / 1000).toFixed(0).padStart(4)} s  ${text}`);
const npm = ["install", "--no-audit", "--no-fund", "--silent"];

/** The settings of npm and pnpm for the registry of the rehearsal. */
let settings = {};
const run = (command, args, cwd) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 28,
    env: { ...process.env, CI: "true", TURBO_TELEMETRY_DISABLED: "1", NO_COLOR: "1", ...settings },
  });
const pnpm = (args, cwd) => run("npx", ["-y", "pnpm@12", ...args], cwd);

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A registry that has no @symbreak package but those published to it, and passes on requests for all others. */
async function startRegistry() {
  const home = join(work, "registry");
  mkdirSync(home);
  // node-fetch by its number: not every mirror serves the tag that verdaccio asks for.
  const manifest = { private: true, overrides: { "node-fetch": "^2.6.7" } };
  writeFileSync(join(home, "package.json"), JSON.stringify(manifest));
  run("npm", [...npm, "verdaccio@6"], home);
  const upstream = run("npm", ["config", "get", "registry"], work).trim();
  const config = {
    storage: join(home, "storage"),
    auth: { htpasswd: { file: join(home, "htpasswd") } },
    uplinks: { upstream: { url: upstream, timeout: "120s" } },
    packages: {
      "@symbreak/*": { access: "$all", publish: "$authenticated" },
      "**": { access: "$all", proxy: "upstream" },
    },
    max_body_size: "200mb",
    log: { type: "stdout", format: "pretty", level: "error" },
  };
  writeFileSync(join(home, "config.yaml"), JSON.stringify(config));
  const url = `http://127.0.0.1:${await freePort()}/`;
  const bin = join(home, "node_modules/verdaccio/bin/verdaccio");
  const listen = url.slice("http://".length, -1);
  const child = spawn(
    process.execPath,
    [bin, "--config", join(home, "config.yaml"), "--listen", listen],
    {
      cwd: home,
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  for (let tries = 0; ; tries++) {
    if (
      await fetch(`${url}-/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (child.exitCode !== null || tries === 120) throw new Error("the registry does not start");
    await wait(500);
  }
  const user = { name: "rehearsal", password: "rehearsal-of-a-release", type: "user", roles: [] };
  const answer = await fetch(`${url}-/user/org.couchdb.user:rehearsal`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(user),
  });
  const { token } = await answer.json();
  writeFileSync(join(work, "npmrc"), `registry=${url}\n//${listen}/:_authToken=${token}\n`);
  return child;
}

let registry;
try {
  run("git", ["clone", "-q", root, clone], work);
  run("git", ["config", "user.name", "rehearsal"], clone);
  run("git", ["config", "user.email", "rehearsal@localhost"], clone);
  pnpm(["install", "--frozen-lockfile", "--prefer-offline"], clone);
  say("cloned and installed");
  registry = await startRegistry();
  const npmrc = join(work, "npmrc");
  const address = readFileSync(npmrc, "utf8").match(/^registry=(.*)$/m)[1];
  settings = { npm_config_userconfig: npmrc, npm_config_registry: address };
  say("a registry listens");

  // Provenance is signed by the CI that publishes; here there is none.
  for (const folder of readdirSync(join(clone, "packages"))) {
    const file = join(clone, "packages", folder, "package.json");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace('"provenance": true', '"provenance": false'),
    );
  }
  run("git", ["commit", "-qam", "No provenance"], clone);
  pnpm(["release"], clone);
  say("versioned, built, checked, published");

  const missing = packages.filter(({ folder }) => {
    return !existsSync(join(folder.replace(root, clone), "CHANGELOG.md"));
  });
  if (missing.length)
    throw new Error(`no changelog: ${missing.map(({ name }) => name).join(", ")}`);

  const project = join(work, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", [...npm, ...packages.map(({ name }) => name)], project);
  say("installed from the registry");
  copyFileSync(join(root, ".ci/smoke/assert.mjs"), join(project, "assert.mjs"));
  for (const { name } of packages) {
    const file = `${name.split("/")[1]}.mjs`;
    const manifest = join(project, "node_modules", name, "package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8"));
    if (version === "0.0.0") throw new Error(`${name} was published without a version`);
    copyFileSync(join(root, ".ci/smoke", file), join(project, file));
    say(`${name} ${version}: ${run(process.execPath, [file], project).trim()}`);
  }
  say(`Node ${process.version}: ${packages.length} packages released and used`);
} catch (error) {
  console.error(error.stdout ?? "", error.stderr ?? "", error.message);
  process.exitCode = 1;
} finally {
  registry?.kill();
  rmSync(work, { recursive: true, force: true });
}
