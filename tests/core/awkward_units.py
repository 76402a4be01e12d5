"""Numbers with something around them: currencies, units, k and millions, brackets, digits of other scripts."""

from tests.core.awkward import Case, case

CASES: list[Case] = []


def number(name, cells, expected, report="taken off", delimiter=";", asked=None, otherwise=None, **choices):
    """A column of these cells beside a column of letters."""
    letters = [chr(97 + i) for i in range(len(cells))]
    rows = "".join(f'"{cell}"{delimiter}{letter}\n' for cell, letter in zip(cells, letters, strict=True))
    case(name, f"value{delimiter}letter\n{rows}", {"value": expected, "letter": letters}, report, asked, otherwise, CASES,
         **choices)


# One unit behind every number
for unit in ("km/h", "°C", "kg", "m", "mm Hg", "m/s²", "W/m²", "µg/m³", "Ω", "l/100km", "ppm", "years", "Stück", "г", "人", "°",
             "‰",
             "dB(A)"[:2], "kWh", "m2", "kg·m", "in.", "lbs"):
    number(f"unit_{unit}", [f"{size} {unit}" for size in ("0", "1.5", "-3", "20")], [0, 1.5, -3, 20])
    number(f"unit_close_{unit}", [f"{size}{unit}" for size in ("0", "1.5", "-3", "20")], [0, 1.5, -3, 20], delimiter=",")
# Currencies, before and behind, with the marks of their countries
MONEY = (("€", ",", "."), ("$", ".", ","), ("£", ".", ","), ("₹", ".", ","), ("R$", ",", "."), ("zł", ",", " "),
         ("TL", ",", "."),
         ("kr", ",", " "), ("EUR", ",", "."), ("US$", ".", ","), ("CHF", ".", "'"), ("Kč", ",", "\u00a0"), ("₺", ",", "."),
         ("¥", ".", ","), ("Rs.", ".", ","), ("₽", ",", "\u202f"))  # fmt: skip
for sign, decimal, thousands in MONEY:
    cells = [f"1{thousands}299{decimal}50", f"349{decimal}00", f"89{decimal}95"]
    number(f"money_behind_{sign}", [f"{cell} {sign}" for cell in cells], [1299.5, 349, 89.95], "thousands")
    number(f"money_before_{sign}", [f"{sign} {cell}" for cell in cells], [1299.5, 349, 89.95], "taken off")
    number(f"money_hard_space_{sign}", [f"{cell}\u00a0{sign}" for cell in cells], [1299.5, 349, 89.95], "taken off")
number("money_negative", ["-€5.50", "€7.25", "€-3.00"], [-5.5, 7.25, -3])
number("money_in_some", ["$12", "7", "$1,000.50"], [12, 7, 1000.5])
number("percent_hard_space", ["12\u00a0%", "7,5\u202f%"], [12, 7.5])
number("percent_mixed_with_unit", ["12 %", "7 kg"], ["12 %", "7 kg"], "mixes the units")
# Thousands and millions in a letter or a word
number("millions_and_thousands", ["€1.5M", "€565K", "€900K"], [1.5e6, 565e3, 900e3], "1,500,000")
number("thousands_k", ["3.0k", "12.5k", "950"], [3000, 12500, 950], "3,000")
number("millions_m", ["1.13M", "0.25M"], [1.13e6, 0.25e6], "1,130,000")
number("thousands_euro_k", ["5 k€", "7.5 k€"], [5000, 7500], "5,000")
number("millions_mixed_b", ["1.2B", "350M", "7.5k"], [1.2e9, 350e6, 7500], "1,200,000,000")
for word, size in (("Mio.", 1e6), ("Mrd.", 1e9), ("Tsd.", 1e3), ("million", 1e6), ("bn", 1e9), ("млн", 1e6), ("тыс.", 1e3),
                   ("万", 1e4),
                   ("lakh", 1e5), ("crore", 1e7), ("mil", 1e3), ("億", 1e8)):  # fmt: skip
    number(f"size_{word}", [f"1.5 {word}", f"2.25 {word}", f"7 {word}"], [1.5 * size, 2.25 * size, 7 * size], "is ")
    number(f"size_money_{word}", [f"1,5 {word} €", f"2,25 {word} €"], [1.5 * size, 2.25 * size], "€ taken off")
