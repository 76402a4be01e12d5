"""Names that are hard to tell from values, titles and comments above them, several rows of names, rows of other lengths."""

from tests.core.awkward import Case, case

CASES: list[Case] = []
AB = {"a": [1, 3], "b": [2, 4]}
TRIP = {"name": ["Tom", "Ann"], "trip": ["x", "y"], "cost": [5, 6]}
PLAIN = "name,trip,cost\nTom,x,5\nAnn,y,6\n"


def names(name, text, expected, report="", asked=None, otherwise=None, delimiters=",", **choices):
    """The same table with each of these delimiters."""
    for delimiter in delimiters:
        case(f"{name}_{ord(delimiter)}" if len(delimiters) > 1 else name, text.replace(",", delimiter), expected, report, asked,
             otherwise,
             CASES, **choices)


def spread(first, values, rows=4):
    """A text with a row of names and as many rows of values; values(row, column) gives the cell."""
    columns = len(first.split(","))
    return "\n".join([first, *(",".join(str(values(row, column)) for column in range(columns)) for row in range(rows))]) + "\n"


# Numbers as names
for years in (["2019"], ["2019", "2020", "2022"], ["1990", "2000", "2010", "2020"]):
    got = {"country": ["c0", "c1", "c2", "c3"], **{year: [0.5 + row + at for row in range(4)] for at, year in enumerate(years)}}
    names(f"years_{len(years)}", spread("country," + ",".join(years), lambda row, at: f"c{row}" if at == 0 else row + at - 0.5),
          got,
          delimiters=",;\t")
names("years_over_whole_numbers", "land,2019,2020,2022\na,0,1,2\nb,1,0,2\nc,1,1,0\n",
      {"land": ["a", "b", "c"], "2019": [0, 1, 1], "2020": [1, 0, 1], "2022": [2, 2, 0]}, delimiters=",;\t|")
names("years_alone", "2019,2020\n1,2\n3,4\n", {"2019": [1, 3], "2020": [2, 4]}, "", "read as names",
      {"column 1": [2019, 1, 3], "column 2": [2020, 2, 4]})
names("wavelengths", "sample,400,410,420\ns1,0.1,0.2,0.3\ns2,0.2,0.2,0.1\n",
      {"sample": ["s1", "s2"], "400": [0.1, 0.2], "410": [0.2, 0.2], "420": [0.3, 0.1]}, "", "read as names", delimiters=",;\t")
names("wavelengths_uneven", "sample,400,415,450,503\ns1,0.1,0.2,0.3,1\ns2,0.2,0.2,0.1,2\n",
      {"sample": ["s1", "s2"], "400": [0.1, 0.2], "415": [0.2, 0.2], "450": [0.3, 0.1], "503": [1, 2]}, "", "read as names")
names("pandas_columns", ",0,1,2\n0,27.8,3,1\n1,20.1,4,2\n2,5,6,7\n", {"0": [27.8, 20.1, 5], "1": [3, 4, 6], "2": [1, 2, 7]},
      "numbers the rows", delimiters=",;\t")
names("pandas_columns_own_index", ",0,1\nx,27.8,3\ny,20.1,4\n", {"column 1": ["x", "y"], "0": [27.8, 20.1], "1": [3, 4]},
      "no name")
names("questions_numbered", "pupil,1,2,3\nTom,5,2,1\nAnn,3,3,4\n", {"pupil": ["Tom", "Ann"], "1": [5, 3], "2": [2, 3],
                                                                    "3": [1, 4]}, "",
      "read as names", {"column 1": ["pupil", "Tom", "Ann"], "column 2": [1, 5, 3], "column 3": [2, 2, 3],
                        "column 4": [3, 1, 4]})
# Values that look like names
names("values_before_a_word", "1,2,yes\n3,7,no\n5,1,yes\n9,4,no\n",
      {"column 1": [1, 3, 5, 9], "column 2": [2, 7, 1, 4], "column 3": ["yes", "no", "yes", "no"]}, "no names",
      delimiters=",;\t|")
names("values_iris", "5.1,3.5,setosa\n4.9,3.0,setosa\n6.0,2.2,virginica\n5.8,2.7,virginica\n",
      {"column 1": [5.1, 4.9, 6, 5.8], "column 2": [3.5, 3, 2.2, 2.7], "column 3": ["setosa", "setosa", "virginica",
                                                                                    "virginica"]},
      "no names", delimiters=",;")
names("values_before_a_lonely_word", "1,2,maybe\n3,7,no\n5,1,yes\n9,4,no\n",
      {"column 1": [1, 3, 5, 9], "column 2": [2, 7, 1, 4], "column 3": ["maybe", "no", "yes", "no"]}, "no names")
names("values_behind_a_word", "Tom,5,3\nAnn,6,2\nBob,4,1\n", {"column 1": ["Tom", "Ann", "Bob"], "column 2": [5, 6, 4],
                                                              "column 3": [3, 2, 1]}, "no names")
