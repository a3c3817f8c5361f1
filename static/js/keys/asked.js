// The block where a scrutineer gives the key back, by its file or typed from the sheet. It keeps nothing.
import { demand } from "../ballots/faults.js";
import { readKeyFile, readTyped } from "./key-file.js";

export class Asked {
  constructor(page) {
    this.block = page.querySelector("[data-key]");
    this.file = this.block.querySelector("input[type=file]");
    this.typed = this.block.querySelector("[data-typed]");
  }

  show(needed) {
    this.block.hidden = !needed;
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