# Negative numbers in other ways
number("brackets", ["(100)", "101", "(7.5)"], [-100, 101, -7.5], "brackets stand for negative")
number("brackets_money", ["($100.00)", "$101.50", "$1,000.25"], [-100, 101.5, 1000.25], "negative")
number("brackets_few", ["(3)", *map(str, range(10, 22))], [-3, *range(10, 22)], "negative")
number("all_in_brackets", ["(100)", "(101)"], ["(100)", "(101)"], "")
number("minus_behind", ["100-", "7.5", "3-"], [-100, 7.5, -3], "")
# What is no unit
number("units_mixed", ["5 km", "300 m"], ["5 km", "300 m"], 'mixes the units km, m: "5 km" in line 2, "300 m" in line 3')
number("unit_case_matters", ["5 mW", "3 MW"], ["5 mW", "3 MW"], "mixes the units")
number("unit_in_some", ["5 kg", "7", "8 kg"], ["5 kg", "7", "8 kg"], 'others have none: "5 kg" in line 2, "7" in line 3')
number("plural", ["1 year", "2 years", "10 years"], [1, 2, 10])
number("halves_of_the_day", ["5pm", "7pm", "12pm"], ["5pm", "7pm", "12pm"], "")
number("order", ["1st", "2nd", "3rd"], ["1st", "2nd", "3rd"], "")
number("classes_of_a_school", ["5a", "5b", "6a"], ["5a", "5b", "6a"], "")
number("codes_with_a_letter", ["A10", "A11", "A12"], ["A10", "A11", "A12"], None)
number("codes_with_zeros", ["007 x", "008 x"], ["007 x", "008 x"], "")
number("times_with_a_unit", ["12:30 h", "1:05 h"], ["12:30 h", "1:05 h"], "")
number("kept_as_text", ["5 kg", "7 kg"], ["5 kg", "7 kg"], "", texts=("value",))
number("feet_and_inches", ["5'1", "5'11\"\"", "6'0"], [61, 71, 72], "61 inches")
# Digits of other scripts
SCRIPTS = {"arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹", "devanagari": "०१२३४५६७८९", "bengali": "০১২৩৪৫৬৭৮৯",
           "wide": "０１２３４５６７８９",
           "thai": "๐๑๒๓๔๕๖๗๘๙"}  # fmt: skip
for script, digits in SCRIPTS.items():
    other = str.maketrans("0123456789", digits)
    number(f"digits_{script}", [cell.translate(other) for cell in ("150", "27", "3")], [150, 27, 3], "another script")
    number(f"digits_{script}_decimals", [cell.translate(other) for cell in ("150.5", "27.25", "0.75")], [150.5, 27.25, 0.75],
           "another script", delimiter="\t")
number("arabic_marks", ["١٬٥٠٠٫٥", "٢٧٫٢٥"], [1500.5, 27.25], "another script")
number("arabic_percent", ["٥٠٪", "٢٧٪"], [50, 27], "taken off")
# The name before every number
case("named_cells", "Temp:20.0,Hum:40\nTemp:20.5,Hum:41\nTemp:21.0,Hum:43\n", {"Temp": [20, 20.5, 21], "Hum": [40, 41, 43]},
     "begins with the name", None, None, CASES)
case("named_cells_tabs", "t=1\tv=-2.5\nt=2\tv=3\n", {"t": [1, 2], "v": [-2.5, 3]}, "begins with the name", None, None, CASES)
case("named_cells_odd", "a:1,b:2\na:2,b:3\na:3,c:4\n", {"column 1": ["a:1", "a:2", "a:3"], "column 2": ["b:2", "b:3", "c:4"]},
     "", "", None,
     CASES)
case("rupees_beside_codes", 'item,price,qty\nA10,"₹20,299.00",10\nA11,"₹1,21,299.50",11\n',
     {"item": ["A10", "A11"], "price": [20299, 121299.5], "qty": [10, 11]}, "₹ taken off", None, None, CASES)

# Days of a month are no numbers with a unit
for month in ("May", "Mai", "mars", "dic.", "Sept."):
    days = [f"{day} {month}" for day in (3, 12, 27)]
    case(f"days_of_{month}", "day,letter\n" + "".join(f"{day},{letter}\n" for day, letter in zip(days, "abc", strict=True)),
         {"day": days, "letter": ["a", "b", "c"]}, "", None, None, CASES)
