"""The figure of the lessons in a real browser, on a page of its own behind the app's door."""

import inspect
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<img src=x onerror=alert(1)> %{x} & co"


def script(hostile: str) -> None:
    """The page under test; its source is written into a file of its own."""
    import numpy as np
    import plotly.graph_objects as go
    import streamlit as st
    from plotly.subplots import make_subplots

    from ui.figure import Animation, Cursor, Drag, FollowingLine, Keyframe, figure

    if "hills" in st.query_params:
        z = np.linspace(-4, 4, 11)
        hills = go.Figure([go.Surface(name="loss", x=z, y=z, z=np.add.outer(z**2, z**2), showscale=False),
                           go.Scatter3d(name="ball", x=[3], y=[3], z=[18], mode="markers", marker_color="var(--positive)")])
        fall = [Keyframe(traces={"ball": {"x": [3 - k], "y": [3 - k], "z": [2 * (3 - k) ** 2]}}) for k in range(4)]
        figure(hills, key="hills", alt="A loss over two weights.", animation=Animation(fall))
        if st.query_params["hills"] != "all":
            return

    state = st.session_state
    state.setdefault("w1", 1.0)
    state.setdefault("heard", [])

    def moved(name: str, values: dict) -> None:
        state.heard = [*state.heard, (name, values)]
        if name == "w":
            state.w1, state.w2 = values["x"], values["y"]

    w1 = st.slider("First weight", -3.0, 3.0, step=0.1, key="w1")
    w2 = state.setdefault("w2", 1.0)
    fig = go.Figure([
        go.Scatter(name="border", mode="lines", line_color="var(--ink)", x=[-3, 3], y=[0, 0]),  # only the browser turns it
        go.Scatter(name=hostile, x=[-2, -1, 1], y=[2, -2, 2.0], mode="markers", text=[hostile] * 3),
        go.Scatter(name="w", x=[w1], y=[w2], mode="markers", marker={"color": "var(--accent)", "size": 14})])
    fig.update_layout(xaxis_range=[-3, 3], yaxis_range=[-3, 3], title=f"heard {len(state.heard)}")
    fig.add_shape(name="mark", type="line", x0=2, x1=2, y0=0, y1=1, yref="paper")
    figure(fig, key="weights", alt="A boundary and its weights.", on=moved,
           follow=[FollowingLine("border", "w.x", "w.y", 0)],
           drag={"w": Drag(x=(-3, 3), y=(-3, 3), label="Weights"), "mark": Drag(x=(-3, 3), step=0.5),
                 hostile: Drag(x=(-3, 3), y=(-3, 3), point=None)})
    st.write(f"Heard {len(state.heard)}: {state.heard[-1:] and [state.heard[-1][0] == 'w', state.heard[-1][1]]}")

    z = np.linspace(-4, 4, 81)
    curves = make_subplots(1, 2)
    for name, f, slope, dash in (("square", z**2, 2 * z, "solid"), ("cube <b>", z**3, 3 * z**2, "dash")):
        curves.add_scatter(x=z, y=f, name=name, mode="lines", line_dash=dash, row=1, col=1)
        curves.add_scatter(x=z, y=slope, name=name, mode="lines", line_dash=dash, row=1, col=2)
    curves.update_xaxes(title="z")
    curves.update_yaxes(title="f(z)", col=1)
    curves.update_yaxes(title="f′(z)", col=2)
    figure(curves, key="curves", height=240, alt="Two curves and their slopes.", cursor=Cursor())

    @st.fragment
    def alone() -> None:
        def pushed(name: str, values: dict) -> None:
            state.x = values["x"]

        bowl = go.Figure([go.Scatter(name="bowl", x=z, y=z**2),
                          go.Scatter(name="ball", x=[state.get("x", -3)], y=[9], mode="markers")])
        frames = [Keyframe(traces={"ball": {"x": [-3 + k / 2], "y": [(-3 + k / 2) ** 2]}}, caption=f"At {k}.")
                  for k in range(7)]
        figure(bowl, key="film", height=240, alt="A ball in a bowl.", animation=Animation(frames, rate=20))
        figure(bowl, key="round", height=120, alt="A ball that goes round.",
               animation=Animation(frames[:3], autoplay=True, loop=True))
        figure(bowl, key="pushed", height=240, alt="A ball to push.", drag={"ball": Drag(x=(-4, 4), step=1)}, on=pushed)
        st.write(f"Pushed to {state.get('x')}")

    alone()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of the page, behind the app's own door: its assets and its strict security headers."""
    place = tmp_path_factory.mktemp("figure")
    (place / "page.py").write_text(f"{inspect.getsource(script)}\n\nscript({HOSTILE!r})\n")
    (place / "app.py").write_text("import streamlit as st\nfrom ui.door import MIDDLEWARE, ROUTES\n"
                                  "app = st.App('page.py', routes=ROUTES, middleware=MIDDLEWARE)\n")
    shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1", f"--server.port={port}",
               "--server.headless=true"]
    with (place / "log.txt").open("w") as log, subprocess.Popen(
            command, cwd=place, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log) as process:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(150):
            try:
                opener.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def drawn(page, key: str):
    """The figure of a key, once it is drawn."""
    found = page.locator(f".st-key-{key} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def plotted(page, key: str, what: str):
    """A value from what Plotly drew: `data[2].x[0]`."""
    return page.evaluate(f"document.querySelector('.st-key-{key} .js-plotly-plot').{what}")


def until(page, key: str, what: str) -> None:
    page.wait_for_function(f"() => {{ const plot = document.querySelector('.st-key-{key} .js-plotly-plot'); return {what} }}")


def push(page, handle, dx: float, dy: float, steps: int = 12) -> None:
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, steps + 1):
        page.mouse.move(x + dx * k / steps, y + dy * k / steps)
        page.wait_for_timeout(30)


