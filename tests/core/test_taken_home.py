"""Networks taken home: every kind of layer in every format, the same answers and losses, names that stay names."""

import ast
import builtins
import io
import json
import subprocess
import sys
import tokenize
from dataclasses import replace
from datetime import datetime, timedelta

import nbformat
import numpy as np
import onnx
import pandas as pd
import pytest
from onnx.reference import ReferenceEvaluator

from ann_core import RunConfig, advance, start
from ann_core.data import FEATURES
from ann_core.data.table.own import fit
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.prepare import prepared
from ann_core.data.table.reading import from_frame
from ann_core.export import (
    activation_text,
    keras_code,
    numpy_steps,
    onnx_activations,
    onnx_file,
    onnx_steps,
    program,
    torch_code,
)
from ann_core.export.formats import FORMATS
from ann_core.export.loss_text import PRICES
from ann_core.export.numpy_learning import LEARNING
from ann_core.export.numpy_training import why_no_training
from ann_core.export.numpy_update import SCHEDULE
from ann_core.export.run_file import from_json, to_json
from ann_core.export.saved import trained
from ann_core.export.steps import WRITTEN
from ann_core.export.taken import offered, taken
from ann_core.film.recording import Recording
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.layers.base import Layer
from ann_core.nn.layers.pooling import GlobalPool, Pool2D
from ann_core.nn.layers.recurrent import Recurrent
from ann_core.nn.optimizers import OPTIMIZERS, SCHEDULES
from ann_core.run.decoding import write
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import GAMES
from tests.core.own_tables import config, own, pupils
from tests.export.agreement import expected, feed, losses, raw_rows
from tests.export.agreement import program as names_of
from tests.export.cases import FAMILIES, Draw, begun, runs

PROGRAMS = ("numpy", "torch", "keras", "sklearn")
NASTY = ("'; boom() #", '"""; boom() #', "'''\nboom()\n'''", "\\", "\\'", "a\nboom()", "a\r\nboom()", "a\u2028boom()",
         "a\u2029boom()", "{boom()}", "%s %(boom)s %n", "${boom}", "a\u202eb", "#", "*/", "`boom`", "$(boom)",
         "</script><script>boom()",
         "inputs", "answer", "probabilities", "constant", "café 数", " ")


def nasty_table() -> pd.DataFrame:
    """Columns and words that try to be more than names; the target among them."""
    frame = pd.DataFrame({name: np.arange(40.0) % (3 + i) + 0.25 * (np.arange(40) % 2) for i, name in enumerate(NASTY[:-1])})
    frame["words"] = pd.Series([NASTY[i % 20] for i in range(40)], dtype="str")
    frame['"]; boom() #'] = pd.Series([NASTY[i % 5] for i in range(40)], dtype="str")
    return frame


@pytest.fixture(scope="module")
def nasty():
    """A run on it, with its table."""
    frame = nasty_table()
    plain = from_frame(frame.set_axis([f"c{i}" for i in range(frame.shape[1])], axis=1), "nasty.csv")
    table = replace(plain, frame=frame)  # reading would have taken the worst out of its names
    found = fit(table, chosen(frame), 0.2, 0)
    settings = config(found, training={"epochs": 2}, network={"layers": [{"units": 3}]})
    run, _ = advance(start(settings, prepared(found, settings.data.scaling)), 1, 1)
    return taken(run, found), found


def chosen(frame):
    *features, target = frame.columns
    return Preparation(target=target, task="classification", features=tuple(features), most_categories=100)


def kinds(base: type[Layer]) -> set[type[Layer]]:
    return {base, *(kind for each in base.__subclasses__() for kind in kinds(each))}


def test_every_kind_of_layer_has_a_row():
    families = {Layer, Recurrent, Pool2D, GlobalPool}
    real = {kind for kind in kinds(Layer) if kind.__module__.startswith("ann_core")} - families
    assert not {kind.__name__ for kind in real if not set(kind.__mro__) & set(WRITTEN)}


