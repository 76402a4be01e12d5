"""Files from before Unicode: the encoding is found, or asked about with some of its words."""

import pytest

from ann_core.data.table.letters import SURE, decoded, guesses
from ann_core.data.table.reading import read_table
from tests.core.letters import WORDS, made

PAIRS = [(language, encoding) for language, (_, encodings) in WORDS.items() for encoding in encodings]


@pytest.mark.parametrize("letters, least", [(200, 0.95), (30, 0.95), (10, 0.9)])
def test_most_files_are_read_right_and_none_wrong_in_silence(letters, least):
    right = total = doubted = 0
    for language, encoding in PAIRS:
        for seed in range(3):
            text, data = made(language, encoding, letters, seed, names=seed % 2 == 0)
            best, *others = guesses(data)
            good = decoded(data, best.encoding) == text
            asked = any(best.score - other.score < SURE and decoded(data, other.encoding) == text for other in others[:3])
            assert good or asked, (language, encoding, best)
            right, total, doubted = right + good, total + 1, doubted + asked
    assert right >= least * total and doubted <= 0.1 * total


@pytest.mark.parametrize("language, encoding", PAIRS)
def test_a_table_in_any_encoding_is_read(language, encoding):
    text, data = made(language, encoding, 200)
    table = read_table(data, "x")
    words = " ".join(str(cell) for name in table.frame for cell in (name, *table.frame[name]))
    assert text.split("\n")[1].split(",")[0] in words


def test_a_doubt_shows_three_words_of_each_reading():
    data = "a,b,c\naprès mère,95.0,qualité\n".encode("cp1252")
    table = read_table(data, "x")
    asked, = table.report.questions
    assert '"après", "mère", "qualité"' in asked.sentence
    (words, choices), *_ = asked.answers
    assert words == "Central European (Windows): aprčs, mčre, qualité"
    assert read_table(data, "x", choices).frame["a"].tolist() == ["aprčs mčre"]
