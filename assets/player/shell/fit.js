// Pictures as high as the window leaves room for: as the page opens, a row of them lies whole above the timeline, or below it.
// The style sheet multiplies their heights by --fit.

/** @import { Player } from "./player.js" */

const [LEAST, MOST] = [0.62, 1.15]; // of their usual heights; lower ones could not be read
const ROOM = "(min-width: 641px) and (min-height: 501px)"; // else they stand below one another, or the page is read by scrolling
const GAP = 8; // CSS pixels between a row and the timeline
const HALVINGS = 7;
const TILED = ".tiles, .layers";
const FULL = 40; // px: where more than that stays free, larger pictures were no help

export class Fit {
  key = "";

  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.page = player.root.closest('[data-testid="stMain"]');
    this.moved = new ResizeObserver(() => requestAnimationFrame(() => this.look())); // what stands above has another height
    const content = player.root.closest('[data-testid="stMainBlockContainer"]');
    if (content) this.moved.observe(content);
  }

  // Other pictures, another window, another place in it. What comes and goes inside the player while it plays moves nothing.
  look() {
    const { board, root, screen, tour } = this.player;
    if (!this.page || !screen.lined || !board.node.clientWidth) return;
    const fixed = root.hasAttribute("data-present") || root.closest(".st-key-lesson_film") || !matchMedia(ROOM).matches;
    const top = Math.round(root.getBoundingClientRect().top - this.page.getBoundingClientRect().top + this.page.scrollTop);
    const key = [fixed, top, this.page.clientWidth, this.page.clientHeight, tour.on, board.shown.map(({ name }) => name)].join();
    if (key === this.key) return;
    this.key = key;
    this.#set(fixed ? 1 : this.#found(this.page.clientHeight - top - this.player.timeline.node.offsetHeight - GAP));
  }

  #set(factor) {
    const { board, root, screen } = this.player;
    root.style.setProperty("--fit", factor.toFixed(3));
    for (const place of board.shown) if (place.node.querySelector(TILED)) place.resize(screen.theme); // laid out by a script
  }

  // The largest factor with which as many rows as possible end above the timeline.
  #found(foot) {
    const rows = this.#ends(LEAST).filter((end) => end <= foot).length;
    if (!rows) return 1;
    let [low, high] = [LEAST, rows === this.#ends(1).length ? 1 : MOST];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2;
      if (this.#ends(middle)[rows - 1] <= foot) low = middle;
      else high = middle;
    }
    return low > 1 && foot - this.#ends(low)[rows - 1] > FULL ? 1 : low;
  }

  // Where each row of pictures ends, below the player's upper edge, and at last the words.
  #ends(factor) {
    this.#set(factor);
    const { board, words } = this.player;
    const ends = new Map();
    for (const { node } of board.shown) ends.set(node.offsetTop, Math.max(ends.get(node.offsetTop) ?? 0, node.offsetTop + node.offsetHeight));
    const below = words.node.offsetHeight ? [words.node.offsetTop + words.node.offsetHeight] : [];
    return [...ends.values(), ...below].sort((a, b) => a - b);
  }

  remove() {
    this.moved.disconnect();
  }
}
