"""Quotation marks that stray, are escaped in another way or belong to the cells; cells over several lines."""

from tests.core.awkward import Case, case

CASES: list[Case] = []


def quotes(name, text, expected, report="", asked=None, delimiters=",", **choices):
    """The same table with each of these delimiters."""
    for delimiter in delimiters:
        case(f"{name}_{ord(delimiter)}" if len(delimiters) > 1 else name, text.replace(",", delimiter), expected, report, asked,
             None, CASES,
             **choices)


# Escaped by a backslash
quotes("escaped_at_the_end", 'a,b,c\n"x 48\\"","y z",1\n"w","u v",2\n', {"a": ['x 48"', "w"], "b": ["y z", "u v"], "c": [1, 2]},
       "marks inside", delimiters=",;\t|")
quotes("escaped_before_a_comma", 'a,b,c\n"x 48\\"","y, z",1\n"w","u, v",2\n', {"a": ['x 48"', "w"], "b": ["y, z", "u, v"],
                                                                               "c": [1, 2]},
       "marks inside")
quotes("escaped_inside", 'a,b\n"say \\"hi\\" to me",1\n"no",2\n', {"a": ['say "hi" to me', "no"], "b": [1, 2]}, "marks inside",
       delimiters=",;\t")
quotes("a_folder_is_no_escape", 'a,b\n"C:\\dir\\",1\n"D:\\",2\n', {"a": ["C:\\dir\\", "D:\\"], "b": [1, 2]}, delimiters=",;")
quotes("doubled_in_many", "a,b\n" + '"say ""hi"", you",1\n' * 3, {"a": ['say "hi", you'] * 3, "b": [1, 1, 1]})
# Single marks
quotes("single_with_a_comma", "a,b\n'x, y',1\n'z',2\n", {"a": ["x, y", "z"], "b": [1, 2]}, "single quotation marks")
quotes("single_with_a_semicolon", "a;b\n'x; y';1,5\n'z; w';2,5\n", {"a": ["x; y", "z; w"], "b": [1.5, 2.5]},
       "single quotation marks")
quotes("single_everywhere", "'a','b'\n'1','x'\n'2','y'\n", {"a": [1, 2], "b": ["x", "y"]}, "single quotation marks",
       delimiters=",;\t")
quotes("single_amid_words", "a,b\nit's,1\no'clock,2\n", {"a": ["it's", "o'clock"], "b": [1, 2]})
quotes("single_in_front_only", "a,b\n'tis,1\n'twas,2\n", {"a": ["'tis", "'twas"], "b": [1, 2]})
# Marks that belong to the cells
quotes("bare_in_tabs", 'n\ttitle\n0\t"A\n0\tB"\n1\tC\n2\tD\n', {"n": [0, 0, 1, 2], "title": ['"A', 'B"', "C", "D"]},
       "belong to the cells")
quotes("bare_in_tabs_three", 'n\ttitle\tx\n0\t"A\ta\n1\tB\tb\n2\tC"\tc\n',
       {"n": [0, 1, 2], "title": ['"A', "B", 'C"'], "x": ["a", "b", "c"]}, "belong to the cells")
quotes("bare_in_tabs_unclosed", 'n\ttitle\n0\t"A\n1\tB\n', {"n": [0, 1], "title": ['"A', "B"]}, "belong to the cells")
quotes("bare_and_whole_in_tabs", 'n\ttitle\n0\t"A\n1\t"B"\n2\tC"\n', {"n": [0, 1, 2], "title": ['"A', "B", 'C"']},
       "belong to the cells")
quotes("whole_in_tabs", 'n\ttitle\n0\t"A B"\n1\t"C\tD"\n', {"n": [0, 1], "title": ["A B", "C D"]}, "")
quotes("chosen_none", 'a,b\n"x,1\ny,2\n', {"a": ['"x', "y"], "b": [1, 2]}, "belong to the cells", quote="")
quotes("inch_marks", 'a,b\n5" pipe,1\n12" disc,2\n', {"a": ['5" pipe', '12" disc'], "b": [1, 2]}, delimiters=",;\t|")
quotes("unknown_marks", "a,b\n1,2\n", "marks", quote="`")
# Rows that would be fused
for delimiter in ",;|":
    case(f"fused_two_{ord(delimiter)}", 'n,title\n0,"A\n0,B"\n1,C\n2,D\n'.replace(",", delimiter), "line 2", None, None, None,
         CASES)
    case(f"fused_many_{ord(delimiter)}", 'n,t,x\n0,"A,5\n1,B,6\n2,C",7\n3,D,8\n'.replace(",", delimiter), "line 2", None, None,
         None, CASES)
case("fused_far_down", "n,title\n" + "".join(f"{i},t\n" for i in range(400)) + '0,"A\n0,B"\n' + "1,C\n" * 9, "line 402", None,
     None, None,
     CASES)
# Cells over several lines
ADDRESS = '"12 Main St,\nSpringfield, IL\nUSA"'
quotes("address", f"name,address,age\nTom,{ADDRESS},5\nAnn,{ADDRESS},7\n",
       {"name": ["Tom", "Ann"], "address": ["12 Main St, Springfield, IL USA"] * 2, "age": [5, 7]},
       "several lines in lines 2, 5")
quotes("address_in_two_columns", f"address,age\n{ADDRESS},5\n{ADDRESS},7\n",
       {"address": ["12 Main St, Springfield, IL USA"] * 2,
                                                                            "age": [5, 7]}, "several lines in lines 2, 5")
quotes("address_last", f"age,address\n5,{ADDRESS}\n7,{ADDRESS}\n", {"age": [5, 7],
                                                                    "address": ["12 Main St, Springfield, IL USA"] * 2},
       "several lines in lines 2, 5")
quotes("address_of_four_lines", 'who,where\nTom,"a, b\nc, d\ne, f\ng"\nAnn,"h, i\nj, k\nl, m\nn"\n',
       {"who": ["Tom", "Ann"], "where": ["a, b c, d e, f g", "h, i j, k l, m n"]}, "several lines")
quotes("two_lines_with_a_comma", 'n,note\n1,"one\ntwo, three"\n2,"four\nfive"\n', {"n": [1, 2], "note": ["one two, three",
                                                                                                         "four five"]},
       "several lines")
