"""The house keeps its shape: imports run one way between the rooms, nothing goes in circles, the engine knows no screen."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = {
    "ann_core": (("base",), ("nn", "data"), ("run",), ("film",), ("judge",), ("export",), ("scalar",),
                 ("search", "handin", "clinic", "puzzles"), ("lessons",), ("lab",)),
    "ui": (("glossary",), ("assets", "colors", "left_page", "reading", "settings", "text"),
           ("aloud", "charts", "desk", "door", "forged", "forgotten", "same_tick", "tidy", "figure", "qr", "question"),
           ("page", "progress"),
           ("lesson_values", "path"), ("controls", "lesson"), ("marking", "player"), ("lessons",), ("your_data",),
           ("search", "hand_in", "puzzles"), ("compare", "clinic"), ("architectures",), ("lab",), ("recorded",),
           ("shell", "warm")),
    "pages": (("architectures", "glossary", "home", "learn", "play"),),
}
"""A room imports from itself, from the floors before its own and from the houses before its own."""
SCREENS = ("altair", "plotly", "streamlit")
MOST = 14


def modules() -> dict[str, Path]:
    """Every module of the house by its name; a package by its __init__."""
    found = {path.relative_to(ROOT).with_suffix(""): path for house in FLOORS for path in (ROOT / house).rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in found.items()}


MODULES = modules()


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of all that a source imports, wherever it stands: in functions and for type checkers, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                yield node.lineno, module if module in MODULES else str(node.module)


def floor(module: str) -> tuple[int, int]:
    """(house, floor) of a module. What a house shows of itself, its own __init__, stands above its rooms."""
    house, *rooms = module.split(".")
    rows = FLOORS[house]
    return list(FLOORS).index(house), next((i for i, row in enumerate(rows) if rooms[:1] and rooms[0] in row), len(rows))


def allowed(module: str, imported: str) -> bool:
    """Whether a module may import another one of the house."""
    same_room = module.split(".")[:2] == imported.split(".")[:2]
    return same_room or floor(imported) < floor(module)


LINES = sorted({(name, *found) for name, path in MODULES.items() for found in imports(path.read_text("utf-8"))})
ROOMS = {".".join(name.split(".")[:2]) for name in MODULES if "." in name}


def told(lines: list[tuple[str, int, str]]) -> str:
    return "\n".join(f"{MODULES[name].relative_to(ROOT)}:{line} imports {imported}" for name, line, imported in lines)


def test_every_room_has_its_place():
    assert ROOMS == {f"{house}.{room}" for house, rows in FLOORS.items() for row in rows for room in row}


def test_imports_run_one_way():
    wrong = [line for line in LINES if line[2] in MODULES and not allowed(line[0], line[2])]
    assert not wrong, told(wrong)


def test_no_module_comes_back_to_itself():
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for name, _, imported in LINES:
        graph[name] |= {imported} & MODULES.keys()
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("In a circle: " + " imported by ".join(error.args[1]))


def test_the_engine_knows_no_screen():
    wrong = [line for line in LINES if line[0].startswith("ann_core") and line[2].split(".")[0] in SCREENS]
    assert not wrong, told(wrong)


def test_a_newcomer_sees_the_architecture_at_the_top():
    assert len([room for room in ROOMS if room.startswith("ann_core.")]) <= MOST


def test_imports_are_found_wherever_they_stand():
    source = """
import numpy.linalg as la
from ann_core.run import config
from ann_core.run.config import RunConfig
if TYPE_CHECKING:
    from ann_core.film.film import Film
def late():
    import streamlit
"""
    assert {name for _, name in imports(source)} == {
        "numpy.linalg", "ann_core.run.config", "ann_core.film.film", "streamlit"}


@pytest.mark.parametrize("module, imported, fine", [
    ("ui.player.answer", "ui.player.asks", True), ("ui.player.branch_controls", "ui.controls.fields", True),
    ("ui.controls.fields", "ui.player.asks", False), ("ui.lessons", "ui.player.player", True),
    ("ui.player.player", "ui.lessons", False),
    ("ann_core.film.scene", "ann_core.run.run", True), ("ann_core.run.run", "ann_core.film.film", False),
    ("ann_core.run.run", "ann_core", False), ("ui.settings", "ann_core", True), ("ann_core.lab.twins", "ui.text", False),
    ("pages.home", "pages.play.playground", False), ("ui.shell", "pages.home", False)])
def test_upwards_and_sideways_are_not_allowed(module, imported, fine):
    assert allowed(module, imported) is fine
