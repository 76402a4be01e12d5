// The door from Streamlit to the QR code of the present address. It stands in a dialog of the browser's own, over everything.

import { el, say, styles } from "../shared/dom.js";
import { readTheme } from "../shared/theme.js";

const REMEMBERED = "playground/reached at";
const GONE = 1_000; // milliseconds after which a button that has left the page is gone; a run that draws the page anew brings it back
const styled = styles(...["../shared/tokens.css", "qr.css"].map((name) => new URL(name, import.meta.url).href));

let view;

class Code {
  asked = 0;
  asks = 0;
  /** @type {HTMLElement | null} */
  back = null;
  /** @type {any} */
  data;
  /** @type {HTMLElement} */
  host;
  /** @type {(address: { of: string, ask: number }) => void} */
  tell;

  constructor() {
    this.picture = el("img", { class: "code" });
    this.refused = el("p", { class: "refused", role: "alert" });
    this.address = el("p", { class: "address", role: "status" });
    this.base = el("input", { id: "qr-base", type: "url", spellcheck: "false", autocomplete: "off", "aria-describedby": "qr-words",
      on: { input: () => this.#correct() } });
    this.words = el("p", { class: "hint", id: "qr-words" });
    this.copy = el("button", { type: "button", text: "Copy the address", on: { click: () => this.#copy() } });
    this.node = el("dialog", { class: "qr-code", "data-testid": "qr-code", "aria-labelledby": "qr-title",
      on: { keydown: (event) => event.stopPropagation(), close: () => this.back?.focus() } },
      el("div", { class: "left" }, this.picture, this.refused),
      el("div", { class: "right" }, el("h2", { id: "qr-title", text: "Scan, and stand in the same scene" }), this.address,
        el("label", { for: "qr-base", text: "Students reach it at" }), this.base, this.words,
        el("div", { class: "buttons" }, this.copy,
          el("button", { type: "button", class: "close", on: { click: () => this.node.close() } }, "Close ", el("kbd", { text: "Esc" })))));
    document.body.append(this.node);
  }

  // host: a place on Streamlit's page, which knows its theme
  receive(data, host, tell) {
    [this.data, this.host, this.tell] = [data, host, tell];
    if (data.asked > this.asked && !this.node.open) this.#open();
    this.asked = data.asked;
    this.#draw();
  }

  #open() {
    this.back = /** @type {HTMLElement} */ (document.activeElement);
    this.node.dataset.theme = readTheme(this.host).dark ? "dark" : "light";
    this.base.value = this.#remembered() ?? this.data.base;
    say(this.copy, "Copy the address");
    this.node.showModal();
    this.#ask();
    this.copy.focus();
  }

  // A correction holds as long as the proposal that it corrects: in another network the machine has another address.
  #remembered() {
    try {
      const { instead, proposed } = JSON.parse(localStorage.getItem(REMEMBERED));
      return proposed === this.data.base && at(instead) ? instead : null;
    } catch {
      return null;
    }
  }

  #correct() {
    const instead = this.base.value.trim();
    if (at(instead)) localStorage.setItem(REMEMBERED, JSON.stringify({ instead, proposed: this.data.base }));
    if (!instead) localStorage.removeItem(REMEMBERED);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), 300);
  }

  // The address as students open it: this one, on the machine as they reach it.
  #ask() {
    const base = at(this.base.value.trim() || this.data.base || location.origin);
    this.wanted = base && base + location.pathname + location.search;
    if (this.wanted) this.tell({ of: this.wanted, ask: ++this.asks });
    this.#draw();
  }

  #draw() {
    const { code, words } = this.data;
    const here = this.wanted && code?.of === this.wanted ? code : null;
    this.base.setAttribute("aria-invalid", String(!this.wanted));
    say(this.words, this.wanted ? words : "Expected an address such as http://192.168.1.20:8501.");
    say(this.address, this.wanted ?? "");
    this.copy.disabled = !this.wanted;
    say(this.refused, here?.refused ?? "");
    this.picture.hidden = !here?.picture;
    if (!here?.picture) return;
    this.picture.style.setProperty("--modules", here.modules);
    Object.assign(this.picture, { src: here.picture, alt: `QR code of ${this.wanted}` });
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.wanted);
      say(this.copy, "Copied");
    } catch { // a browser allows that only to pages that came encrypted, or from this computer
      getSelection().selectAllChildren(this.address);
      say(this.copy, "Selected: copy it with Ctrl+C");
    }
  }
}

// What stands in front of a page in an address; null for what is none.
function at(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) && !url.search && !url.hash ? url.href.replace(/\/+$/, "") : null;
}

export async function mount({ data, parentElement, setStateValue }) {
  await styled;
  view ??= new Code();
  view.receive(data, parentElement.querySelector("i"), (address) => setStateValue("address", address));
  return () => setTimeout(() => { if (!view.host.isConnected) view.node.close(); }, GONE);
}
