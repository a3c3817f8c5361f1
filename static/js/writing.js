// A page of long texts that saves itself: the clauses of a contract.
import { start } from "./autosave.js";

const form = document.querySelector("form[data-autosave]");
if (form) start(form);
