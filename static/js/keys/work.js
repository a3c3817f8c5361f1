// A page's side of the worker of keys.
import { hireAt } from "../ballots/work.js";

export const hire = () => hireAt(new URL("./worker.js", import.meta.url));
