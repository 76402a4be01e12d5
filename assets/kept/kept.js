// The line under the field for files: whether this browser keeps the table, what it keeps, and how to forget it.

import { el, say } from "../shared/dom.js";
import { clear, kept, put, remove } from "./store.js";

const ANSWER = "playground/keep tables"; // "yes" or "no"; nothing before the question was answered
const FIELD = ".st-key-own-upload input[type=file]"; // where files are dropped
const PATIENCE = 8_000; // milliseconds after which is said that a file that was brought back has not been read yet

const size = (bytes) => (bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

// The first element of the page that the selector names, once there is one.
/** @type {(selector: string) => Promise<any>} */
const present = (selector) => new Promise((resolve) => {
  const look = () => {
    const found = document.querySelector(selector);
    if (!found) return false;
    watch.disconnect();
    resolve(found);
    return true;
  };
  const watch = new MutationObserver(look);
  if (!look()) watch.observe(document.body, { childList: true, subtree: true });
});

export class Kept {
  /** @type {any} */
  scene = null;
  /** @type {any[] | null} */
  tables = null;
  /** @type {(name: string, value: any) => void} */
  tell;
  trouble = "";
  /** @type {any} */
  brings = null;
  late = false; // what is brought back has not been read for long
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
    if (!this.tables) await this.#look();
    if (bytes && header.own && !this.#has(header.own.digest)) await this.#keep(header.own, bytes);
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
    let found = [];
    await this.#attempt(async () => {
      const { tables, unsound } = await kept(this.scene.most_bytes);
      found = tables;
      if (unsound) this.trouble = "Something in this browser's store was no table, or damaged; it has been thrown away.";
    });
    this.tables = found;
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

  // A kept table comes as any file does: into the field for files, which may be drawn after this line. What it is, is said
  // before; the number of what was said is part of the file's type.
  async #bring({ digest, name, choices, file }) {
    this.tried.add(digest);
    this.brings = { number: Date.now(), digest, name, choices };
    [this.trouble, this.late] = ["", false];
    this.tell("brings", this.brings);
    this.timer = setTimeout(() => {
      this.late = true;
      this.draw();
    }, PATIENCE);
    const files = new DataTransfer();
    files.items.add(new File([await file.arrayBuffer()], name, { type: `text/csv; kept=${this.brings.number}` }));
    const field = await present(FIELD);
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The server has read what was brought back; what it could not use is not kept any longer.
  async #arrived(used) {
    const { digest } = this.brings;
    if (used) this.tried.delete(digest);
    else await this.#attempt(() => remove(digest));
    clearTimeout(this.timer);
    [this.brings, this.late] = [null, false];
    this.tell("brings", null);
    await this.#look();
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
    if (this.brings && this.late) words ||= `${this.brings.name} has not come back yet. If it does not, drop its file here again.`;
    else if (this.brings) words = `Bringing ${this.brings.name} back …`;
    else if (own && here) words ||= `This browser keeps ${own.name}: it is here again after a reload, until you forget it.`;
    else if (own && answer === "yes" && !this.unable.has(own.digest)) words ||= `Keeping ${own.name} …`;
    else if (own) {
      words ||= answer === "no" ? `${own.name} is not kept: a reload loses it.` : `Shall this browser keep ${own.name} (${size(own.bytes)}), and tables that you ` +
        "bring later, for after a reload? They stay on this device, in this browser's own store, for whoever uses it, until you forget them.";
      buttons.push(button("Keep it", () => this.#say("yes")));
      if (!answer) buttons.push(button("No", () => this.#say("no")));
    } else if (others.length) words ||= "Kept in this browser:";
    if (!this.brings || this.late) {
      buttons.push(...others.map((entry) => button(entry.name, () => this.#bring(entry), `Bring it back, ${size(entry.file.size)}`)));
      if (tables.length) buttons.push(button(tables.length > 1 ? `Forget all ${tables.length}` : "Forget it", () => this.#forget(), "Nothing of them stays in this browser."));
    }
    say(this.words, words);
    this.buttons.replaceChildren(...buttons);
  }
}
