// What the server sends a player: message after message, each merged into the film and shown.

import { merge } from "../film/merge.js";
import { unpack } from "../film/wire.js";
import { calm } from "../../shared/motion.js";
/** @import { Player } from "./player.js" */

const LOOK = ["pictures", "can_reseed", "can_draw", "can_branch", "headline", "present", "veiled", "unexplained", "goal", "poll", "narration", "tour", "subject", "places", "gradient_range", "by_steps"]; // of the header: what is on the board

export class Inbox {
  last = Promise.resolve(); // message, and what it did
  mount = ""; // what the server remembers of this player
  seq = 0;
  begun = false; // a film of it
  opened = -1; // which opening of the page's settings the film stands at
  look = "";
  asked = false; // for what was never seen

  /** @param {Player} player */
  constructor(player) {
    this.player = player;
  }

  receive(bytes) {
    const { board, words } = this.player;
    this.last = this.last.then(() => unpack(bytes)).then(async (message) => {
      await board.load(message.header.pictures);
      this.#take(message);
    }).catch((error) => {
      words.fail("These pictures could not be drawn. Reload the page to try again.");
      console.error(error);
    });
    return this.last;
  }

  #take({ header, runs }) {
    const { player } = this;
    const { acts, asks, clock, late, screen, store } = player;
    const known = header.mount === this.mount;
    if ((known && header.seq === this.seq) || player.abort.signal.aborted) return;
    if (!known) this.#forgotten();
    [this.mount, this.seq] = [header.mount, header.seq];
    asks.most = header.most;
    const before = store.runs;
    const { atEnd } = clock;
    const { runs: next, fresh, rebuilt, branched, continued, progress } = merge(before, runs, clock.time);
    asks.answered(header.answer, progress || fresh || rebuilt, header.queue);
    late.answered(header.queue);
    if (next.includes(null)) return this.#lost(before);
    this.asked = false;
    const chosen = next.indexOf(before[player.selected]);
    if (rebuilt) player.selected = branched >= 0 ? branched : Math.max(0, chosen);
    store.runs = next;
    if (clock.bySteps !== Boolean(header.by_steps)) [clock.bySteps, clock.speed] = [Boolean(header.by_steps), "auto"];
    const look = JSON.stringify(LOOK.map((name) => header[name]));
    const dressed = look !== this.look;
    [player.header, this.look] = [header, look];
    if (!fresh) asks.pump(screen.hidden); // the server works while we draw
    player.tour.scene(header);
    if (fresh) this.#begin();
    else if (branched >= 0) acts.pause();
    if (fresh || rebuilt || dressed) screen.scene();
    if (branched >= 0) acts.branched();
    if (header.slow) screen.slow = header.slow;
    if (header.pulls) player.pulling.take(header.pulls);
    if (header.account) player.following.take(header.account);
    if (continued && atEnd) acts.again(); // a film that had ended cannot go on: it starts again under its new settings
    if (progress && !fresh) {
      acts.arrived();
      screen.data();
    }
    player.wake();
  }

  // A message that others followed at once may never be seen: what it said of these runs, if the server can tell; else all anew.
  #lost(runs) {
    this.player.ask("scene", { has: this.asked ? [] : runs.map((run) => run.id) });
    this.asked = true;
  }

  // The server has forgotten this page: it started anew, or waited too long. What it was asked it does not know any more.
  #forgotten() {
    this.player.words.anew = this.seq > 0;
    this.begun = false;
    this.player.asks.drop();
  }

  // A film starts.
  #begin() {
    const { acts, asks, clock, header, rest, tour, words } = this.player;
    if (this.begun) words.anew = false; // another one
    this.begun = true;
    asks.forget();
    clock.go(0);
    if (header.scripted) acts.wanted = null; // a scene shown plays, whatever was paused before
    clock.playing = !calm.matches && header.autoplay && !tour.waits && (acts.wanted ?? true);
    rest.begin();
    this.#open();
  }

  // The address that was opened names a moment of its film.
  #open() {
    const { acts, header: { moment }, store } = this.player;
    if (!moment || moment.opened === this.opened) return;
    this.opened = moment.opened;
    if (moment.epoch === null) return;
    acts.pause();
    acts.seek(Math.min(moment.epoch, store.horizon));
  }
}
