// The page that chooses how documents look: the example beside the form follows what is typed.
import { start as preview } from "./preview.js";

const form = document.getElementById("look");
if (form) preview(form);
