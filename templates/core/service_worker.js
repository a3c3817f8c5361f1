// Serves static files from the cache and the page « hors ligne » when there is no network.
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
// Pages that have something of their own to show then.
const SHELLS = { {% for page, shell in shells.items %}"{{ page|escapejs }}": "{{ shell|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %} };
const CACHE = "alveole:" + FILES[0];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const shell = SHELLS[new URL(request.url).pathname] || "{{ offline_url|escapejs }}";
    event.respondWith(fetch(request).catch(() => caches.match(shell)));
  } else if (new URL(request.url).pathname.startsWith("{{ static_url|escapejs }}")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
