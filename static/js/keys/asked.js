// The block where a scrutineer gives the key back, by its file or typed from the sheet. It keeps nothing, and stands in
// the step that asks for it, before its button.
import { demand } from "../ballots/faults.js";
import { readKeyFile, readTyped } from "./key-file.js";

export class Asked {
  constructor(page) {
    this.page = page;
    this.block = page.querySelector("[data-key]");
    this.file = this.block.querySelector("input[type=file]");
    this.typed = this.block.querySelector("[data-typed]");
  }

  show(needed, step) {
    this.block.hidden = !needed;
    if (needed) this.page.querySelector(`[data-step="${step}"] [data-key-place]`)?.append(this.block);
    if (!needed) this.forget();
  }

  forget() {
    this.file.value = "";
    this.typed.value = "";
  }

  async read(owner) {
    const [file] = this.file.files;
    if (file) return readKeyFile(await file.arrayBuffer(), owner);
    demand(this.typed.value.trim() !== "", "key_needed");
    return readTyped(this.typed.value);
  }
}
