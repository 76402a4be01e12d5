"""Tables whose decimal and thousands marks must be told apart, and numbers that stand for gaps."""

from tests.core.awkward import Case, case

CASES: list[Case] = []
WORDS = {"de": ("Ort", "Einwohner", "Betriebe"), "es": ("ciudad", "habitantes", "empresas"), "en": ("town", "people", "firms"),
         "tr": ("şehir", "nüfus", "işyeri"), "it": ("città", "abitanti", "aziende")}  # fmt: skip
TOWNS = ["Adorf", "Bstadt", "Cburg", "Dheim", "Etal"]


def table(columns, delimiter=";"):
    """A text of columns of texts."""
    cells = [[f'"{cell}"' if delimiter in cell else cell for cell in column] for column in columns.values()]
    return "\n".join([delimiter.join(columns), *(delimiter.join(row) for row in zip(*cells, strict=True))]) + "\n"


def town(name, cells, expected, language="de", delimiter=";", asked=None, otherwise=None, report="", **more):
    """Places, such cells, and how many firms."""
    place, people, firms = WORDS[language]
    text = table({place: TOWNS[:len(cells)], people: cells, firms: [str(3 * at + 12) for at in range(len(cells))]}, delimiter)

    def whole(values):
        return {place: TOWNS[:len(cells)], people: values, firms: [3 * at + 12 for at in range(len(cells))]}

    case(f"town_{name}", text, whole(expected), report, asked, None if otherwise is None else whole(otherwise), CASES, **more)


GROUPED, MEANT, SMALL = ["950", "1.234", "12.400", "870", "3.105"], [950, 1234, 12400, 870, 3105], [950, 1.234, 12.4, 870,
                                                                                                    3.105]
# Whole numbers beside groups of three
for language, delimiter in (("de", ";"), ("es", ";"), ("tr", ";"), ("it", "\t"), ("de", "\t"), ("de", "|"), ("de", ","),
                            ("es", ",")):
    town(f"thousands_{language}_{ord(delimiter)}", GROUPED, MEANT, language, delimiter, "two ways", SMALL)
for delimiter in ",;\t|":
    town(f"thousands_en_{ord(delimiter)}", [cell.replace(".", ",") for cell in GROUPED], MEANT, "en", delimiter, "two ways",
         SMALL)
town("thousands_euro", ["1.299 €", "349 €", "89 €", "2.499 €", "1.050 €"], [1299, 349, 89, 2499, 1050],
     asked="as 1299 or as 1.299")
town("thousands_euro_in_front", ["€ 1.299", "€ 349", "€ 89"], [1299, 349, 89], "it", asked="two ways")
town("thousands_negative", ["-950", "-1.234", "870"], [-950, -1234, 870], asked="two ways", otherwise=[-950, -1.234, 870])
town("thousands_with_gaps", ["950", "1.234", "", "n/a", "3.105"], [950, 1234, None, None, 3105], asked="two ways")
town("thousands_with_a_dash", ["950", "1.234", "-", "3.105"], [950, 1234, None, 3105], asked="two ways")
town("thousands_five_digits_only", ["1234", "12.400", "950"], [1234, 12400, 950], "es", asked="two ways")
town("thousands_real_minus", ["950", "−1.234", "870"], [950, -1234, 870], asked="two ways")
# Nothing in doubt
town("thousands_twice", ["950", "1.234.567", "12.400"], [950, 1234567, 12400], report="thousands")
town("thousands_and_decimals", ["950,5", "1.234,25", "12.400"], [950.5, 1234.25, 12400], report="thousands")
town("thousands_space", ["950", "1 234", "12 400"], [950, 1234, 12400], report="thousands")
town("thousands_narrow_space", ["950", "1\u202f234", "12\u00a0400"], [950, 1234, 12400], report="thousands")
town("thousands_swiss", ["950", "1'234", "12’400"], [950, 1234, 12400], report="thousands")
town("decimals_of_two", ["950.25", "1.23", "12.4"], [950.25, 1.23, 12.4])
town("decimals_small", ["0.950", "1.234", "12.400"], [0.95, 1.234, 12.4])
town("lakhs", ["950", "1,23,456", "12,34,567"], [950, 123456, 1234567], "en", report="thousands")
town("lakhs_and_decimals", ["950.50", "1,23,456.25"], [950.5, 123456.25], "en", report="thousands")
# All with three digits behind the mark: the readings are told
town("threes_semicolons", ["1.234", "12.345"], [1.234, 12.345], asked="taken for 1.234", otherwise=[1234, 12345])
town("threes_tabs", ["1.234", "12.345"], [1.234, 12.345], delimiter="\t", asked="taken for 1.234", otherwise=[1234, 12345])
town("threes_commas", ["1,234", "12,345"], [1234, 12345], "en", ",", "taken for 1234", [1.234, 12.345])
town("threes_comma_semicolons", ["1,234", "12,345"], [1.234, 12.345], "de", ";", "taken for 1.234", [1234, 12345])
town("threes_comma_tabs", ["1,234", "12,345"], [1234, 12345], "de", "\t", "taken for 1234", [1.234, 12.345])
town("threes_against_long", ["1.234", "1234", "2345"], [1.234, 1234, 2345], asked='because "1234" has no such mark')
# Another column decides
case("another_column_decides_point", table({"a": GROUPED, "b": ["1.5", "2.5", "3.5", "4.5", "5.5"]}),
     {"a": SMALL, "b": [1.5, 2.5, 3.5, 4.5, 5.5]}, "", "other cells of the table have a decimal point",
     {"a": MEANT, "b": [1.5, 2.5, 3.5, 4.5, 5.5]}, CASES)
