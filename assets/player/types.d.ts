// What travels from the server (docs/wire.md), and what the player's parts are to one another. Read by the check only.

import type { Choice } from "./pictures/choice.js";
import type { Run } from "./film/store.js";
import type { Following } from "./shell/following.js";
import type { Pulling } from "./shell/pulling.js";

export type { Run };

type Range = [number, number];

// names: of its units, where they have some   network: which of several it belongs to
export interface Layer { name: string; activation: string | null; units: number; shown: number[]; names?: string[]; network?: string }

export interface Score {
  name: string; kind: "share" | "number"; better: "more" | "lower";
  baseline: number; baseline_text: string; needed: number; failed: string; series: Series[];
}

// A curve: the column of its values, and what it is called.
export interface Series { column: string; name: string; dash: "solid" | "dash" }

export interface Scene {
  name: string; color: string | null; origin?: { epoch: number; of: string | null } | null;
  held_out: string; inputs: string[]; short_inputs?: string[]; infinite: number;
  epochs: number; steps_per_epoch: number; clock: "epoch" | "round"; seeds: number; notes: string[];
  probes: Record<string, { pictures: string[]; columns: string[] }>; blocks: string[];
  series: Series[]; loss: string; score: Score | null; references?: { name: string; loss: number; score: number }[];
  networks: { name: string; layers: number }[]; weight_layers: string[]; flat: number;
  activations: { layer: string; name: string; units: number }[];
  // of some runs only
  classes: string[];
  plane: { kind: "map" | "curve"; x: Range; y: Range; x_name: string; y_name: string; note: string | null } | null;
  field: { low: number; high: number } | null;
  drawn: Point[] | null; drawing: Limits | null;
  layers: Layer[]; shown_layers: number[]; slow: boolean;
  filter_layers: { name: string; size: number; filters: number; channels: number; shown: [filters: number, channels: number] }[];
  map_layers: { name: string; number: number; told: boolean; height: number; width: number; channels: number; shown: number }[];
  time_lines: { name: string; dash: "solid" | "dash" | "dot" }[]; time_steps: number;
  gate_parts: { name: string; signed: boolean; layer: number; first: number; part: number }[]; gate_rows: number[]; gate_held_out: boolean; gate_units: [shown: number, all: number]; gate_steps: number;
  gate_symbols: string[][]; gate_names: string[]; gate_classes: string[]; gate_truth: string[][];
  forecast_persistence: number;
  align_heads: { name: string; height: number; width: number; writes: boolean; layer: number; head: number }[]; align_held_out: boolean; align_freely: boolean; align_foretells: boolean; align_half: number;
  align_names: string[]; align_reads: string[][]; align_truth: number[][];
  map_size: [height: number, width: number]; map_classes: string[]; map_truth: number[]; map_rows: number[];
  code_width: number; code_classes: string[]; code_target: string; code_rows: string; code_field: { low: number; high: number } | null;
  again_size: [height: number, width: number]; again_names: string[]; again_rows: string;
  latent: number; noise_reach: number; noise_lines: number; coverage: { of: number | null; reach: number; series: Series[] };
  steepest: number[]; slope_reach: number; expected_by_weights: number[]; batch_norm: boolean; skip: boolean;
}

// A sentence of a narration, and what must have come true for it.
export interface Line { words: string; epoch: number; score: number | null; turned: number | null; diverged: boolean }

export type Point = [x: number, y: number, group: number];

export interface Limits { reach: number; least: number; most: number; classes: number }

export interface Header {
  mount: string; seq: number; answer: number; queue: number; pictures: string[]; autoplay: boolean; can_reseed: boolean; can_draw: boolean; can_branch: boolean;
  wants_rest: boolean; headline: boolean; present: boolean; veiled: boolean; stop_at: number | null; by_steps: boolean;
  narration?: { lines: Line[]; gradient: boolean; both: boolean } | null;
  moment?: { opened: number; epoch: number | null } | null;
  tour?: { key: string; question: string; guesses: { words: string; upto: number }[]; stops: { at: number; part: string; words: string; onward: string }[] } | null;
  subject: string; places: string[]; gradient_range: Range | null;
  slow?: Slow | null; pulls?: Pulls | null; account?: Account | null;
  scripted?: boolean; unexplained?: boolean; goal?: number | null;
  poll?: { key: string; options: string[]; right: number | null } | null;
  most: { epochs: number; steps: number };
}

// One moment of one run: its columns, cut out of the message, and their shapes. Those that a run does not have, or that could not
// be measured, are not there.
export interface Frame {
  step: number; epoch: number; shapes: Record<string, number[]>; bands?: Record<string, Band>;
  gradient?: Float32Array; batch_gradient?: Float32Array; clipped_gradient?: Float32Array; saturated?: Float32Array; dead?: Float32Array;
  by_weights?: Float32Array; by_slope?: Float32Array; sums?: Uint8Array;
  boundary?: Uint8Array; curve?: Float32Array; units?: Uint8Array; unit_scale?: Float32Array; weights?: Float32Array; biases?: Float32Array;
  samples?: Float32Array; noise_net?: Float32Array; covered?: Float32Array; good?: Float32Array;
  filters?: Uint8Array; filter_scale?: Float32Array; maps?: Uint8Array; map_scale?: Float32Array; map_answers?: Uint8Array; saliency?: Uint8Array;
  codes?: Float32Array; again?: Uint8Array;
  through_time?: Float32Array; gates?: Uint8Array; gate_scale?: Float32Array; gate_answers?: Float32Array; forecast?: Float32Array;
  alignment?: Uint8Array; align_said?: Uint8Array; align_sure?: Uint8Array;
}

