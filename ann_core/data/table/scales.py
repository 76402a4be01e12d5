"""Words that stand in an order: which words these are, and what that order is."""

import re
from collections.abc import Sequence

from ann_core.data.table.calendar_names import of_the_calendar

SCALES = tuple(tuple(line.split(", ")) for line in """
no, yes
nein, ja
non, oui
no, sí
strongly disagree, disagree, somewhat disagree, slightly disagree, neutral, neither agree nor disagree, undecided\
, slightly agree, somewhat agree, agree, strongly agree
stimme gar nicht zu, stimme überhaupt nicht zu, stimme nicht zu, stimme eher nicht zu, teils/teils, teils teils, weder noch\
, neutral, stimme eher zu, stimme zu, stimme voll zu, stimme voll und ganz zu
pas du tout d'accord, pas d'accord, plutôt pas d'accord, neutre, ni d'accord ni pas d'accord, plutôt d'accord\
, d'accord, tout à fait d'accord
totalmente en desacuerdo, muy en desacuerdo, en desacuerdo, neutral, ni de acuerdo ni en desacuerdo, de acuerdo\
, muy de acuerdo, totalmente de acuerdo
never, almost never, very rarely, rarely, seldom, occasionally, sometimes, often, frequently, usually\
, very often, almost always, always
nie, fast nie, selten, manchmal, gelegentlich, oft, häufig, meistens, sehr oft, fast immer, immer
jamais, rarement, parfois, souvent, toujours
nunca, rara vez, a veces, a menudo, siempre
very dissatisfied, dissatisfied, neutral, satisfied, very satisfied
very unlikely, unlikely, neutral, likely, very likely
not at all, a little, slightly, somewhat, moderately, very, very much, extremely
very bad, bad, poor, fair, average, ok, good, very good, excellent
terrible, poor, below average, average, above average, good, great, excellent
sehr schlecht, schlecht, mangelhaft, ausreichend, mittel, befriedigend, gut, sehr gut, ausgezeichnet
none, low, medium, moderate, high, very high
very low, low, medium, high, very high
niedrig, mittel, hoch
gering, mittel, hoch
klein, mittel, groß
small, medium, large, extra large
tiny, small, medium, large, huge
xxs, xs, s, m, l, xl, xxl, xxxl
cold, cool, mild, warm, hot
kalt, kühl, mild, warm, heiß
slow, medium, fast
short, medium, long
light, medium, heavy
young, middle-aged, old
child, teenager, adult, senior
none, mild, moderate, severe
easy, medium, hard
easy, moderate, difficult
beginner, intermediate, advanced, expert
primary, secondary, bachelor, master, doctorate
high school, bachelor, master, phd
f, e, d, d+, c-, c, c+, b-, b, b+, a-, a, a+
first, second, third, fourth, fifth
bronze, silver, gold, platinum
""".strip().splitlines())
"""Low to high. Where all of a column's words stand on one line, that is their order."""
STATED = 3
"""From so many different words on a scale is more than a pair, and its steps may count."""


def scale_of(words: Sequence[str]) -> tuple[str, ...] | None:
    """The words in the order of a scale on which all of them stand; None where there is none."""
    return _along(words, (*SCALES, *of_the_calendar()))


def counts(words: Sequence[str]) -> bool:
    """Whether these words are steps from less to more, so that one number can stand for them. Days and months come round."""
    return len(words) >= STATED and _along(words, SCALES) is not None


def _along(words: Sequence[str], scales: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    if all(re.fullmatch("[A-Fa-f]", word) for word in words):  # groups are called so as often as marks are
        return None
    plain = {word: re.sub(r"\s+", " ", word.replace("’", "'").strip().strip(".")).casefold() for word in words}
    if len(set(plain.values())) < len(words):
        return None
    scale = next((scale for scale in scales if set(plain.values()) <= set(scale)), None)
    return None if scale is None else tuple(sorted(words, key=lambda word: scale.index(plain[word])))
