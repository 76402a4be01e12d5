// Which twin and which of its hidden layers (0 nearest the inputs) the waterfall and the slope picture both show.

export class Choice {
  constructor() {
    this.which = 0;
    this.layer = null;
  }

  // What is chosen, as far as these runs have it; at first the layer in the middle. `layer` is -1 without hidden layers.
  of(runs) {
    const place = Math.min(this.which, runs.length - 1);
    const run = runs[place];
    const hidden = run.scene.activations.length;
    return { place, run, scene: run.scene, hidden, layer: Math.min(this.layer ?? Math.ceil(hidden / 2) - 1, hidden - 1) };
  }
}
