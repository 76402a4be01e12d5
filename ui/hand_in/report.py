"""A report: one HTML file that stands by itself, opens without a network and prints on A4, with the code of its result."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

import numpy as np

from ann_core.base.spelling import words
from ann_core.data.table.own import Own
from ann_core.export.saved import trained
from ann_core.film.film import Film
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.handin.check import NAMES
from ann_core.handin.code import written
from ann_core.handin.marks import Mark, columns_of, filmed, marked, steps_of
from ann_core.handin.spelled import settings_in_words
from ann_core.judge.metrics import Classification, judge_classification, judge_regression, sentences
from ann_core.run.run import Run
from ui.hand_in import drawings

MAX_BYTES = 2_000_000
FRAMES = 60
"""So many moments the curves have, about."""
QUESTIONS = ("What did you expect?", "What happened?", "Why, do you think?")
MOST_NAME, MOST_WORDS = 80, 3_000
PROVES = ("The code proves that these settings give this result: whoever has it can run them again. It does not prove who made "
          "it.")
_NAME = re.compile(r'<h1 id="student">(.*?)</h1>', re.DOTALL)
_CODE = re.compile(r'<pre id="code">(.*?)</pre>', re.DOTALL)
_SEAL = re.compile(r'<meta name="seal" content="([0-9a-f]*)">')


@dataclass(frozen=True)
class Words:
    """What the student writes. answers: to QUESTIONS"""

    name: str
    answers: tuple[str, ...] = ("",) * len(QUESTIONS)


@dataclass(frozen=True)
class Received:
    """What a report says. changed: whether it is no longer as it was made"""

    name: str
    code: str
    changed: bool


@dataclass(frozen=True, eq=False)
class Result:
    """A run up to the moment that is handed in, measured. film: moments of the way"""

    run: Run
    film: Film
    marks: tuple[Mark, ...]
    code: str
    own: Own | None


def result(recording: Recording, step: int | None, own: Own | None = None) -> Result:
    """Goes through a run again up to a moment, and measures it on the way; the recording stays as it is. step: None for the
    furthest moment"""
    run = recording.latest if step is None else recording.at(step)
    last = run.state.step
    history = [(at, config) for at, config in recording.history if at <= last]
    film = filmed(recording.at(0), history, sorted({*range(0, last, _apart(run)), last}))
    columns, nearest = columns_of(run.setup), {int(np.abs(film.step - step).argmin()) for step in steps_of(last)}
    marks = tuple(marked(film, frame, columns) for frame in sorted(nearest))
    return Result(run, film, marks, written(history, marks, own.preparation if own else None), own)


def _apart(run: Run) -> int:
    """Steps between moments: whole epochs, where there are many."""
    last, an_epoch = run.state.step, run.config.training.steps(run.setup.rows)
    epochs = last // an_epoch
    return an_epoch * -(-epochs // FRAMES) if epochs >= FRAMES // 2 else max(1, -(-last // FRAMES))


def report(found: Result, said: Words, title: str, link: str, day: str) -> bytes:
    """The file. title: of the page   link: opens these settings   day: when it was made"""
    run = found.run
    parts = [
        f'<p class="small">Neural playground · {escape(title)} · {escape(day)}</p>',
        f'<h1 id="student">{escape(said.name or "Without a name")}</h1>',
        *(f"<h2>{escape(question)}</h2>{_paragraphs(answer)}" for question, answer in
          zip(QUESTIONS, said.answers, strict=True) if answer.strip()),
        "<h2>Settings</h2>", _table([(escape(label), escape(value)) for label, value in settings_in_words(run.config)]),
        f"<h2>What came of them, up to {escape(run.moment)}</h2>", _table(_figures(found)),
        f"<p>{escape(run.message)}</p>" if run.message else "", *_planes(found), *_curves(found), *_gradients(found),
        *_judged(found), "<h2>Run it again</h2>",
        f'<p><a href="{escape(link)}">{escape(link)}</a></p>' if re.match("https?://", link) else "",
        f'<pre id="code">{escape(found.code)}</pre>', f'<p class="small">{escape(PROVES)}</p>']
    body = "\n".join(filter(None, parts))
    return (f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="seal" content="{_seal(body)}">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(said.name or "Report")}</title>'
            f"<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n").encode()


def received(data: bytes) -> Received:
    """What a report's file says. Raises ValueError, in words, for a file that is none."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"Expected a report of at most {MAX_BYTES // 10**6} MB; this file has {len(data) / 1e6:.1f} MB.")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise ValueError("This file is no report: it is no text. Choose the HTML file that was handed in.") from None
    code, name, seal = _CODE.search(text), _NAME.search(text), _SEAL.search(text)
    if not code or not name:
        raise ValueError("This file is no report, or its code was taken out. Choose the HTML file that was handed in.")
    body = text.partition("<body>\n")[2].rpartition("\n</body>")[0]
    return Received(" ".join(unescape(name[1]).split())[:MOST_NAME], unescape(code[1]), not seal or seal[1] != _seal(body))


