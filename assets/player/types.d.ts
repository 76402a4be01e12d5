// What travels from the server (docs/wire.md), and what the player's parts are to one another. Read by the check only.

import type { Run } from "./film/store.js";

export type { Run };

type Range = [number, number];

export interface Layer { name: string; activation: string | null; units: number; shown: number[] }

export interface Score {
  name: string; kind: "share" | "number"; better: "more" | "lower";
  baseline: number; baseline_text: string; needed: number; failed: string;
}

export interface Scene {
  name: string; color: string | null; origin?: { epoch: number; of: string | null } | null;
  held_out: string; classes: string[]; inputs: string[];
  plane: { kind: "map" | "curve"; x: Range; y: Range; x_name: string; y_name: string; note: string | null } | null;
  field: { low: number; high: number } | null;
  drawn: Point[] | null; drawing: Limits | null;
  layers: Layer[]; shown_layers: number[]; weight_layers: string[];
  steepest: number[]; flat: number; slope_reach: number; expected_by_weights: number[]; batch_norm: boolean; skip: boolean;
  loss: string; score: Score; infinite: number;
  epochs: number; steps_per_epoch: number; seeds: number; notes: string[];
}

export type Point = [x: number, y: number, group: number];

export interface Limits { reach: number; least: number; most: number; classes: number }

export interface Header {
  seq: number; answer: number; pictures: string[]; autoplay: boolean; can_reseed: boolean; can_draw: boolean; can_branch: boolean;
  wants_rest: boolean; headline: boolean; present: boolean; veiled: boolean; stop_at: number | null;
  most: { epochs: number; steps: number };
}

// One moment of one run: its blocks, cut out of the message, and their shapes.
export interface Frame {
  step: number; epoch: number; shapes: Record<string, number[]>; bands?: Record<string, Band>;
  train_loss: Float32Array; test_loss: Float32Array; train_score: Float32Array; test_score: Float32Array;
  gradient: Float32Array; batch_gradient: Float32Array; clipped_gradient: Float32Array; saturated?: Float32Array; dead?: Float32Array;
  by_weights?: Float32Array; by_slope?: Float32Array; sums?: Uint8Array;
  boundary?: Uint8Array; curve?: Float32Array; units?: Uint8Array; unit_scale?: Float32Array; weights?: Float32Array; biases?: Float32Array;
}

type Numbers = Float32Array | Float64Array;

export interface Band { low: Numbers; mid: Numbers; high: Numbers }

// A unit of the drawn network whose map is looked at.
export interface Unit { index: number; words: string }

export interface Moment {
  time: number; shown: { run: Run; frame: Frame }[]; state: string; selected: number; unit: Unit | null; byBatch: boolean;
  tail: number; horizon: number;
}

// What the board is made of.
export interface View {
  node: HTMLElement;
  fits?(runs: Run[]): boolean; // can it show these runs at all?
  scene(runs: Run[], theme: Theme, header: Header): void; // other runs
  retheme(theme: Theme): void;
  resize?(): void; // the board has another size; without it, retheme
  data?(): void; // frames came
  draw(moment: Moment): void; // another moment
  remove?(): void;
}

type Colors = "ink" | "muted" | "line" | "ground" | "panel" | "accent" | "negative" | "neutral" | "positive" | "rim";

export interface Theme extends Record<Colors, string> {
  dark: boolean; font: string; text: number; key: string; token(name: string): string;
  colors: number[][]; field: Uint32Array; units: Uint32Array; template?: object;
}
