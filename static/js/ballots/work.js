// A page's side of a worker: one question at a time, its progress, its answer or its fault.
import { demand, Fault } from "./faults.js";

// Those whose program did not come, or fell: they would never answer, and told it once, maybe to nobody.
const gone = new WeakSet();

export function hireAt(address) {
  const worker = new Worker(address, { type: "module" });
  worker.addEventListener("error", () => gone.add(worker));
  return worker;
}

export const hire = () => hireAt(new URL("./worker.js", import.meta.url));

export function ask(worker, task, progress) {
  return new Promise((resolve, reject) => {
    demand(!gone.has(worker), "failed");
    worker.onmessage = ({ data }) => {
      if (data.progress) progress(data.progress);
      else if (data.fault) reject(Object.assign(new Fault(data.fault.code), data.fault));
      else resolve(data.result);
    };
    worker.onerror = () => reject(new Fault("failed"));
    worker.postMessage(task);
  });
}
