"""Take it home in a real browser: the files are saved and opened by what reads them."""

import io
import xml.etree.ElementTree as ElementTree

import numpy as np
import pandas as pd
from PIL import Image

PLAYER = "[data-testid=film-player]"


def paused(page, server, at: float, path: str = "playground"):
    """The page with its film at rest at an epoch."""
    page.goto(f"{server}/{path}")
    page.wait_for_function(f"at => Number(document.querySelector('{PLAYER}')?.dataset.epoch) >= at", arg=at, timeout=60_000)
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function(f"() => document.querySelector('{PLAYER}').dataset.state === 'paused'")
    return page


def saved(page, press) -> tuple[str, bytes]:
    """Name and content of the file that a press saves."""
    with page.expect_download(timeout=60_000) as download:
        press()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_pictures_films_and_curves_open_elsewhere(new_page, server):
    page = paused(new_page(), server, 20)
    page.get_by_text("Save pictures", exact=True).click()

    def keep(label: str, which: str = "") -> tuple[str, bytes]:
        page.get_by_label("Which picture").select_option(which)
        return saved(page, page.get_by_role("button", name=label, exact=True).click)

    name, data = keep("PNG")
    picture = Image.open(io.BytesIO(data))
    assert name.startswith("pictures-epoch-") and picture.width == 1920
    assert len(np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3), axis=0)) > 500  # boundaries, points, words

    name, data = keep("PNG", "loss")
    assert name.startswith("loss-epoch-") and Image.open(io.BytesIO(data)).width == 1920

    _, data = keep("SVG", "loss")
    assert ElementTree.fromstring(data).findall(".//{http://www.w3.org/2000/svg}path")

    name, data = keep("Animation (GIF)", "boundary")
    film = Image.open(io.BytesIO(data))
    assert name.endswith(".gif") and 10 <= film.n_frames <= 60
    first = np.asarray(film.convert("RGB"), float)
    film.seek(film.n_frames - 1)
    assert np.abs(np.asarray(film.convert("RGB"), float) - first).mean() > 1  # what it decides has changed

    _, data = keep("Curves (CSV)")
    curves = pd.read_csv(io.BytesIO(data))
    assert {"network", "step", "epoch"} <= set(curves) and curves["epoch"].is_monotonic_increasing
    losses = curves["cross-entropy, training"]
    assert losses.iloc[-1] < losses.iloc[0]
    assert not page.errors and not page.outside


def test_a_program_is_made_on_a_click_and_holds_the_shown_moment(new_page, server):
    page = paused(new_page(), server, 5)
    page.get_by_text("Take it home: this network as code, notebook or file").click()
    button = page.get_by_role("button", name="Download spiral-epoch")
    button.wait_for()
    page.wait_for_timeout(1500)  # the page hears where the film rests
    name, data = saved(page, button.click)
    epoch = float(page.get_attribute(PLAYER, "data-epoch"))
    names = {"__name__": "taken_home"}
    exec(data, names)
    assert name.startswith(f"spiral-epoch-{epoch:.4g}".replace(".", "-")) and name.endswith("-numpy.py")
    assert len(names["answer"](names["EXAMPLE"])) == 3
    assert not page.errors