def test_every_kind_of_step_activation_feature_and_schedule_has_a_row_in_every_format():
    seen = {step.kind for _, run, found in runs(72, seed=7) for name in offered(run)
            for step in taken(run, found, network=name).every_step}
    rows = (onnx_steps.WRITERS, numpy_steps.FORWARD, torch_code.FORWARD, keras_code.CALLS)
    assert not {kind for row in rows for kind in seen ^ set(row)}
    assert set(ACTIVATIONS) == set(onnx_activations.BENDS) == set(activation_text.SPELT)
    assert set(FEATURES) == set(onnx_file.FEATURE_NODES) == set(program.FEATURE_TEXT)
    assert set(SCHEDULES) == set(SCHEDULE) and set(GAMES) == set(PRICES)
    assert seen - set(LEARNING) == {"units", "softmax", "signed", "clipped", "two_classes", "of_their_sum"}  # of answers


@pytest.mark.parametrize(("name", "run", "found"), [pytest.param(*each, id=each[0]) for each in runs(16, seed=100)])
def test_numpy_and_onnx_answer_as_the_run_does(name, run, found):
    t = taken(run, found)
    rows = raw_rows(t, found, 40)
    want = expected(t, found, rows)
    span = float(np.ptp(want)) or 1.0
    mine = names_of(FORMATS["numpy"].make(t))["answer"](rows)
    assert np.abs(mine - want).max() <= 1e-12 * span
    model = onnx.load_from_string(FORMATS["onnx"].make(t))
    if not backwards(model):
        said = said_by(model, feed(t, rows))
        assert np.abs(said.get("probabilities", said["answer"]) - want).max() <= 1e-5 * span


def said_by(model, given):
    """What ONNX's own evaluator in NumPy answers, by name."""
    return dict(zip([output.name for output in model.graph.output], ReferenceEvaluator(model).run(None, given), strict=True))


def backwards(model):
    """Whether it reads a sequence from its end, which ONNX's own evaluator cannot; ONNX Runtime does in `make test-export`."""
    ways = {attribute.s or tuple(attribute.ints) for node in model.graph.node for attribute in node.attribute
            if attribute.name in ("direction", "scan_input_directions")}
    return bool(ways & {b"reverse", (1,)})


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_trained_again_in_numpy_the_losses_are_the_same(optimizer):
    run = start(edited(RunConfig(), {
        "training.optimizer": optimizer, "network.batch_norm": True, "network.dropout": 0.2, "network.skip": True,
        "training.l1": 0.001, "training.clip_norm": 0.5, "training.schedule": "cosine", "data.samples": 100}))
    same_losses(taken(run), 6)


def same_losses(t, epochs):
    """The losses of its program, trained again, are the engine's."""
    assert why_no_training(t) is None
    wanted = losses(t.run, epochs)
    np.testing.assert_allclose(list(names_of(FORMATS["numpy"].make(t))["train"](epochs)), wanted, rtol=0,
                               atol=1e-9 * np.abs(wanted).max())
    assert np.ptp(wanted, axis=0).min() > 0  # it did learn


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("family", FAMILIES)
def test_random_runs_of_every_kind_are_trained_again_with_the_same_losses(family, seed):
    same_losses(taken(begun(FAMILIES[family], Draw(200 + seed))), 3)


@pytest.mark.parametrize("pool", [{"kind": "max_pool2d", "size": 3, "stride": 2}, {"kind": "average_pool2d", "stride": 1}])
@pytest.mark.parametrize("last", ["global_max_pool", "global_average_pool", "flatten"])
def test_pictures_are_learned_again_with_the_same_losses(pool, last):
    run = start(RunConfig.model_validate({
        "data": {"source": "shapes", "samples": 60}, "training": {"epochs": 5},
        "network": {"batch_norm": True,
                    "layers": [{"kind": "conv2d", "filters": 3, "size": 2, "stride": 2}, pool, {"kind": last}]}}))
    same_losses(taken(run), 4)


