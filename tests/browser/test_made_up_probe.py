"""Probes and pictures that nobody planned for: files dropped into a copy of the app, and nothing else is touched."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, ROOT, serving
from tests.browser.test_playground import pause, scrub, wait_for

PROBE = '''"""How long the vector of all parameters is."""

import numpy as np

from ann_core.film.film import Column, plain
from ann_core.film.probes.base import Probe


class Length(Probe):
    """length: (F[, S])"""

    key, label, pictures, shown = "length", "Length of the parameters", ("length",), True
    columns = (Column("length", plain),)

    def scene(self, view):
        return {"length_unit": "steps"}, {"length_start": np.zeros((1, 2))}

    def measure(self, look):
        return {"length": np.linalg.norm(look.theta, axis=-1)}


PROBE = Length()
'''
PICTURE = '''// How long the vector of all parameters is, over the epochs.

import { el, fit, say } from "../../shared/dom.js";

export default class Length {
  constructor() {
    this.note = el("span", { class: "note" });
    this.canvas = el("canvas");
    this.node = el("section", { class: "length" }, el("header", {}, el("h2", { text: "Length of θ" }), this.note),
      el("div", { class: "chart" }, this.canvas));
  }

  scene(runs, theme) {
    this.retheme(theme);
  }

  retheme(theme) {
    this.theme = theme;
  }

  draw({ shown: [{ run, frame }] }) {
    say(this.note, `${frame.length[0].toFixed(2)} ${run.scene.length_unit}`);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const context = fit(this.canvas, width, height);
    const most = Math.max(...run.frames.map((one) => one.length[0]));
    context.clearRect(0, 0, width, height);
    context.strokeStyle = this.theme.accent;
    context.beginPath();
    for (const { epoch, length } of run.frames) {
      context.lineTo((width * epoch) / run.last.epoch, height * (1 - length[0] / most));
    }
    context.stroke();
  }
}
'''
FAILS = '''from ann_core.film.film import Column, plain
from ann_core.film.probes.base import Probe


class Fails(Probe):
    key, label, pictures, shown = "fails", "What fails", ("fails", "nowhere"), True
    columns = (Column("fails", plain),)

    def measure(self, look):
        if any(state.step > 0 for state in look.states):
            raise ValueError("there is nothing to count")
        return {"fails": look.theta[..., 0]}


PROBE = Fails()
'''
THROWS = '''import { el } from "../../shared/dom.js";

export default class Fails {
  node = el("section", { class: "fails" }, el("p", { text: "Counted." }));
  scene() {}
  retheme() {}
  draw({ time }) {
    if (time > 0) throw new Error("Drawn at a moment that has nothing to draw.");
  }
}
'''


FILES = {"ann_core/film/probes/length.py": PROBE, "assets/player/pictures/length.js": PICTURE,
         "ann_core/film/probes/fails.py": FAILS, "assets/player/pictures/fails.js": THROWS}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a copy of the app with files added."""
    folder = tmp_path_factory.mktemp("copy") / "app"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", "tests", "__pycache__", ".*_cache"))
    for name, text in FILES.items():
        assert not (folder / name).exists()
        (folder / name).write_text(text)
    with serving(folder, folder / "log.txt", PYTHONPATH=str(folder)) as url:
        yield url


def test_it_moves_in_the_playground_and_in_the_lab_and_what_fails_leaves_the_others_alone(page, visit):
    visit(page, "playground", player=True)
    note = page.locator(f"{PLAYER} section.length .note").first
    failed = page.locator(f"{PLAYER} .failure", has_text="What fails could not be measured at epoch")
    wait_for(page, "+d.epoch >= 20")
    expect(failed.first).to_contain_text("there is nothing to count")
    for name in ("fails", "nowhere"):
        expect(page.locator(PLAYER)).to_contain_text(f"The picture “{name}” could not be drawn.")
    pause(page)
    later = note.inner_text()
    scrub(page, 0)
    wait_for(page, "+d.epoch === 0")
    assert re.fullmatch(r"\d+\.\d\d steps", later) and note.inner_text() != later
    ink = page.evaluate(f"""() => {{ const canvas = document.querySelector("{PLAYER} section.length canvas");
        return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter(Boolean).length }}""")
    assert ink > 200
    expect(page.locator(f"{PLAYER} .words")).to_contain_text("Held-out accuracy")
    expect(page.locator(f"{PLAYER} .loss [role=img]")).to_have_attribute("aria-label", re.compile("epoch 0"))
    ours = ("nowhere", "404", "nothing to draw")
    assert all(any(words in error for words in ours) for error in page.errors), page.errors
    visit(page, "gradient_lab", player=True)
    wait_for(page, "+d.epoch >= 3")
    expect(page.locator(f"{PLAYER} section.length")).to_be_visible()
