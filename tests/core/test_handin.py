"""Results that are handed in: their code says what was set, and the check tells what is so from what was changed."""

import random
from dataclasses import replace

import pytest
from pydantic import ValidationError

from ann_core import RunConfig
from ann_core.base.packed import check_of
from ann_core.data.table.prepare import prepared
from ann_core.handin.check import a_bit_off, check, verdict
from ann_core.handin.code import BEGIN, read, written
from ann_core.handin.marks import ONLY, Mark, replayed, steps_of
from ann_core.handin.spelled import settings_in_words
from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from ann_core.lab.openers import OPENERS
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.run.link import CHANGED, edited, flatten
from ann_core.run.run import start
from tests.core import own_tables

PAGES = {"playground": OPENERS, "convolution": convolution_openers.OPENERS, "autoencoder": autoencoder_openers.OPENERS,
         "gan": gan_openers.OPENERS, "gradient lab": LAB_OPENERS, "recurrence": recurrence_openers.OPENERS,
         "attention": attention_openers.OPENERS}
ROUND_TRIPS = 70


def quick(config: RunConfig, **changes) -> RunConfig:
    """The same with little work."""
    return edited(config, {"training.epochs": 2, "data.samples": 60, **changes})


def settings(page: str) -> list[RunConfig]:
    found = []
    for opener in PAGES[page].values():
        found += getattr(opener, "twins", None) or [opener.config]
    return found


def handed_in(config: RunConfig, data=None, epochs: int | None = None, shaken: bool = False, preparation=None):
    """What a code says of a run to its end. shaken: with first weights that differ in the last bit"""
    first = start(config, data, without=ONLY)
    if shaken:
        first = first.at(replace(first.state, theta=a_bit_off(first.state.theta, 99)))
    last = config.training.steps(first.setup.rows) * (config.training.epochs if epochs is None else epochs)
    marks = replayed(first, [(0, config)], steps_of(last))
    return read(written([(0, config)], marks, preparation))


def changed(handed, place: int, name: str, factor: float):
    mark = handed.marks[place]
    marks = list(handed.marks)
    marks[place] = mark.model_copy(update={"values": {**mark.values, name: mark.values[name] * factor}})
    return handed.model_copy(update={"marks": tuple(marks)})


def random_settings(rng: random.Random, page: str) -> RunConfig:
    """Settings of a page with a few of them changed to something else that fits."""
    config = quick(rng.choice(settings(page)), seed=rng.randrange(1000))
    others = flatten(rng.choice(settings(page)))
    for path in rng.sample(sorted(others.keys() - CHANGED), 4):  # those rows are empty in all of them
        if not path.startswith("data.s"):
            try:
                config = quick(edited(config, {path: others[path]}))
            except ValidationError:
                continue
    return config


