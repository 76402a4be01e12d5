// The line under the field for files: whether this browser keeps the table, what it keeps, and how to forget it.

import { el, say } from "../shared/dom.js";
import { clear, kept, put, remove } from "./store.js";

const ANSWER = "playground/keep tables"; // "yes" or "no"; nothing before the question was answered
const PATIENCE = 8_000; // milliseconds until a file that was brought back must have been read

const size = (bytes) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

export class Kept {
  /** @type {any} */
  scene = null;
  /** @type {any[] | null} */
  tables = null;
  /** @type {(name: string, value: any) => void} */
  tell;
  trouble = "";
  number = 0;
  /** @type {any} */
  brings = null;
  tried = new Set(); // what was brought back, and has not been read
  unable = new Set(); // what could not be kept

  constructor(root) {
    this.words = el("p", { class: "words", role: "status" });
    this.buttons = el("div", { class: "buttons" });
    root.replaceChildren(this.words, this.buttons);
  }

  async receive({ header, runs }) {
    this.scene = header;
    if (header.taken >= this.brings?.number) await this.#arrived(header.present === this.brings.digest);
    const bytes = runs[0]?.blocks.file?.data;
    if (bytes && header.own) await this.#keep(header.own, bytes);
    if (!this.tables) await this.#look();
    const { own, wanted } = header;
    if (own && this.answer === "yes" && !this.#has(own.digest) && !this.unable.has(own.digest)) this.tell("wants", own.digest);
    const found = wanted && this.tables.find(({ digest }) => digest === wanted);
    if (found && !this.brings && !this.tried.has(wanted)) this.#bring(found);
    this.draw();
  }

  get answer() {
    try {
      return localStorage.getItem(ANSWER);
    } catch {
      return "no"; // a browser that keeps nothing
    }
  }

  set answer(said) {
    localStorage.setItem(ANSWER, said);
  }

  #has(digest) {
    return this.tables.some((entry) => entry.digest === digest);
  }

  // Whether the store did it; if not, a sentence says so.
  async #attempt(act) {
    try {
      await act();
      return true;
    } catch (error) {
      this.trouble = error?.name === "QuotaExceededError" ? "This browser has no room left for the table, so it is not kept."
        : `This browser keeps no tables (${error?.name ?? "unknown reason"}). Perhaps this is a private window.`;
      return false;
    }
  }

  async #look() {
    this.tables = [];
    await this.#attempt(async () => {
      const { tables, unsound } = await kept(this.scene.most_bytes);
      this.tables = tables;
      if (unsound) this.trouble = "Something in this browser's store was no table, or damaged; it has been thrown away.";
    });
  }

  async #keep({ digest, name, choices }, bytes) {
    this.tell("wants", null);
    const done = await this.#attempt(async () => {
      await put({ digest, name: name.slice(0, 300), choices, file: new Blob([bytes]), at: Date.now() });
      const { tables } = await kept(this.scene.most_bytes);
      for (const old of tables.slice(this.scene.most_tables)) await remove(old.digest);
    });
    if (done) this.trouble = "";
    else this.unable.add(digest);
    await this.#look();
  }

  // A kept table comes as any file does: into the field for files. What it is, is said before.
  async #bring({ digest, name, choices, file }) {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".st-key-own-upload input[type=file]"));
    if (!field) return;
    this.tried.add(digest);
    this.brings = { number: Date.now(), digest, name, choices };
    this.trouble = "";
    this.tell("brings", this.brings);
    const files = new DataTransfer();
    files.items.add(new File([await file.arrayBuffer()], name, { type: "text/csv" }));
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    this.timer = setTimeout(() => this.#end("The kept table did not come back. Drop its file here again."), PATIENCE);
  }

  // The server has read what was brought back; what it could not use is not kept any longer.
  async #arrived(used) {
    const { digest } = this.brings;
    if (used) this.tried.delete(digest);
    else await this.#attempt(() => remove(digest));
    this.#end(this.trouble);
    await this.#look();
  }

  #end(trouble = "") {
    clearTimeout(this.timer);
    [this.brings, this.trouble] = [null, trouble];
    this.tell("brings", null);
    this.draw();
  }

  #say(answer) {
    this.answer = answer;
    if (answer === "yes") this.tell("wants", this.scene.own?.digest ?? null);
    this.draw();
  }

  async #forget() {
    await this.#attempt(clear);
    this.tables = [];
    this.#say("no");
  }

  draw() {
    const { own } = this.scene, { answer, tables } = this;
    const here = own && this.#has(own.digest), others = tables.filter(({ digest }) => digest !== this.scene.present);
    const button = (text, act, title = "") => el("button", { type: "button", text, title, on: { click: act } });
    const buttons = [];
    let words = this.trouble;
    if (this.brings) words = `Bringing ${this.brings.name} back …`;
    else if (own && here) words ||= `This browser keeps ${own.name}: it is here again after a reload, until you forget it.`;
    else if (own && answer === "yes" && !this.unable.has(own.digest)) words ||= `Keeping ${own.name} …`;
    else if (own) {
      words ||= answer === "no" ? `${own.name} is not kept: a reload loses it.` : `Shall this browser keep ${own.name} (${size(own.bytes)}), and tables that you ` +
        "bring later, for after a reload? They stay on this device, in this browser's own store, for whoever uses it, until you forget them.";
      buttons.push(button("Keep it", () => this.#say("yes")));
      if (!answer) buttons.push(button("No", () => this.#say("no")));
    } else if (others.length) words ||= "Kept in this browser:";
    if (!this.brings) {
      buttons.push(...others.map((entry) => button(entry.name, () => this.#bring(entry), `Bring it back, ${size(entry.file.size)}`)));
      if (tables.length) buttons.push(button(tables.length > 1 ? `Forget all ${tables.length}` : "Forget it", () => this.#forget(), "Nothing of them stays in this browser."));
    }
    say(this.words, words);
    this.buttons.replaceChildren(...buttons);
  }
}
