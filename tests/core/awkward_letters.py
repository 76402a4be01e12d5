"""Files in many encodings: with no mark, damaged in a line, encoded twice."""

from tests.core.awkward import Case, case

CASES: list[Case] = []
TABLES = {
    "german": ("größe,straße\n1,süß\n2,heiß\n", ("cp1252", "iso8859-15", "utf-16-le", "utf-16-be")),
    "russian": ("имя,балл\nда,1\nнет,2\nда,3\n", ("cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16-le", "utf-16-be",
                                                  "utf-32-le")),
    "greek": ("όνομα,βαθμός\nναι,1\nόχι,2\nναι,3\n", ("cp1253", "iso8859-7", "utf-16-le", "utf-32-be")),
    "turkish": ("öğrenci,şehir\nİstanbul,1\nIğdır,2\nçok kaldı,3\n", ("cp1254", "iso8859-9", "utf-16-be")),
    "hebrew": ("שם,ציון\nכן,1\nלא,2\nעבר,3\n", ("cp1255", "utf-16-le", "utf-32-le")),
    "arabic": ("الاسم,درجة\nنعم,1\nلا,2\nناجح,3\n", ("cp1256", "utf-16-le", "utf-16-be")),
    "polish": ("płeć,wiek\nkobieta,1\nmężczyzna,2\nżółty,3\n", ("cp1250", "iso8859-2")),
    "lithuanian": ("amžius,ūgis\nmėlynas,1\nžiema šiandien,2\nąžuolas,3\n", ("cp1257",)),
    "thai": ("ชื่อ,คะแนน\nผ่าน,1\nไม่ผ่าน,2\n", ("cp874", "utf-16-le")),
    "japanese": ("名前,点\nみどり,1\nあおい,2\n東京の学校,3\n", ("cp932", "euc-jp", "utf-16-le", "utf-32-be")),
    "korean": ("이름,점수\n합격,1\n불합격,2\n서울,3\n", ("cp949", "euc-kr", "utf-16-be")),
    "chinese": ("姓名,数学\n学生,1\n北京大学,2\n及格,3\n", ("gb18030", "utf-16-le")),
    "taiwanese": ("姓名,數學\n學生,1\n臺北大學,2\n及格,3\n", ("big5", "utf-16-be")),
}  # fmt: skip


def _columns(text):
    names, *rows = (line.split(",") for line in text.strip().split("\n"))
    cells = [list(column) for column in zip(*rows, strict=True)]
    return {name: [int(cell) if cell.isdigit() else cell for cell in column] for name, column in zip(names, cells, strict=True)}


for language, (text, encodings) in TABLES.items():
    for encoding in encodings:
        case(f"{language}_{encoding}", text.encode(encoding), _columns(text), "Encoding", "", None, CASES)
        if not encoding.startswith("utf"):
            case(f"{language}_{encoding}_chosen", text.encode(encoding), _columns(text), "Encoding", None, None, CASES,
                 encoding=encoding)
ACCENTS = "café,prix\nthé,1\nélève,2\nété,3\n"
CAFES = {"café": ["thé", "élève", "été", "forêt"], "prix": [1, 2, 3, 4]}
case("one_line_otherwise", ACCENTS.encode() + "forêt,4\n".encode("cp1252"), CAFES, "Line 5 is not Unicode", None, None, CASES)
case("one_line_otherwise_in_front", "café,prix\n".encode("cp1252") + "thé,1\nélève,2\nété,3\nforêt,4\n".encode(), CAFES,
     "Line 1 is not Unicode", None, None, CASES)
case("one_line_damaged", ACCENTS.encode() + b"x\xff,4\n", CAFES | {"café": ["thé", "élève", "été", "x\ufffd"]},
     "1 damaged character", None,
     None, CASES)
for codec in ("cp1252", "latin-1"):
    twice = ACCENTS.encode().decode(codec).encode()
    case(f"twice_{codec}", twice, _columns(twice.decode().replace("\x8d", "")), "", "encoded twice", _columns(ACCENTS), CASES)
RUSSIAN = TABLES["russian"][0]
case("twice_russian", RUSSIAN.encode(), _columns(RUSSIAN), None, None, None, CASES, encoding="utf-8")
case("twice_chosen", RUSSIAN.encode().decode("latin-1").encode(), _columns(RUSSIAN), "encoded twice", None, None, CASES,
     encoding="utf-8-twice")
case("not_twice", "a,b\nÃ,1\nÂ,2\n".encode(), {"a": ["Ã", "Â"], "b": [1, 2]}, None, None, None, CASES)
case("signs_only", "a,b\n5 €,1\n7 €,2\n".encode("cp1252"), {"a": [5, 7], "b": [1, 2]}, "Western European", "", None, CASES)
case("degrees_only", "T (°C),b\n5,1\n7,2\n".encode("cp1252"), {"T (°C)": [5, 7], "b": [1, 2]}, "Western European", "", None,
     CASES)
