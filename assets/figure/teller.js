// Tells the server where things were dragged: not too often, not before it has answered, and always of the end.

const EVERY = 125; // ms between two messages while something is held
const PATIENCE = 1500; // ms: an answer that has not come by then will not

export class Teller {
  n = 0;
  answered = 0;
  at = -Infinity;
  waiting = false;

  // `send(message)` sends; `moved()` lists every place that the server's figure does not have yet.
  constructor(send, moved) {
    this.send = send;
    this.moved = moved;
  }

  // The server knows of all that was told.
  get settled() {
    return !this.waiting && this.answered >= this.n;
  }

  tell() {
    this.waiting = true;
    this.#pump();
  }

  // Let go: the last place goes out at once.
  flush() {
    if (this.waiting) this.#send();
  }

  heard(answer) {
    if (!this.n) this.n = answer; // a new page goes on where an earlier one was
    this.answered = Math.max(this.answered, answer);
    if (this.waiting) this.#pump();
  }

  #pump() {
    clearTimeout(this.timer);
    const wait = this.at + (this.answered < this.n ? PATIENCE : EVERY) - performance.now();
    if (wait > 0) this.timer = setTimeout(() => this.#pump(), wait);
    else this.#send();
  }

  #send() {
    clearTimeout(this.timer);
    [this.waiting, this.at] = [false, performance.now()];
    this.n += 1;
    this.send({ n: this.n, moved: this.moved() });
  }

  remove() {
    clearTimeout(this.timer);
  }
}
