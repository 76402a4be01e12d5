// A word's meaning, where it is tapped, pressed, pointed at or has the focus. One card for all words, beside Streamlit's page.

import { el, styles } from "../shared/dom.js";
import { readTheme } from "../shared/theme.js";
import { HREF, learn, words } from "./words.js";

const MARKS = `a[href^="${HREF}"]`;
const PAUSE = 350; // ms that the pointer rests on a word first
const AWAY = 8; // px between word and card

styles(...["../shared/tokens.css", "glossary.css"].map((name) => new URL(name, import.meta.url).href));

let of, timer;
const head = el("b"), meaning = el("p", { id: "word-meaning" }), more = el("a", { class: "more", target: "_blank", rel: "noopener" });
const card = el("div", { class: "word-card", role: "dialog", "aria-label": "Glossary", popover: "manual", tabindex: "-1" }, head, meaning, more);

/** @param {EventTarget | null} target   @returns {HTMLAnchorElement | null} */
const markOf = (target) => (target instanceof Element ? target.closest(MARKS) : null);

function show(mark) {
  const word = words.get(mark.getAttribute("href").slice(HREF.length));
  if (!word) return;
  if (!card.isConnected) document.body.append(card);
  clearTimeout(timer);
  of?.removeAttribute("aria-describedby");
  of = mark;
  head.textContent = word.name;
  meaning.textContent = word.meaning;
  more.textContent = `More in the lesson ${word.lesson} ↗`;
  more.setAttribute("href", word.more);
  mark.setAttribute("aria-describedby", meaning.id);
  readTheme(card);
  card.showPopover();
  const box = mark.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = card;
  const below = box.bottom + AWAY + height <= innerHeight || box.top < height + AWAY;
  card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  card.style.top = `${below ? box.bottom + AWAY : box.top - height - AWAY}px`;
}

function hide() {
  clearTimeout(timer);
  if (!of) return;
  of.removeAttribute("aria-describedby");
  of = null;
  card.hidePopover();
}

const later = (act, ms) => {
  clearTimeout(timer);
  timer = setTimeout(act, ms);
};

// Before anybody else hears of it: a word is no address to go to.
document.addEventListener("click", (event) => {
  const mark = markOf(event.target);
  if (!mark) return void (event.target instanceof Node && card.contains(event.target) || hide());
  event.preventDefault();
  event.stopPropagation();
  show(mark);
  if (event.detail === 0) card.focus(); // pressed by a key: what is read next is the card
}, { capture: true });

document.addEventListener("focusin", ({ target }) => {
  const mark = markOf(target);
  if (mark?.matches(":focus-visible")) show(mark);
  else if (target instanceof Node && !card.contains(target) && target !== of) hide();
});

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch") return;
  const mark = markOf(target);
  if (mark && mark !== of) later(() => show(mark), PAUSE);
  else if (mark || (target instanceof Node && card.contains(target))) clearTimeout(timer);
  else if (of && !card.contains(document.activeElement) && document.activeElement !== of) later(hide, PAUSE);
  else clearTimeout(timer);
});

window.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !of) return;
  const back = of;
  if (card.contains(document.activeElement)) back.focus({ preventScroll: true });
  hide();
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

document.addEventListener("scroll", () => { if (of && !card.contains(document.activeElement)) hide(); }, { capture: true, passive: true });

export function mount({ data }) {
  if (data) learn(data.words);
  if (of && !of.isConnected) hide();
}
