// A page's side of the worker of keys.
export const hire = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
