"""Made names: the rule that they keep, how they are asked for letter by letter, and names that a network makes."""

from dataclasses import replace

import numpy as np
import pytest

from ann_core import advance, start
from ann_core.data import SEQUENCES, load
from ann_core.data.made.names import CONSONANTS, END, GROUPS, LETTERS, LONGEST, by_rule, entropy, fault
from ann_core.judge.names import learned_from, make, tally
from ann_core.lab.attention_openers import GRU, OPENERS
from ann_core.lab.attention_twins import fitted, kind, kinds, names, transformer
from ann_core.nn.activations import softmax
from ann_core.nn.attention_kinds import TransformerConfig
from ann_core.run.link import edited

TASK = SEQUENCES["names"]


def begun(layers=None, **changes):
    own = {} if layers is None else {"network.layers": fitted(layers, "names")}
    return start(edited(OPENERS["names"].twins[0], {"data.samples": 200, **own, **changes}))


def test_names_keep_the_rule_and_none_comes_twice():
    run = begun()
    drawn = TASK.drawn(run.config.data)
    assert len({*drawn}) == len(drawn) == 200 and not any(map(fault, drawn)) and max(map(len, drawn)) <= LONGEST
    assert learned_from(run) == {*drawn[:180]}
    ends = np.mean([name[-1] in CONSONANTS for name in drawn])
    assert 0.35 < ends < 0.65 and {len(name) // 2 for name in drawn} == {2, 3, 4}


@pytest.mark.parametrize(("name", "why"), [
    ("benil", ""), ("kalusor", ""), ("beno", "both groups"), ("be", "two to four"), ("benilbenilbe", "two to four"),
    ("bein", "two to four"), ("benid", "two to four"), ("", "two to four")])
def test_what_breaks_the_rule_is_said(name, why):
    assert why in fault(name) and bool(why) == bool(fault(name))


def test_what_nobody_can_do_without_is_the_mean_surprise_of_a_letter():
    rng, nats, letters = np.random.default_rng(0), 0.0, 0
    for name in (by_rule(rng) for _ in range(4000)):
        group = next(group for group in GROUPS if {*group} & {*name})
        nats += np.log(2 * 3 * 2) + len(name) // 2 * np.log(12 * len(group)) + len(name) % 2 * np.log(4)
        letters += len(name) + 1
    assert nats / letters == pytest.approx(entropy(), rel=0.01)


def test_every_step_asks_for_the_letter_that_the_next_one_is_given():
    data = load(begun().config.data)
    X, y = data.X_train, data.y_train
    assert not X[:, 0].any() and (X.sum(-1)[:, 1:] == (y[:, :-1] >= 0) * (y[:, :-1] != len(LETTERS))).all()
    shown = X.argmax(-1)[:, 1:][X.any(-1)[:, 1:]]
    assert (shown == y[:, :-1][X.any(-1)[:, 1:]]).all()
    assert ((y == len(LETTERS)).sum(1) == 1).all()  # one end each, and nothing is asked behind it
    assert TASK.spelt(y) == TASK.drawn(begun().config.data)[:180]


@pytest.mark.parametrize("layers", [transformer(), GRU])
def test_a_letters_probability_is_that_after_the_letters_before_it(layers):
    run, _ = advance(begun(layers), 1, steps_per_frame=4)
    for made in make(run, "ka", count=3, temperature=1.0):
        X, _ = TASK.encode([made.name[:LONGEST]])
        Z = run.net.forward(run.net.parameters.rows(run.state.theta), X)[0][0]
        after = softmax(Z)[2:2 + len(made.tokens)]
        wanted = [(*LETTERS, END).index(token) for token in made.tokens]
        np.testing.assert_allclose(made.sure, after[range(len(wanted)), wanted], rtol=1e-9)
        assert made.name.startswith("ka") and made.name == "ka" + "".join(made.tokens).removesuffix(END)
    likeliest, = make(run, "", 1, 0.0)
    assert {one.name for one in make(run, "", 5, 1e-6)} == {likeliest.name}
    assert len({one.name for one in make(run, "", 50, 2.0)}) > 40


def test_what_cannot_begin_a_name_is_said():
    run = begun()
    for begin, words in (("qa", "never seen q"), ("ba ba", "never seen"), ("babababababa", "longest names have 9 letters; 12")):
        with pytest.raises(ValueError, match=words):
            make(run, begin)
    assert make(run, " Ba ", 1)[0].name.startswith("ba") and make(run, "babababab", 1)[0].name.startswith("babababab")
    with pytest.raises(ValueError, match="beyond all measure"):
        make(run.at(replace(run.state, theta=np.full_like(run.state.theta, np.nan))))


def test_networks_for_names_do_not_look_ahead():
    ahead = fitted(transformer(TransformerConfig(causal=False)), "names")
    assert all(layer.causal for layer in ahead if isinstance(layer, TransformerConfig)) and kind(fitted(GRU, "names")) == "gru"
    assert kinds("names") == ("transformer", "gru") and kind(fitted(GRU, "reverse")) == "transformer"
    assert names(OPENERS["few_names"].twins) == ["Transformer", "GRU"]


def test_copied_names_are_counted():
    run = begun()
    known = sorted(learned_from(run))[:3]
    made = [replace(one, name=name, tokens=(END,)) for one, name in zip(make(run, "", 4), [*known, "zuzuzuzun"], strict=True)]
    found = tally(run, made)
    assert found.kept == 1 and found.copied == 0.75 and found.by_chance < 0.05