# A name that is a value too
for rows in (2, 4, 12):
    smoker, sex = ["smoker", "no", "no", "smoker"] * 3, ["m", "f", "m", "f"] * 3
    text = "smoker,sex\n" + "".join(f"{a},{b}\n" for a, b in zip(smoker[:rows], sex[:rows], strict=True))
    names(f"name_is_a_value_{rows}", text, {"smoker": smoker[:rows], "sex": sex[:rows]}, "", "read as names",
          {"column 1": ["smoker", *smoker[:rows]], "column 2": ["sex", *sex[:rows]]}, delimiters=",;")
names("name_is_a_value_over_numbers", "diabetes,age\ndiabetes,50\nnone,40\n", {"diabetes": ["diabetes", "none"],
                                                                               "age": [50, 40]})
names("words_that_all_come_again", "yes,red\nno,blue\nyes,red\nno,red\n",
      {"column 1": ["yes", "no", "yes", "no"], "column 2": ["red", "blue", "red", "red"]}, "no names")
# Titles
for title in ("Report 2023", "Report", "Results of spring, made by us"):
    quoted = f'"{title}"' if "," in title else title
    names(f"title_one_cell_{len(title)}", f"{quoted}\n{PLAIN}", TRIP, "Line 1 above the table")
    names(f"title_padded_{len(title)}", f"{quoted},,\n{PLAIN}", TRIP, "Line 1 above the table")
    names(f"titles_stacked_{len(title)}", f"{quoted},,\nMade in May,,\n{PLAIN}", TRIP, "Lines 1, 2 above the table")
    names(f"title_of_two_columns_{len(title)}", f"{quoted},\na,b\n1,2\n3,4\n", AB, "Line 1 above the table")
    names(f"title_blank_line_{len(title)}", f"{quoted},,\n,,\n{PLAIN}", TRIP, "Line 1 above the table")
names("title_one_cell_short", f"Report, 2023\n{PLAIN}", TRIP, "Line 1 above the table", delimiters=",;\t")
names("title_in_two_cells", f"Report,2023,\n{PLAIN}", TRIP, "Line 1 above the table", "taken for a title", delimiters=",;\t")
names("title_over_two_columns", "Report,2023\nname,cost\nTom,5\nAnn,6\n", {"name": ["Tom", "Ann"], "cost": [5, 6]}, "Line 1",
      "taken for a title", delimiters=",;\t")
names("title_in_the_middle", f",Report,\n{PLAIN}", TRIP, "Line 1 above the table")
names("titles_of_other_widths", f"Report\nSpring, 2023\n{PLAIN}", TRIP, "Lines 1, 2 above the table")
names("title_above_numbers", "Report,,\nland,2019,2020\na,0.5,1\nb,1,0.5\n", {"land": ["a", "b"], "2019": [0.5, 1],
                                                                              "2020": [1, 0.5]},
      "Line 1 above the table")
names("no_title_but_a_gap", "1,\n2,b\n3,c\n", {"column 1": [1, 2, 3], "column 2": [None, "b", "c"]}, "no names")
# Comments
names("names_in_a_comment", "# a,b\n1,2\n3,4\n", AB, delimiters=",;\t")
names("names_in_a_comment_below_another", "# made by hand\n# a,b\n1,2\n3,4\n", AB, "above the table")
names("comment_and_names", "# made by hand, in May\na,b\n1,2\n3,4\n", AB, "above the table")
names("comments_in_the_body", "a,b\n1,2\n# half time\n3,4\n# x, y\n", AB, "2 comments: lines 3, 5")
names("comments_beside_words", "a,b\nx,1\n# noon, rest\ny,2\n" + "z,3\n" * 8, {"a": ["x", "y", *["z"] * 8],
                                                                               "b": [1, 2, *[3] * 8]},
      "1 comment: line 3")
names("colours_are_no_comments", "colour,n\n#ff0000,1\n#00ff00,2\n", {"colour": ["#ff0000", "#00ff00"], "n": [1, 2]})
names("a_name_of_one_sign", "#,score\n1,5\n2,7\n", {"#": [1, 2], "score": [5, 7]})
# Several rows of names
names("groups", ",Height,,Weight,\nname,min,max,min,max\nTom,1,2,3,4\nAnn,2,3,4,5\n",
      {"name": ["Tom", "Ann"], "Height min": [1, 2], "Height max": [2, 3], "Weight min": [3, 4], "Weight max": [4, 5]},
      "sub-names",
      delimiters=",;\t")
names("groups_repeated", "H,H,W,W\nmin,max,min,max\n1,2,3,4\n2,3,4,5\n",
      {"H min": [1, 2], "H max": [2, 3], "W min": [3, 4], "W max": [4, 5]}, "sub-names")
names("groups_with_last_cells_left_out", "name,Height,,Weight\nfull,min,max,min,max\nTom,1,2,3,4\nAnn,2,3,4,5\n",
      {"name full": ["Tom", "Ann"], "Height min": [1, 2], "Height max": [2, 3], "Weight min": [3, 4], "Weight max": [4, 5]},
      "sub-names", delimiters=",;\t")
