// Keeps the lab working without a connection. The build writes FILES and VERSION above this text: the page's own code, a few
// hundred kilobytes. Networks and WebAssembly are kept when a room first asks for them.
/* global FILES, VERSION */

const CACHE = `symbreak-lab-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  // A file under assets/ carries its content in its name and never changes; the page itself may.
  event.respondWith(request.url.includes("/assets/") ? kept(request) : fresh(request));
});

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? stored(cache, request);
}

async function fresh(request) {
  const cache = await caches.open(CACHE);
  try {
    return await stored(cache, request);
  } catch (error) {
    const found = await cache.match(request, { ignoreSearch: true });
    if (found === undefined) throw error;
    return found;
  }
}

async function stored(cache, request) {
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