def watched(page, server):
    """The page, with its errors and the requests that leave the server."""
    page.errors, page.outside, own = [], [], (server, "blob:", "data:")
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(own) else page.outside.append(asked.url))
    return page


@pytest.fixture(scope="module")
def opened(browser, server):
    """One page for most tests: each goes on where the one before it left."""
    page = watched(browser.new_context(viewport={"width": 1280, "height": 1400}).new_page(), server)
    policy = page.goto(server).headers["content-security-policy"]
    assert "unsafe-eval" not in policy and "script-src 'self'" in policy
    for key in ("weights", "curves", "film", "pushed"):
        drawn(page, key)
    yield page
    page.context.close()


@pytest.fixture
def lesson(opened):
    yield opened
    opened.mouse.up()
    assert opened.errors == [] and opened.outside == []


def handle(page, key: str, name: str):
    return page.locator(f".st-key-{key}").get_by_role("button", name=re.compile(f"^{re.escape(name)}:"))


def test_a_drag_moves_the_picture_at_once_and_tells_the_server_sparingly_and_last(lesson):
    page = lesson
    page.evaluate("document.querySelector('.st-key-weights .js-plotly-plot').mine = 7")
    others = [drawn(page, key).get_attribute("data-drawn") for key in ("curves", "film")]
    unit = plotted(page, "weights", "_fullLayout.xaxis._length") / 6
    push(page, handle(page, "weights", "Weights"), unit, 0, steps=24)
    assert plotted(page, "weights", "data[2].x[0]") == pytest.approx(2, abs=0.11)
    (x, y), border = [plotted(page, "weights", f"data[2].{axis}[0]") for axis in "xy"], plotted(page, "weights", "data[0]")
    for end in range(2):
        assert border["y"][end] != 0 and x * border["x"][end] + y * border["y"][end] == pytest.approx(0, abs=1e-9)
    page.mouse.up()
    expect(page.get_by_text(re.compile(rf"Heard \d+: \[True, \{{.x.: {x:g}\.?0?, "))).to_be_visible()
    heard = int(re.search(r"Heard (\d+)", page.get_by_text(re.compile(r"^Heard")).inner_text())[1])
    assert 2 <= heard <= 16  # of at least 24 moves in about a second
    expect(page.get_by_role("slider", name="First weight")).to_have_value(f"{x:g}")
    assert plotted(page, "weights", "mine") == 7  # the same node all the while
    assert plotted(page, "weights", "data[2].x[0]") == x
    until(page, "weights", f"plot.layout.title.text === 'heard {heard}' && plot.data[0].y[0] === 0")
    assert others == [drawn(page, key).get_attribute("data-drawn") for key in ("curves", "film")]  # they did not change