type Numbers = Float32Array | Float64Array;

export interface Band { low: Numbers; mid: Numbers; high: Numbers }

// One step of a run with every number on the way, told for one row of its batch, of several networks turn by turn; or why it cannot be.
export interface Slow extends Partial<Turn> { run: string; step: number; refused?: string; turns?: Turn[] }

// first: so many layers the row has not gone through
export interface Turn {
  row: number; rows: number; noun: string; first: number; together: string; x: number[]; y: number[]; loss: number; batch_loss: number;
  fused: boolean; direct: boolean; stages: Stage[]; layers: StepLayer[];
}

export interface Stage { kind: "forward" | "loss" | "backward" | "update"; layer: number; title: string; words: string }

// A layer that no way back leads through has no derivatives; of one that stays as it is there is nothing new.
export interface StepLayer extends Record<"sums" | "bent" | "acted" | "kept" | "outputs" | "slopes" | "b", number[]>, Partial<Record<"dA" | "dZ" | "db" | "gb" | "new_b", number[]>>,
  Partial<Record<"dW" | "gW" | "new_W", number[][]>> { W: number[][] }

// What is pulled at, and each training row's part in it; or why it cannot be told.
export interface Target { kind: "weight" | "unit" | "spot" | "loss"; at: number[] }

export interface Puller { place: number; row: number; inputs: string; label: number | null; right: string; answer: string; loss: number }

export interface Pulls {
  run: string; step: number; refused?: string; kind: Target["kind"]; at: number[]; name: string; up: string; down: string; way: 1 | -1; total: number;
  parts: number[]; towards: number[] | null; rows: number; all: number; half: number; classes: string[]; strongest: Puller[];
}

// What is asked, while somebody asks who pulls; told: at this moment   lit: the place of the point that is pointed at, or -1
export interface Pull { target: Target; told: Pulls | null; lit: number; resting: boolean }

// What is written out: layer (0 are the inputs), unit, and what else there is to choose; heldOut: of the rows held out   host: the picture that shows it
export interface Place { at: number[]; heldOut: boolean; host: string }

interface Table { columns: string[]; rows: (string | number)[][]; strong: number; bars: boolean; grid: boolean }

interface AccountMoment { step: number; refused?: string; tables: Table[]; lines: string[]; bend: [z: number, a: number] | null }

// How a number comes about, at some moments of a run; or why that cannot be told.
export interface Account {
  run: string; asked: number[]; refused?: string; at: number[]; units: number; noun: string; layers: { number: number; name: string }[]; row: number; rows: number; held_out: boolean; noise: boolean; right: string;
  choices: { noun: string; count: number; index: number; names: string[] }[]; curve: number[]; reach: number; moments?: AccountMoment[];
}

// The same at the shown moment; late: the moment is an earlier one, the numbers of this one are on their way
export interface Followed { place: Place; row: number; told: Account | null; moment: AccountMoment | null; late: boolean }

// A unit of the drawn network whose map is looked at.
export interface Unit { index: number; words: string; layer: number; unit: number }

export interface Moment {
  time: number; shown: { run: Run; frame: Frame }[]; state: string; selected: number; unit: Unit | null; account: Followed | null; slow: Slow | null; pull: Pull | null; byBatch: boolean;
  tail: number; horizon: number;
}

// What a picture can do beyond itself, given to each when it is made.
export interface Acts {
  choose(unit: Unit): void; // looks at what a unit sees
  back(): void; // and no longer
  following: Following; // what is written out, and of which row
  pause(): void; step(row: number): void; batch(): void; // the next step in slow motion, for a row of its batch; and taking it
  select(run: number): void; seek(time: number): void; redraw(): void;
  learn(points: Point[]): void; // from a drawing
  choice: Choice;
  pulling: Pulling;
}

// What the board is made of: the default export of a file in pictures/ is a class of these, made with the Acts.
export interface View {
  node: HTMLElement;
  span?(runs: number, names: string[]): number; // columns of twelve, beside the pictures of these names; without it, 6
  scene(runs: Run[], theme: Theme, header: Header): void; // other runs
  retheme(theme: Theme): void;
  resize?(): void; // the board has another size; without it, retheme
  data?(): void; // frames came
  draw(moment: Moment): void; // another moment
  key?(event: KeyboardEvent): boolean; // pressed anywhere on the page: was it for this picture?
  remove?(): void;
}

type Colors = "ink" | "muted" | "line" | "ground" | "panel" | "accent" | "negative" | "neutral" | "positive" | "rim";

export interface Theme extends Record<Colors, string> {
  dark: boolean; font: string; text: number; key: string; token(name: string): string;
  colors: number[][]; field: Uint32Array; units: Uint32Array; template?: object;
}