case("another_column_decides_comma", table({"a": GROUPED, "b": ["1,5", "2,5", "3,5", "4,5", "5,5"]}),
     {"a": MEANT, "b": [1.5, 2.5, 3.5, 4.5, 5.5]}, "decimal comma", None, None, CASES)
case("a_million_decides", table({"a": GROUPED, "b": ["1.000.000", "2.000.000", "3", "4", "5"]}),
     {"a": MEANT, "b": [1e6, 2e6, 3, 4, 5]}, "thousands", None, None, CASES)
case("times_of_day_do_not_decide", table({"a": GROUPED, "b": ["12.30 Uhr", "8.15 Uhr", "9.00 Uhr", "7.45 Uhr", "6.30 Uhr"]}),
     {"a": MEANT, "b": ["12.30 Uhr", "8.15 Uhr", "9.00 Uhr", "7.45 Uhr", "6.30 Uhr"]}, "", "two ways", None, CASES)
case("two_columns_of_thousands", table({"flaeche": ["650", "2.431", "358"], "preis": ["1.914", "7.345", "1.078"]}),
     {"flaeche": [650, 2431, 358], "preis": [1914, 7345, 1078]}, "", "two ways", {"flaeche": [650, 2.431, 358],
                                                                                  "preis": [1.914, 7.345, 1.078]}, CASES)
for rows in (20, 400):
    case(f"long_thousands_{rows}", table({"x": [f"{at}.{at % 10}00" if at % 3 else str(at) for at in range(1, rows + 1)],
                                          "y": ["ab"[at % 2] for at in range(rows)]}),
         {"x": [1000 * at + at % 10 * 100 if at % 3 else at for at in range(1, rows + 1)], "y": ["ab"[at % 2]
                                                                                                 for at in range(rows)]},
         "thousands", "two ways", None, CASES)
# Numbers that stand for gaps
GROWN = [16.5, 7.5, 17.3, 16.1, 10.7, 16.7, 12.2, 11.9, 15.0, 13.4]


def gap(name, values, asked, gaps, mark, delimiter=","):
    """A column of numbers, asked about a mark; the answer makes gaps of it."""
    y = [at % 4 for at in range(len(values))]
    text = "\n".join(["x" + delimiter + "y", *(f"{value}{delimiter}{at}" for value, at in zip(values, y, strict=True))])
    case(name, text, {"x": values, "y": y}, "", asked, None if gaps is None else {"x": gaps, "y": y}, CASES)


for mark in (-9999, -999, 9999, 99999, -99, 999.9, -1e20):
    for times in (2, 4):
        cells = [*([mark] * times), *GROWN]
        gap(f"sentinel_{mark}_{times}", cells, f"{mark:.15g}".replace("e+", "e+") if mark > -1e19 else "-1e+20",
            [*([None] * times), *GROWN], str(mark))
gap("sentinel_minus_one", [-1, -1, -1, *[v + 20 for v in GROWN]], "-1 stands 3 times", [None, None, None,
                                                                                        *[v + 20 for v in GROWN]], "-1")
gap("sentinel_amid_whole", [999, 999, *range(20, 31)], "999", [None, None, *range(20, 31)], "999")
gap("no_sentinel_once", [-9999, *GROWN], None, None, "-9999")
gap("no_sentinel_near", [17.0, 17.0, *GROWN], None, None, "17")
gap("no_sentinel_in_range", [99, 99, *[v * 10 for v in GROWN]], None, None, "99")
gap("no_sentinel_other_number", [-1234, -1234, *GROWN], None, None, "-1234")
case("gap_written_with_decimals", "x,y\n-99.0,1\n5,2\n-99,3\n", {"x": [None, 5, None], "y": [1, 2, 3]}, '"-99.0"', None, None,
     CASES,
     missing=("-99",))
case("backslash_n", "x,y\n\\N,a\n2,\\N\n3,c\n", {"x": [None, 2, 3], "y": ["a", None, "c"]}, '"\\N" (2)', None, None, CASES)