@pytest.mark.parametrize("part", range(len(PAGES)))
def test_random_settings_of_all_kinds_come_back_and_verify(part):
    rng, page = random.Random(part), list(PAGES)[part]
    for _ in range(-(-ROUND_TRIPS // len(PAGES))):
        config = random_settings(rng, page)
        handed = handed_in(config)
        assert handed.config == config
        assert check(handed).state == "verified", (check(handed), config)


@pytest.mark.parametrize("page", PAGES)
def test_a_changed_figure_never_verifies(page):
    handed = handed_in(quick(settings(page)[0], **{"training.epochs": 3}))
    for place, factor in ((0, 1.01), (-1, 0.99)):
        for name, value in handed.marks[place].values.items():
            assert not value or check(changed(handed, place, name, factor)).state == "differs"


def test_changed_settings_never_verify():
    config = quick(RunConfig(), **{"training.epochs": 30})
    handed = handed_in(config)
    for path, value in {"seed": 1, "training.learning_rate": 0.021, "data.noise": 0.11, "data.samples": 61,
                        "training.optimizer": "sgd", "training.l2": 0.001}.items():
        other = handed.history[0].model_copy(update={"settings": edited(config, {path: value})})
        assert check(handed.model_copy(update={"history": (other,)})).state == "differs", path


def test_what_another_processor_changes_is_not_held_against_a_student():
    calm = edited(RunConfig(), {"training.epochs": 60, "data.samples": 200})
    wild = edited(calm, {"training.learning_rate": 0.1, "training.epochs": 200})
    assert {check(handed_in(edited(calm, {"seed": seed}), shaken=True)).state for seed in range(20)} == {"verified"}
    told = [check(handed_in(edited(wild, {"seed": seed}), shaken=True)) for seed in range(6)]
    assert {one.state for one in told} <= {"in part", "verified"} and any("last bit" in one.sentence for one in told)


def test_settings_that_changed_on_the_way_are_part_of_the_code():
    before = quick(RunConfig(), **{"training.epochs": 30})
    after = edited(before, {"training.learning_rate": 0.2})
    first = start(before, without=ONLY)
    turn = 10 * before.training.steps(first.setup.rows)
    history = [(0, before), (turn, after)]
    handed = read(written(history, replayed(first, history, steps_of(3 * turn))))
    assert [(one.step, one.settings) for one in handed.history] == history
    assert check(handed).state == "verified"
    assert check(handed.model_copy(update={"history": handed.history[:1]})).state == "differs"


def test_a_run_that_has_not_begun_is_what_it_is():
    handed = handed_in(RunConfig(), epochs=0)
    assert [mark.step for mark in handed.marks] == [0] and check(handed).state == "verified"


def test_another_epoch_is_told():
    handed = handed_in(quick(RunConfig(), **{"training.epochs": 3}))
    marks = tuple(mark.model_copy(update={"epoch": 1000 * mark.epoch}) for mark in handed.marks)
    assert check(handed.model_copy(update={"marks": marks})).state == "differs"
    assert "at epoch 3." in check(handed).sentence


def test_a_score_is_named_as_what_it_is():
    handed = handed_in(quick(settings("autoencoder")[0]))
    assert "squared error" in check(handed).score and "accuracy" in check(handed_in(quick(RunConfig()))).score


def test_a_tables_run_needs_its_table():
    own = own_tables.own()
    config = own_tables.config(own, training={"epochs": 5})
    handed = handed_in(config, prepared(own, config.data.scaling, config.data.plane), preparation=own.preparation)
    assert check(handed, [own.table]).state == "verified"
    assert "pupils" in (away := check(handed)).sentence and away.state == "not run"
    other = own_tables.own(own_tables.pupils(seed=1))
    assert check(handed, [other.table]).state == "not run"


def test_a_run_that_diverged_verifies_as_what_it_is():
    config = quick(RunConfig(), **{"training.optimizer": "sgd", "training.learning_rate": 100.0, "data.source": "sine",
                                   "network.layers": [{"units": 4, "activation": "relu"}] * 3})
    assert check(handed_in(config, epochs=2)).state in ("verified", "in part")


CODE = written([(0, RunConfig())], [Mark(step=1, epoch=1.0, values={"train_loss": 0.5})])


@pytest.mark.parametrize("code", [
    "", "NP1", "NP1..", "NP1.abc.def", CODE[:-1], CODE[:-8] + "A" + CODE[-7:], CODE.replace("NP1", "NP2"), "x" * 200_000,
    CODE.replace("NP1", "NP²"), "NP1.é.000000", "<script>alert(1)</script>"])
def test_what_is_no_code_is_refused_in_a_sentence(code):
    with pytest.raises(ValueError, match=r"[.]$"):
        read(code)


def test_a_code_survives_line_breaks_and_spaces():
    assert read(" \n".join(CODE[i:i + 40] for i in range(0, len(CODE), 40))).config == RunConfig()
    assert CODE.startswith(BEGIN) and len(CODE) < 250


@pytest.mark.parametrize("change", [
    {"h": []}, {"h": [[5, {}]]}, {"h": [[0, {}], [0, {}]]}, {"m": []}, {"m": [[-1, 0.1, 1.0]]}, {"h": [[0, {"seed": "x"}]]},
    {"h": [[0, {"training": {"epochs": 10**9}}]]}, {"h": [[0, {"unknown": 1}]]}, {"h": 5}, {"n": ["a"] * 50}, {"m": [["x"]]},
    {"h": [[0, {"network": {"layers": [{"units": 10**6}]}}]]}, {"h": [[0, {"=data": []}]]}, {"p": {"target": "a"}},
    {"m": [[1, float("inf"), 0.5]]}, {"h": [[k, {}] for k in range(300)]}])
def test_a_code_with_absurd_content_is_refused(change):
    content = {"h": [[0, {}]], "m": [[1, 1.0, 0.5]], "n": ["train_loss"], **change}
    import json
    import zlib
    from base64 import urlsafe_b64encode
    body = urlsafe_b64encode(zlib.compress(json.dumps(content).encode())).decode().rstrip("=")
    with pytest.raises(ValueError, match=r"[.]$"):
        read(f"NP1.{body}.{check_of(body)}")


def test_a_code_that_unpacks_to_much_is_refused():
    import zlib
    from base64 import urlsafe_b64encode
    body = urlsafe_b64encode(zlib.compress(b"[" * 60_000_000)).decode().rstrip("=")
    with pytest.raises(ValueError):
        read(f"NP1.{body}.{check_of(body)}")


def test_the_verdict_says_where_it_cannot_tell():
    def mark(step, loss):
        return Mark(step=step, epoch=float(step), values={"train_loss": loss})
    said = [mark(1, 0.5), mark(2, 0.4)]
    assert verdict(said, said, [said])[0] == "verified"
    state, sentence = verdict([mark(1, 0.5), mark(2, 0.9)], said, [said, [mark(1, 0.5), mark(2, 0.6)]])
    assert state == "in part" and "Agrees up to epoch 1." in sentence
    assert verdict([mark(1, 0.6), mark(2, 0.4)], said, [said])[0] == "differs"
    assert verdict([*said, mark(3, 0.1)], said, [said])[0] == "differs"


def test_settings_are_told_in_words():
    told = dict(settings_in_words(edited(RunConfig(), {"training.l2": 0.01, "data.source": "circles"})))
    assert told["Layers"] == "8 tanh → 8 tanh → 6 tanh" and told["Data"] == "Circles" and told["Learning rate"] == "0.02"
    assert any("L2" in label for label in told) and all(told.values())