def test_both_networks_of_a_game_are_taken_home_and_either_brings_the_training_of_both():
    run, _ = advance(start(RunConfig.model_validate({
        "data": {"source": "blobs", "samples": 80}, "objective": {"kind": "adversarial", "game": "least_squares"}})), 1, 2)
    for name in offered(run):
        t = taken(run, network=name)
        same_losses(t, 2)
        rows = raw_rows(t, None, 30)
        want = expected(t, None, rows)
        np.testing.assert_allclose(names_of(FORMATS["numpy"].make(t))["answer"](rows), want, atol=1e-12)
        said = said_by(onnx.load_from_string(FORMATS["onnx"].make(t)), feed(t, rows))
        assert np.abs(said.get("probabilities", said["answer"]) - want).max() <= 1e-5 * np.ptp(want)
    assert (t.network, t.answer.names) == ("discriminator", ("made", "true"))


def test_a_program_runs_by_itself(tmp_path):
    run, _ = advance(start(RunConfig()), 1, 3)
    path = tmp_path / "network.py"
    path.write_bytes(FORMATS["numpy"].make(taken(run)))
    said = subprocess.run([sys.executable, path.name], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert not said.stderr and len(said.stdout.splitlines()) == 3 and "orange" in said.stdout + " blue orange"


def test_answers_are_written_token_by_token_as_in_the_lab():
    run, _ = advance(start(RunConfig.model_validate({
        "data": {"source": "answer_turned", "samples": 60, "length": 5}, "objective": {"kind": "sequence"},
        "network": {"layers": [{"kind": "encoder_decoder", "units": 6}]}})), 1, 3)
    t = taken(run)
    names = names_of(FORMATS["numpy"].make(t))
    X = run.data.X_test[:20]
    np.testing.assert_array_equal(names["written"](names["answer"], X), write(run.net, run.state.theta, X))
    assert "writes one token" in onnx.load_from_string(FORMATS["onnx"].make(t)).doc_string


def test_scikit_learn_answers_the_same_or_says_why_not():
    found = own()
    settings = config(found, training={"epochs": 3}, network={"layers": [{"units": 4, "activation": "relu"}]})
    run, _ = advance(start(settings, prepared(found, settings.data.scaling)), 1, 3)
    t, rows = taken(run, found), pupils(50, 9)
    np.testing.assert_allclose(names_of(FORMATS["sklearn"].make(t))["answer"](rows), expected(t, found, rows), atol=1e-12)
    other = taken(start(edited(RunConfig(), {"network.batch_norm": True})))
    assert "batch norm" in FORMATS["sklearn"].why_not(other)
    with pytest.raises(ValueError, match="dense layers only"):
        FORMATS["sklearn"].make(other)


@pytest.mark.parametrize("key", PROGRAMS)
def test_names_in_programs_stay_names(key, nasty):
    t, found = nasty
    if FORMATS[key].why_not(t):
        pytest.skip("not for this network")
    code = FORMATS[key].make(t).decode()
    tree = list(ast.walk(ast.parse(code)))
    called = {node.func.id for node in tree if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "boom" not in called
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    assert not [token for token in tokens if token.type == tokenize.COMMENT and "boom" in token.string]
    literals = {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {column.name for column in t.inputs.columns} | set(t.answer.names) <= literals
    assert not set("\u2028\u2029\u202e") & set(code)
    if key == "numpy":
        np.testing.assert_allclose(names_of(code.encode())["answer"](found.table.frame), expected_on(t, found), atol=1e-12)


def expected_on(t, found):
    return expected(t, found, found.table.frame)


def test_a_notebook_has_all_that_its_cells_call():
    for _, run, found in runs(8, seed=40):
        book = nbformat.reads(FORMATS["notebook"].make(taken(run, found)).decode(), 4)
        trees = [ast.parse(cell.source) for cell in book.cells if cell.cell_type == "code"]
        nodes = [node for tree in trees for node in ast.walk(tree)]
        brought = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
        made = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        made |= {alias.asname or alias.name for alias in brought}
        made |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        given = {arg.arg for node in nodes if isinstance(node, ast.FunctionDef) for arg in node.args.args}
        assert called <= made | given | set(dir(builtins))


def test_names_in_a_notebook_stand_in_code_only_and_as_literals(nasty):
    t, _ = nasty
    book = nbformat.reads(FORMATS["notebook"].make(t).decode(), 4)
    assert not [cell for cell in book.cells if cell.cell_type == "markdown" and "boom" in cell.source]
    for cell in book.cells:
        if cell.cell_type == "code":
            calls = [node.func for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
            assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "boom"]


def test_names_in_onnx_are_the_columns_own_and_never_clash(nasty):
    t, found = nasty
    model = onnx.load_from_string(FORMATS["onnx"].make(t))
    assert [value.name for value in model.graph.input] == [column.name for column in t.inputs.columns]
    rows = found.table.frame
    answer, probabilities = ReferenceEvaluator(model).run(None, feed(t, rows))
    np.testing.assert_allclose(probabilities, expected_on(t, found), atol=1e-5)
    assert set(answer) <= set(t.answer.names)


def test_file_names_have_letters_digits_and_hyphens_only(nasty):
    for format in FORMATS.values():
        assert format.name(nasty[0]).replace("-", "").replace(".", "").isalnum()


def test_a_run_saved_and_opened_gives_the_same_film_to_the_bit():
    first = Recording(RunConfig())
    before = first.frames(None, 8, budget_ms=None)
    first.change(edited(RunConfig(), {"training.learning_rate": 0.1}))
    after = first.frames(int(before.step[-1]), 5, budget_ms=None)
    again = from_json(to_json(first.history, 3)).recording()
    same_film(before, again.frames(None, 8, budget_ms=None))
    same_film(after, again.frames(int(before.step[-1]), 5, budget_ms=None))


def test_a_run_on_a_table_brings_the_table():
    table = from_frame(nasty_table(), "nasty.csv")
    found = fit(table, chosen(table.frame), 0.2, 0)
    settings = config(found, training={"epochs": 3}, network={"layers": [{"units": 3}]})
    first = Recording(settings, prepared(found, settings.data.scaling))
    again = from_json(to_json(first.history, 0, found))
    pd.testing.assert_frame_equal(again.own.table.frame[list(found.preparation.features)],
                                  found.table.frame[list(found.preparation.features)])
    same_film(first.frames(None, 3, budget_ms=None), again.recording().frames(None, 3, budget_ms=None))


def test_a_run_whose_rows_follow_in_time_brings_the_column_that_orders_them():
    rows = np.arange(60.0)
    table = from_frame(pd.DataFrame({"day": rows[::-1], "x": rows % 7, "y": rows % 5}), "days.csv")
    found = fit(table, Preparation(target="y", task="regression", features=("x",), split_by="day"), 0.2, 0)
    settings = config(found, training={"epochs": 2}, network={"layers": [{"units": 3}]})
    again = from_json(to_json([(0, settings)], 0, found))
    np.testing.assert_array_equal(again.own.train, found.train)


def test_a_table_that_is_not_the_one_its_settings_speak_of_is_refused():
    found = own()
    settings = config(found, training={"epochs": 2})
    lying = edited(settings, {"data.table": settings.data.table.model_copy(update={"inputs": 3})})
    with pytest.raises(ValueError, match="another table"):
        from_json(to_json([(0, lying)], 0, found))


def same_film(one, other):
    assert set(one.columns) == set(other.columns)
    for name, values in one.columns.items():
        np.testing.assert_array_equal(values, other.columns[name], err_msg=name)


def damaged():
    good = to_json([(0, RunConfig())], 0)
    content = json.loads(good)
    moons = {"step": 5, "settings": edited(RunConfig(), {"data.source": "moons"}).model_dump(mode="json")}
    yield "other data on its way", json.dumps({**content, "history": [*content["history"], moons]}).encode(), "same data"
    yield "a number that is none", good.replace(b'"shown": 0', b'"shown": NaN'), "holds NaN"
    yield "a huge number", good.replace(b'"shown": 0', b'"shown": ' + b"9" * 5000), "digits"
    yield "a name twice", good.replace(b'"shown": 0', b'"shown": 0, "shown": 0'), "twice"
    yield "not JSON", b"\xff\xfe{", "not JSON"
    yield "nested", b"[" * 100_000, "not JSON"
    yield "other JSON", b"[1, 2]", "no run of this playground"
    yield "another version", json.dumps({**content, "version": 7}).encode(), "version 7"
    yield "cut off", good[:-40], "not JSON"
    yield "changed", good.replace(b'"shown": 0', b'"shown": 1'), "checksum"
    yield "settings out of bounds", good.replace(b'"epochs": 400', b'"epochs": -4'), "damaged at history"
    yield "no settings", json.dumps({**content, "history": []}).encode(), "damaged at history"
    yield "a table too much", json.dumps({**content, "table": {}}).encode(), "damaged"


@pytest.mark.parametrize(("data", "words"), [pytest.param(data, words, id=name) for name, data, words in damaged()])
def test_a_damaged_run_file_is_refused_in_a_sentence(data, words):
    with pytest.raises(ValueError, match=words):
        from_json(data)


def test_what_cannot_be_taken_home_is_said():
    run, _ = advance(start(edited(RunConfig(), {"training.learning_rate": 0.05})), 1, 1)
    broken = run.at(type(run.state)(run.state.theta * np.nan, run.state.memories, run.state.statistics))
    with pytest.raises(ValueError, match="beyond all measure"):
        taken(broken)
    changed = taken(run, history=[(0, run.config), (5, run.config)])
    assert "settings were changed" in why_no_training(changed)
    assert b"settings were changed" in FORMATS["numpy"].make(changed)


def test_dates_and_words_in_order_are_taken_home():
    """Programs read the cells themselves; an ONNX file gets a moment as the numbers that are made of it."""
    rows = range(90)
    columns = {"when": [f"{datetime(2024, 5, 1) + timedelta(hours=7 * i):%Y-%m-%d %H:%M}" for i in rows],
               "mood": [["low", "medium", "high"][i % 3] for i in rows], "passed": [["no", "yes"][i % 3 > 0] for i in rows]}
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    found = fit(from_frame(frame, "days.csv"), Preparation(
        target="passed", task="classification", features=("when", "mood"), moments=("when",), ordered=("mood",)), 0.2, 0)
    settings = config(found, training={"epochs": 2}, network={"layers": [{"units": 3}]})
    run, _ = advance(start(settings, prepared(found, settings.data.scaling)), 1, 1)
    t, cells, moment = taken(run, found), frame.iloc[:5], found.encoder.columns[0]
    odd = [None, "nothing", "12:30", "24 December 2024, 8:15 pm", "3. März 2024", "3/4/24", "2024-02-30"]
    more = pd.DataFrame({"when": pd.Series(odd, dtype="str"), "mood": pd.Series(["low"] * len(odd), dtype="str")})
    both, names = pd.concat([cells, more]), names_of(FORMATS["numpy"].make(t))
    np.testing.assert_allclose(names["answer"](both), trained(run, found).answers(both), atol=1e-12)
    assert names["EXAMPLE"]["when"] == [moment.fill]
    assert "reads dates" in FORMATS["onnx"].note(t)
    given = dict(zip(moment.inputs, moment.encode(cells["when"]).T.tolist(), strict=True)) | {"mood": cells["mood"].tolist()}
    wanted = trained(run, found).answers(cells)
    said = said_by(onnx.load_from_string(FORMATS["onnx"].make(t)), feed(t, pd.DataFrame(given)))
    np.testing.assert_allclose(said["probabilities"], wanted, atol=1e-5)
