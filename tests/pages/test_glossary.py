"""The glossary: where a page first uses a word it is a link to its meaning, and nothing else is changed by that."""

import re

import pytest
from streamlit import delta_generator
from streamlit.proto.Element_pb2 import Element

from tests.pages.test_lesson_form import ideas
from tests.pages.visit import opened, plain
from ui import marking
from ui.glossary import BY_FORM, CHAPTERS, GLOSSARY
from ui.marking import marked
from ui.shell import PAGES
from ui.text import markdown

NAMES = [name for section in PAGES.values() for name, _, _ in section if name != "glossary"]
FREE = ("play/your_data", "play/check", "play/lesson")
"""Pages that open without any of these words."""
LINK = re.compile(r"\[([^\]]+)\]\(#word-([a-z0-9-]+)\)")
HIDDEN = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|\[[^\]]*\]\([^)]*\)|:[\w/-]+:|^#+ [^\n]*",
                    re.DOTALL | re.MULTILINE)


@pytest.fixture
def marks(monkeypatch):
    """Pages as the app writes them."""
    monkeypatch.setattr(delta_generator, "_enqueue_message", delta_generator._enqueue_message)
    marking.guard()


def test_every_word_is_there_once_and_leads_to_an_idea_that_there_is():
    assert len(BY_FORM) == sum(len(word.forms) for word in GLOSSARY)
    assert len({word.key for word in GLOSSARY}) == len(GLOSSARY)
    assert [word.name for word in GLOSSARY if word.name in CHAPTERS] == list(CHAPTERS) and GLOSSARY[0].name in CHAPTERS
    for word in GLOSSARY:
        page, _, idea = word.more.partition("/")
        assert idea in ideas(page), word.more
        assert word.meaning.endswith(".") and len(word.meaning.split()) <= 55, word.name


@pytest.mark.parametrize("name", NAMES)
def test_where_a_page_first_uses_a_word_it_is_a_link_to_its_meaning(marks, name):
    linked: set[str] = set()
    page = opened(name.split("/")[-1] if name != "home" else None)
    for element in (element for element in page.main if element.type in ("markdown", "caption")):
        links = {key for _, key in LINK.findall(element.value)}
        assert all(BY_FORM[text.lower()].key == key for text, key in LINK.findall(element.value))
        rest = HIDDEN.sub(" ", LINK.sub(lambda found: f" {'_' * len(found.group(1))} ", element.value))
        bare = {BY_FORM[found.lower()].key for found in marking._WORD.findall(rest)}
        assert bare <= linked | links, (bare - linked - links, element.value)
        linked |= links
    assert linked or name in FREE


def test_a_word_is_marked_once_and_where_it_stands_first():
    met = {}
    assert marked("A unit, two units.", (0, 3), met) == "A [unit](#word-unit), two units."
    assert marked("The unit again.", (0, 4), met) == "The unit again."
    assert marked("Above both, a unit.", (0, 1), met) == "Above both, a [unit](#word-unit)."
    assert marked("A unit, two units.", (0, 1), met).count("](#word-") == 1, "run again by itself, it is as it was"


@pytest.mark.parametrize("text", ["`weight`", "$weight$", "[weight](x)", ":material/weight:", "## Weight", "```\nweight\n```",
                                  "overweight", "weight-lifting", "the Gradient lab", "weights_2", markdown("weight"),
                                  markdown("Learning rate, loss")])
def test_what_is_no_word_of_ours_stays_as_it_is(text):
    assert marked(text, (0,), {}) == text


@pytest.mark.parametrize("form", BY_FORM)
def test_a_visitors_word_is_none_of_ours_and_is_copied_as_it_was(form):
    escaped = markdown(f"my {form}, {form.upper()}s")
    assert marked(escaped, (0,), {}) == escaped and plain(escaped) == f"my {form}, {form.upper()}s"
    assert "\u2060" not in escaped


def test_letters_that_only_look_alike_without_case_are_no_word_of_ours():
    for name in ("bıas", "ſeed"):
        assert marked(name, (0, 1), {}) == name
        element = Element()
        element.slider.label = name
        marking.explain(element)
        assert element.slider.help == ""


def test_the_longer_of_two_words_is_meant():
    assert marked("a hidden layer", (0,), {}) == "a [hidden layer](#word-hidden-layer)"


def test_the_page_says_every_meaning_and_marks_none(marks):
    said = " ".join(element.value for element in opened("glossary").main.markdown)
    assert all(word.meaning in said for word in GLOSSARY) and "#word-" not in said


def test_a_control_of_the_sidebar_says_what_the_words_of_its_label_mean(marks):
    page = opened("playground")
    helps = {one.label: one.help for kind in ("select_slider", "slider", "selectbox") for one in page.sidebar.get(kind)}
    rate = BY_FORM["learning rate"].meaning
    assert helps["Learning rate"].endswith(rate) and len(helps["Learning rate"]) > len(rate), "below its own help"
    assert not any(word.meaning in helps["Noise"] for word in GLOSSARY)
