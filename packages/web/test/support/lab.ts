import axe from "axe-core";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { inject } from "vitest";
import { type LabServer, serveLab } from "../../src/serve.ts";
import { chromium } from "./chromium.ts";

/** A page of the lab that notes all that should not happen. */
interface Visit {
  readonly page: Page;
  /** Errors on the console, and exceptions. */
  readonly errors: string[];
  /** Requests that left the origin. */
  readonly strays: string[];
}

/** The lab in a browser: one server, one browser, a fresh page for each visit. */
export interface Lab {
  readonly server: LabServer;
  /** Opens an address below the server's, or below another's. */
  visit(
    address: string,
    options?: Parameters<Browser["newPage"]>[0],
    origin?: string,
    awaited?: string,
  ): Promise<Visit>;
  close(): Promise<void>;
}

/** Memory is measured at once, not when the next large collection happens to come. */
const FLAGS = ["--no-sandbox", "--enable-blink-features=ForceEagerMeasureMemory"];

/** Serves what was built for the tests, and starts a browser. */
export async function openLab(): Promise<Lab> {
  const server = await serveLab({ root: inject("page") });
  const browser = await driver.launch({ executablePath: chromium!, args: FLAGS });
  return {
    server,
    async visit(address, options = {}, origin = server.url, awaited = "main h2") {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
      const visit: Visit = { page, errors: [], strays: [] };
      watch(visit, origin);
      await page.goto(`${origin}${address}`);
      await page.waitForSelector(awaited);
      return visit;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Notes errors and requests to elsewhere. */
function watch({ page, errors, strays }: Visit, origin: string): void {
  page.on("pageerror", (error) => errors.push(String(error.stack)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) strays.push(url);
  });
}

/** What axe-core finds wrong with a page as it is, a line a rule. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } }).axe;
    type Found = { id: string; nodes: { html: string; failureSummary?: string }[] };
    const found = await axe.run();
    return found.violations.map(
      ({ id, nodes }: Found) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
    );
  });
}
