// How much of the data the samples of a generator cover, and how many of them are good, over the whole film.

import Loss from "./loss.js";
import { percent } from "./measures.js";

export default class Coverage extends Loss {
  get kind() {
    return "loss coverage";
  }

  get named() {
    return "Coverage and quality";
  }

  get share() {
    return true;
  }

  curves(scene) {
    return scene.coverage.series;
  }

  banded(series) {
    return series;
  }

  quantity({ coverage: { of } }) {
    return of ? `share of the ${of} clouds, share of samples` : "share of true points, share of samples";
  }

  text(value) {
    return percent(value);
  }
}
