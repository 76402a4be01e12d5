// The words of the glossary in our own pictures: links as Streamlit's Markdown has them, in texts that are ours.

import { el } from "../shared/dom.js";

export const HREF = "#word-";

/** @typedef {{ key: string, name: string, forms: string[], meaning: string, lesson: string, more: string }} Word */

/** @type {Map<string, Word>} */
export const words = new Map(); // by form and by key
let pattern = null;

/** @param {Word[]} told */
export function learn(told) {
  if (pattern) return;
  for (const word of told) for (const form of [word.key, ...word.forms]) words.set(form.toLowerCase(), word);
  const forms = told.flatMap((word) => word.forms).sort((a, b) => b.length - a.length).map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${forms.join("|")})(?![\\p{L}\\p{N}-])`, "giu");
}

// Makes links of the words in nodes that are seen and hold nothing but text; of a word once in all of them. Returns whether the words are known.
/** @param {Iterable<HTMLElement>} nodes */
export function mark(nodes) {
  if (!pattern) return false;
  const met = new Set();
  for (const node of nodes) {
    for (const link of node.querySelectorAll(`a[href^="${HREF}"]`)) met.add(link.getAttribute("href"));
  }
  for (const node of nodes) {
    if (node.childElementCount || !node.offsetParent) continue;
    const text = node.textContent, parts = [];
    let at = 0;
    for (const found of text.matchAll(pattern)) {
      const href = HREF + words.get(found[0].toLowerCase())?.key;
      if (met.has(href)) continue;
      met.add(href);
      parts.push(text.slice(at, found.index), el("a", { href, text: found[0] }));
      at = found.index + found[0].length;
    }
    if (parts.length) node.replaceChildren(...parts, text.slice(at));
  }
  return true;
}