def _seal(body: str) -> str:
    return hashlib.sha256(body.replace("\r\n", "\n").encode()).hexdigest()[:16]


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    return "<table>" + "".join(f'<tr><th scope="row">{head}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
                               for head, *cells in rows) + "</table>"


def _figures(found: Result) -> list[tuple[str, ...]]:
    return [("Epoch", *(words(mark.epoch) for mark in found.marks)),
            *((escape(_called(found, name)), *(_said(found, name, mark.values[name]) for mark in found.marks))
              for name in found.marks[-1].values if any(mark.values[name] is not None for mark in found.marks))]


def _called(found: Result, name: str) -> str:
    measure, held = found.run.setup.target.measure, found.run.data.held_out
    return NAMES.get(name, name.replace("_", " ")).replace("held-out", held).replace("score", measure.label).capitalize()


def _said(found: Result, name: str, value: float | None) -> str:
    if value is None:
        return "no number"
    return escape(found.run.setup.target.measure.words(value)) if name.endswith("score") else words(value)


def _planes(found: Result) -> list[str]:
    film, (header, blocks) = found.film, scene(found.run)
    if "boundary" not in film.columns or not header.get("plane"):
        return []
    shown = sorted({round(share * (film.frames - 1)) for share in (0, 0.1, 1)})
    field = header["field"] and (header["field"]["low"], header["field"]["high"])
    drawn = [drawings.plane(film.boundary[frame], blocks["train_points"], blocks["train_target"],
                            (header["plane"]["x"], header["plane"]["y"]), len(header["classes"]), field,
                            f"epoch {words(epoch := float(film.epoch[frame]))}",
                            f"What the network answers everywhere at epoch {words(epoch)}, with training points")
             for frame in shown]
    return [f"<h3>What it decides ({escape(header['plane']['x_name'])} across, {escape(header['plane']['y_name'])} up)</h3>",
            f'<div class="row">{"".join(drawn)}</div>']


def _curves(found: Result) -> list[str]:
    film = found.film
    losses = {_called(found, name).lower(): _mean(film.columns[name])
              for name in found.marks[-1].values if "score" not in name}
    alt = "; ".join(f"{name} from {words(float(values[0]), 3)} to {words(float(values[-1]), 3)}"
                    for name, values in losses.items() if np.isfinite(values[[0, -1]]).all())
    label = found.run.setup.objective.loss_label
    return ["<h3>Loss</h3>", drawings.curves(losses, film.epoch, "epoch", label, f"Loss: {alt}.")]


def _mean(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, float).reshape(len(values), -1).mean(1)


def _gradients(found: Result) -> list[str]:
    if "gradient" not in found.film.columns:
        return []
    names = found.run.setup.objective.layer_names
    sizes = np.asarray(found.film.gradient[-1], float).reshape(len(names), -1).mean(1)
    said = {name.removeprefix("layer "): float(size) for name, size in zip(names, sizes, strict=True)}
    alt = f"Gradient by layer at {found.run.moment}: {', '.join(f'{name} {words(size, 2)}' for name, size in said.items())}"
    return ["<h3>How large the gradient is in each layer (RMS of ∂L/∂W)</h3>", drawings.bars(said, "RMS", alt)]


def _judged(found: Result) -> list[str]:
    own, run = found.own, found.run
    if own is None:
        return []
    y, train = own.y[own.judged], own.y[own.train]
    answers = trained(run, own).answers_to(run.data.scaler(own.X[own.judged]))
    kind = "test" if len(own.test) else "validation" if len(own.validation) else "training"
    head = f"<h3>Judged on {len(y):,} {kind} rows</h3>"
    try:
        judged = judge_regression(y, answers, float(train.mean())) if own.task == "regression" else \
            judge_classification(y, answers, own.class_names, int(np.bincount(train).argmax()))
    except ValueError as error:
        return [head, f"<p>{escape(str(error))}</p>"]
    told = [f"<p>{escape(' '.join(sentences(judged).values()))}</p>"]
    if isinstance(judged, Classification):
        told.append(_table([("true, answered →", *map(escape, judged.classes)),
                            *((escape(name), *(f"{count:,}" for count in row))
                              for name, row in zip(judged.classes, judged.confusion, strict=True))]))
    return [head, *told]


STYLE = """
:root { font: 15px/1.5 system-ui, sans-serif; color: #23282e; background: #fff; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; margin: .2rem 0 1rem; } h2 { font-size: 1.2rem; margin: 1.6rem 0 .4rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
.small { color: #5b646e; font-size: .85rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { text-align: left; padding: .2rem 1.2rem .2rem 0; border-bottom: 1px solid #e4e7eb; font-weight: normal; }
th { color: #5b646e; } svg { max-width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; }
.row { display: flex; gap: 1rem; flex-wrap: wrap; } .row svg { flex: 0 1 13rem; }
pre { white-space: pre-wrap; background: #f4f5f7; padding: .8rem; font-size: .8rem; }
h2, h3 { break-after: avoid; } svg, table, pre { break-inside: avoid; }
@page { size: A4; margin: 16mm; } @media print { body { margin: 0; max-width: none; } a { color: inherit; } }
"""
