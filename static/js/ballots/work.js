// A page's side of a worker: one question at a time, its progress, its answer or its fault.
import { Fault } from "./faults.js";

export const hire = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

export function ask(worker, task, progress) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.progress) progress(data.progress);
      else if (data.fault) reject(Object.assign(new Fault(data.fault.code), data.fault));
      else resolve(data.result);
    };
    worker.onerror = () => reject(new Fault("failed"));
    worker.postMessage(task);
  });
}