def test_a_widget_moves_the_picture_and_shapes_and_single_points_are_dragged(lesson):
    page = lesson
    slider = page.get_by_role("slider", name="First weight")
    before = float(slider.input_value())
    slider.focus()
    page.keyboard.press("ArrowLeft")
    until(page, "weights", f"Math.abs(plot.data[2].x[0] - {before - 0.1}) < 1e-9")
    unit = plotted(page, "weights", "_fullLayout.xaxis._length") / 6
    push(page, handle(page, "weights", "mark"), -3 * unit, 25)
    until(page, "weights", "plot.layout.shapes[0].x0 === -1 && plot.layout.shapes[0].x1 === -1")
    page.mouse.up()
    expect(page.locator("p", has_text="Heard")).to_contain_text("[False, {'x': -1.0}]")
    until(page, "weights", "plot.layout.shapes[0].x0 === 2")  # the page did not take it up: its figure counts
    push(page, handle(page, "weights", f"{HOSTILE} 3"), unit, 3000)  # far beyond the border
    page.mouse.up()
    expect(page.locator("p", has_text="Heard")).to_contain_text("'y': -3.0, 'point': 2}")
    until(page, "weights", "plot.data[1].y[2] === 2")


def test_handles_are_moved_by_keyboard_and_say_so(lesson):
    page = lesson
    weights = handle(page, "weights", "Weights")
    x, y = (plotted(page, "weights", f"data[2].{axis}[0]") for axis in "xy")
    x, y = round(x + 0.2, 1), round(y - 1.0, 1)
    weights.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    words = f"Weights: x {x:g}, y {y:g}".replace("-", "−")
    expect(page.locator(".st-key-weights [aria-live]")).to_have_text(words)
    expect(page.locator("p", has_text="Heard")).to_contain_text(f"[True, {{'x': {x}, 'y': {y}}}]")
    expect(weights).to_have_accessible_name(words)
    expect(weights).to_be_focused()
    page.keyboard.press("Tab")
    expect(handle(page, "weights", "mark")).to_be_focused()
    page.keyboard.press("ArrowDown")  # it has one axis only
    expect(handle(page, "weights", "mark")).to_have_accessible_name("mark: x 1.5")


def test_in_a_fragment_only_that_runs_again(lesson):
    page = lesson
    handle(page, "pushed", "ball").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Pushed to -2.0")).to_be_visible()
    until(page, "pushed", "plot.data[1].x[0] === -2")


def test_the_cursor_reads_every_curve_in_every_plot(lesson):
    page = lesson
    cursor = page.get_by_role("slider", name="Cursor along z")
    box = cursor.bounding_box()
    offset, length = [plotted(page, "curves", f"_fullLayout.xaxis2.{name}") for name in ("_offset", "_length")]
    page.mouse.move(box["x"] + offset + length * 0.75, box["y"] + 60)  # z = 2, in the right-hand plot
    readout = page.locator(".st-key-curves .readout")
    expect(readout.locator("p")).to_have_text(re.compile(r"^z = (2|1\.98|2\.02)$"))
    cursor.focus()
    page.keyboard.press("Home")
    expect(readout.locator("li")).to_have_text(["squaref(z)16f′(z)−8", "cube <b>f(z)−64f′(z)48"])
    for key in 5 * ["Shift+ArrowRight"] + ["ArrowRight"]:
        page.keyboard.press(key)
    expect(readout.locator("p")).to_have_text("z = −2.98")
    expect(readout.locator("b").first).to_have_text("8.882")  # as drawn: a fifth of the way from 9 to 8.41
    assert cursor.get_attribute("aria-valuetext").startswith("z −2.98. square: f(z) 8.882, f′(z) −5.96; cube <b>: f(z)")
    assert page.locator(".st-key-curves .rule").count() == 2


def test_a_film_plays_steps_and_scrubs_in_the_browser(lesson):
    page = lesson
    film = drawn(page, "film")
    expect(drawn(page, "round")).to_have_attribute("data-state", "playing")
    for moment in ("2", "0"):
        expect(drawn(page, "round")).to_have_attribute("data-frame", moment)
    drawn(page, "round").get_by_role("button", name="Pause").click()
    assert (film.get_attribute("data-state"), film.get_attribute("data-frame")) == ("paused", "0")
    film.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-state", "finished")
    assert plotted(page, "film", "data[1].x[0]") == 0
    expect(film.locator(".caption")).to_have_text("At 6.")
    film.get_by_role("button", name="One step back").click()
    until(page, "film", "plot.data[1].x[0] === -0.5")
    film.get_by_role("slider", name="Step").fill("2")
    until(page, "film", "plot.data[1].x[0] === -2")
    expect(film.locator(".caption")).to_have_text("At 2.")
    film.get_by_role("button", name="One step on").press("End")
    expect(film).to_have_attribute("data-frame", "6")
    film.get_by_role("button", name="Play").press("Space")  # again from its start
    expect(film).to_have_attribute("data-state", "playing")


