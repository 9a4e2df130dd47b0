import { serveLab } from "@symbreak/web/serve";
import { equal } from "./assert.mjs";

const { url, close } = await serveLab();
const page = await (await fetch(url)).text();
equal(page.includes("<title>symbreak lab</title>"), true);
const script = page.match(/src="\.\/(assets\/[^"]+\.js)"/)[1];
equal((await fetch(url + script)).headers.get("content-type"), "text/javascript; charset=utf-8");
await close();
console.log(`the lab served ${script}`);
