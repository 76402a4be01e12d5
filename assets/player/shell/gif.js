// An animated GIF: it opens in every browser, slide program and chat. Colours: the 256 that the first pictures need most.

const LEVELS = 5; // bits of each colour that are told apart
const CELLS = 1 << (3 * LEVELS);
const cellOf = (pixels, i) => ((pixels[i] >> 3) << 10) | ((pixels[i + 1] >> 3) << 5) | (pixels[i + 2] >> 3);

// counts: how often each cell of colours occurs; filled from pictures by `count`
export class Palette {
  constructor() {
    this.counts = new Uint32Array(CELLS);
    this.sums = [new Float64Array(CELLS), new Float64Array(CELLS), new Float64Array(CELLS)];
  }

  count(pixels) {
    for (let i = 0; i < pixels.length; i += 4) {
      const cell = cellOf(pixels, i);
      this.counts[cell]++;
      for (let channel = 0; channel < 3; channel++) this.sums[channel][cell] += pixels[i + channel];
    }
  }

  // Splits the colours that occur into 256 boxes, always the one whose colours differ most (Heckbert, 1982).
  make() {
    const used = [];
    for (let cell = 0; cell < CELLS; cell++) {
      if (this.counts[cell]) used.push({ cell, n: this.counts[cell], color: this.sums.map((sum) => sum[cell] / this.counts[cell]) });
    }
    const boxes = [box(used)];
    while (boxes.length < 256) {
      const widest = boxes.reduce((a, b) => (b.weight > a.weight ? b : a));
      if (!widest.weight) break;
      boxes.splice(boxes.indexOf(widest), 1, ...halves(widest));
    }
    this.colors = new Uint8Array(768);
    boxes.forEach(({ members }, place) => {
      const all = members.reduce((sum, { n }) => sum + n, 0);
      for (let channel = 0; channel < 3; channel++) {
        this.colors[3 * place + channel] = Math.round(members.reduce((sum, { n, color }) => sum + n * color[channel], 0) / all);
      }
    });
    this.size = boxes.length;
    this.nearest = new Int16Array(CELLS).fill(-1);
    return this;
  }

  #find(cell) {
    const [r, g, b] = [(cell >> 10 << 3) + 4, ((cell >> 5 & 31) << 3) + 4, ((cell & 31) << 3) + 4];
    let [found, least] = [0, Infinity];
    for (let place = 0; place < this.size; place++) {
      const far = (this.colors[3 * place] - r) ** 2 + (this.colors[3 * place + 1] - g) ** 2 + (this.colors[3 * place + 2] - b) ** 2;
      if (far < least) [found, least] = [place, far];
    }
    return found;
  }

  // The place of each pixel's colour.
  places(pixels) {
    const found = new Uint8Array(pixels.length / 4);
    for (let i = 0, at = 0; i < pixels.length; i += 4, at++) {
      const cell = cellOf(pixels, i);
      if (this.nearest[cell] < 0) this.nearest[cell] = this.#find(cell);
      found[at] = this.nearest[cell];
    }
    return found;
  }
}

function box(members) {
  const spans = [0, 1, 2].map((channel) => {
    let [low, high] = [255, 0];
    for (const { color } of members) [low, high] = [Math.min(low, color[channel]), Math.max(high, color[channel])];
    return high - low;
  });
  const channel = spans.indexOf(Math.max(...spans));
  const count = members.reduce((sum, { n }) => sum + Math.sqrt(n), 0);
  return { members, channel, weight: members.length > 1 ? spans[channel] * count : 0 };
}

function halves({ members, channel }) {
  const sorted = [...members].sort((a, b) => a.color[channel] - b.color[channel]);
  const all = sorted.reduce((sum, { n }) => sum + n, 0);
  let [sum, cut] = [0, 1];
  for (let i = 0; i < sorted.length - 1 && sum < all / 2; i++) [sum, cut] = [sum + sorted[i].n, i + 1];
  return [box(sorted.slice(0, cut)), box(sorted.slice(cut))];
}

// LZW as GIF has it (Welch, 1984), in blocks of at most 255 bytes. known: the code of a code and the colour behind it, with the
// number of the table that it belongs to, so that a new table needs no clearing
const known = new Int32Array(4096 * 256);
let tables = 0;

function packed(places) {
  const out = new Uint8Array(2 * places.length + 16);
  let [length, next, width, bits, filled] = [0, 258, 9, 0, 0];
  const put = (code) => {
    bits |= code << filled;
    filled += width;
    for (; filled >= 8; filled -= 8, bits >>>= 8) out[length++] = bits & 255;
  };
  const renew = () => {
    if (++tables === 1 << 19) tables = (known.fill(0), 1);
    [next, width] = [258, 9];
  };
  put(256);
  renew();
  let prefix = places[0];
  for (let i = 1; i < places.length; i++) {
    const key = (prefix << 8) | places[i];
    if (known[key] >> 12 === tables) { prefix = known[key] & 4095; continue; }
    put(prefix);
    if (next < 4096) {
      known[key] = (tables << 12) | next;
      if (next++ === 1 << width) width++;
    } else {
      put(256);
      renew();
    }
    prefix = places[i];
  }
  put(prefix);
  put(257);
  if (filled) out[length++] = bits & 255;
  const blocks = new Uint8Array(length + Math.ceil(length / 255) + 2);
  let at = 0;
  blocks[at++] = 8;
  for (let i = 0; i < length; i += 255) {
    const size = Math.min(255, length - i);
    blocks[at++] = size;
    blocks.set(out.subarray(i, i + size), at);
    at += size;
  }
  return blocks;
}

const two = (number) => [number & 255, number >> 8];
const text = (said) => [...said].map((letter) => letter.charCodeAt(0));

export class Gif {
  /** @param {number} width   @param {number} height   @param {Palette} palette */
  constructor(width, height, palette) {
    this.width = width;
    this.height = height;
    this.palette = palette;
    this.parts = [new Uint8Array([...text("GIF89a"), ...two(width), ...two(height), 0xf7, 0, 0, ...palette.colors, 0x21, 0xff, 11,
      ...text("NETSCAPE2.0"), 3, 1, 0, 0, 0])]; // again and again
  }

  // ms: how long it is shown. Only the rectangle that differs from the picture before is packed.
  add(pixels, ms) {
    const places = this.palette.places(pixels);
    const [left, top, width, height] = this.before ? this.#changed(places) : [0, 0, this.width, this.height];
    const part = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      const from = (top + y) * this.width + left;
      part.set(places.subarray(from, from + width), y * width);
    }
    const head = [0x21, 0xf9, 4, 4, ...two(Math.round(ms / 10)), 0, 0, 0x2c, ...[left, top, width, height].flatMap(two), 0];
    this.parts.push(new Uint8Array(head), packed(part));
    this.before = places;
  }

  // The smallest rectangle around all that is new; one pixel where nothing is.
  #changed(places) {
    let [left, right, top, bottom] = [this.width, -1, this.height, -1];
    for (let y = 0, at = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++, at++) {
        if (places[at] === this.before[at]) continue;
        [top, bottom] = [Math.min(top, y), y];
        [left, right] = [Math.min(left, x), Math.max(right, x)];
      }
    }
    return right < 0 ? [0, 0, 1, 1] : [left, top, right - left + 1, bottom - top + 1];
  }

  blob() {
    return new Blob([...this.parts, new Uint8Array([0x3b])], { type: "image/gif" });
  }
}