def test_in_space_it_plays_too(opened, server, visit):
    page = visit(watched(opened.context.new_page(), server), "?hills")
    hills = drawn(page, "hills")
    expect(hills.locator(".note")).to_be_hidden()
    assert plotted(page, "hills", "data[0].type") == "surface"
    hills.get_by_role("button", name="One step on").click()
    until(page, "hills", "plot.data[1].z[0] === 8")
    assert page.errors == [] and page.outside == []
    page.close()


def test_dark_calm_narrow_touched_and_without_webgl(new_page, visit):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme="dark", reduced_motion="reduce")
    page.add_init_script("const get = HTMLCanvasElement.prototype.getContext;"
                         "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
                         " return kind.includes('webgl') ? null : get.call(this, kind, ...more) }")
    visit(page, "?hills=all")
    hills = drawn(page, "hills")
    expect(hills.locator(".note")).to_contain_text("seen from above")
    assert plotted(page, "hills", "data.map(trace => trace.type)") == ["contour", "scatter"]
    hills.get_by_role("button", name="One step on").click()
    until(page, "hills", "plot.data[1].x[0] === 2")
    weights, film = drawn(page, "weights"), drawn(page, "film")
    expect(weights).to_have_attribute("data-theme", "dark")
    assert plotted(page, "weights", "data[2].marker.color") == "#a284ea"
    expect(film.get_by_role("button", name="Play")).to_have_count(0)
    assert drawn(page, "round").get_attribute("data-state") == "paused"
    film.get_by_role("button", name="One step on").click()
    expect(film).to_have_attribute("data-frame", "1")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    found = Axe().run(page, context=".live-figure").response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    weights.scroll_into_view_if_needed()
    box = handle(page, "weights", "Weights").bounding_box()
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, to in (("touchStart", x), ("touchMove", x - 20), ("touchMove", x - 40), ("touchEnd", None)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if to is None else [{"x": to, "y": y}]})
    until(page, "weights", "plot.data[2].x[0] < 0.6")
    fitted = plotted(page, "film", "_fullLayout.yaxis.range")
    page.emulate_media(color_scheme="light")
    until(page, "weights", "plot.data[2].marker.color === '#7a54c7'")
    until(page, "film", "plot._fullLayout.yaxis.gridcolor === '#e3e7ec'")
    assert plotted(page, "film", "_fullLayout.yaxis.range") == fitted and fitted[1] > 9
    assert page.errors == [] and page.outside == []


def test_names_from_visitors_stay_text(lesson):
    page = lesson
    assert plotted(page, "weights", "data[1].name") == "&lt;img src=x onerror=alert(1)&gt; %\u200b{x} &amp; co"
    mark = handle(page, "weights", f"{HOSTILE} 1")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    mark.evaluate("button => { button.style.pointerEvents = 'none' }")  # to the point below it
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".st-key-weights .hoverlayer")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".live-figure img").count() == 0


def test_a_figure_is_kept_as_it_is_shown(lesson):
    figure = drawn(lesson, "weights")
    figure.hover()
    kept = {}
    for form in ("PNG", "SVG"):
        with lesson.expect_download() as download:
            figure.get_by_role("button", name=f"Save this picture as {form}").click()
        assert download.value.suggested_filename == f"a-boundary-and-its-weights.{form.lower()}"
        kept[form] = download.value.path().read_bytes()
    picture = Image.open(io.BytesIO(kept["PNG"])).convert("RGB")
    assert picture.width == 1920
    ground = lesson.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert picture.getpixel((2, 2)) == tuple(map(int, re.findall(r"\d+", ground)[:3]))  # light or dark, as shown
    assert len(picture.getcolors(1 << 20)) > 20
    drawing = ElementTree.fromstring(kept["SVG"])
    assert drawing.findall(".//{http://www.w3.org/2000/svg}path")
    assert not [node for node in drawing.iter() if node.tag.endswith(("}script", "}foreignObject"))]
    assert "heard" in "".join(drawing.itertext()) and lesson.errors == []