names("group_over_three", "name,Height,,\n,min,max,mean\nTom,1,2,3\nAnn,2,3,4\n",
      {"name": ["Tom", "Ann"], "Height min": [1, 2], "Height max": [2, 3], "Height mean": [3, 4]}, "sub-names")
for first, second, got in (("time,temp,speed", "s,°C,m/s", ("time (s)", "temp (°C)", "speed (m/s)")),
                           ("time,temp,speed", "[s],[°C],[m/s]", ("time (s)", "temp (°C)", "speed (m/s)")),
                           ("t,n,v", "(s),,(km/h)", ("t (s)", "n", "v (km/h)")),
                           ("Zeit,Kraft,Weg", "ms,N,µm", ("Zeit (ms)", "Kraft (N)", "Weg (µm)")),
                           ("время,сила,путь", "с,Н,м", ("время (с)", "сила (Н)", "путь (м)"))):  # fmt: skip
    names(f"units_{second}", f"{first}\n{second}\n0,20.5,0.5\n1,20.25,1.5\n2,21,3\n",
          {got[0]: [0, 1, 2], got[1]: [20.5, 20.25, 21], got[2]: [0.5, 1.5, 3]}, "holds units", delimiters=",;\t")
names("units_beside_words", "name,age\n,years\nTom,5\nAnn,6\n", {"name": ["Tom", "Ann"], "age (years)": [5, 6]}, "holds units")
names("no_units_but_words", "name,age\nTom,old\nAnn,5\nBob,6\nEva,7\nUte,8\nJan,9\n",
      {"name": ["Tom", "Ann", "Bob", "Eva", "Ute", "Jan"], "age": ["old", "5", "6", "7", "8", "9"]}, "stays text")
names("types_and_roles", "petal,colour,kind\ncontinuous,discrete,discrete\n,,class\n0.5,red,b\n0.25,blue,a\n0.75,red,b\n",
      {"petal": [0.5, 0.25, 0.75], "colour": ["red", "blue", "red"], "kind": ["b", "a", "b"]}, "types for another program",
      delimiters=",\t")
names("types", "x,y\nfloat,int\n0.5,1\n0.25,2\n", {"x": [0.5, 0.25], "y": [1, 2]}, "types for another program")
ASKED = ('Date,Q1,Q2\nDate,How old are you?,"How, and why?"\n'
         '"{""ImportId"":""d""}","{""ImportId"":""q1""}","{""ImportId"":""q2""}"\n')
names("survey_export", ASKED + "2024-01-01,50,1\n2024-01-02,40,2\n", {"Date": ["2024-01-01", "2024-01-02"], "Q1": [50, 40],
                                                                      "Q2": [1, 2]},
      "questions")
names("survey_questions", "id,Q1,Q2\nrow number,How old are you today?,How happy are you?\n1,50,1\n2,40,2\n",
      {"id": [1, 2], "Q1": [50, 40], "Q2": [1, 2]}, "descriptions")
names("two_rows_of_names", "first,second\nhigh,low\n1,2\n3,4\n", {"first (high)": [1, 3], "second (low)": [2, 4]}, "units")
# Rows that are too short or too long
names("a_comma_too_many_behind", "a,b,\n1,2\n3,4\n", AB, "1 cell more", delimiters=",;\t")
names("two_commas_too_many", "a,b,,\n1,2\n3,4\n", AB, "2 cells more")
names("a_comma_too_many_inside", "a,,b,c\n1,2,3\n4,5,6\n", {"a": [1, 4], "b": [2, 5], "c": [3, 6]}, "one too many",
      delimiters=",;")
names("a_name_too_few", "a,b\n1.5,2,3\n3.5,4,5\n", {"column 1": [1.5, 3.5], "a": [2, 4], "b": [3, 5]}, "one name less",
      "It holds numbers", delimiters=",;\t")
names("last_cells_left_out", "a,b,c\n1,2\n1,2,3\n4,5,6\n7,8,9\n", {"a": [1, 1, 4, 7], "b": [2, 2, 5, 8], "c": [None, 3, 6, 9]},
      "without the last cells: line 2", delimiters=",;\t")
names("last_cells_mostly_left_out", "a,b,c\n1,2\n3,4\n5,6\n4,5,6\n", {"a": [1, 3, 5, 4], "b": [2, 4, 6, 5], "c": [None, None,
                                                                                                                  None, 6]},
      "lines 2, 3, 4")
names("footer_of_one_cell", PLAIN + "source: the office\n" * 1 + "Eva,z,7\nUte,x,8\nJan,y,9\n",
      {"name": ["Tom", "Ann", "Eva", "Ute", "Jan"], "trip": ["x", "y", "z", "x", "y"], "cost": [5, 6, 7, 8, 9]},
      "too few cells: line 4")
names("footer_of_words_under_numbers", "a,b,c\n1,2,3\n4,5,6\n7,8,9\n2,3,4\nsum,words\n",
      {"a": [1, 4, 7, 2], "b": [2, 5, 8, 3], "c": [3, 6, 9, 4]}, "too few cells: line 6")
