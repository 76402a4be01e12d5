"""How likely a text is in one of many languages, by its letters: what tells in which encoding its bytes were written."""

import math
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

ALPHABETS = {
    "English": "etaoinshrdlcumwfgypbvkjxqzéèñïöç",
    "German": "enisratdhulcgmobwfkzüvpäßjöyqxé",
    "French": "esaitnrulodcpmévqfbghàjxèyêzçôùâîûœïëkwæÿ",
    "Spanish": "eaosrnidlctumpbgvyqóíháfézjñxúükwñ",
    "Portuguese": "aeosrindmutclpvgqbãfhçáézíóêõjxâôúàkwy",
    "Italian": "eaionlrtscdupmgvfbzhqàèùìòéíxjkwy",
    "Catalan": "eaisrnltodcumpvbgfqàéhíèóxjçúïòüzywk",
    "Swedish": "eantrslidomgkvfhäupåöbcyjxwzéqü",
    "Danish": "enrdtisalogkmfuvbphåøæyjcwzxéqöäü",
    "Finnish": "aintesloukämvrjhypdögbfcwåqxz",
    "Icelandic": "arnieustðgmlkfdhváoþíjóybéæpúöýxcz",
    "Estonian": "aeistulkdmnõvogrphäjüböšfžcy",
    "Dutch": "enatirodslghvkmubpwjczfëxyqéïöü",
    "Polish": "iaeozrnwsctykdpmłujlębghąśóżćńfźvxq",
    "Czech": "eoantivlsrdkupímcházyjbéěžřýčšůgfúňxťóďwqäö",
    "Slovak": "aoeinrvstkldpumcháyzjbýčžíšéúťľgňfôóďäxĺŕwq",
    "Hungarian": "eatlnskomzrigáéydbvhjőfupöócüúíűxwqäß",
    "Romanian": "eiaratnulcosdpmăîfvţgbşzhâșțjxkwy",
    "Croatian": "aieonrjstvukdlmpgzbčhšžćcđfwxyq",
    "Slovenian": "aeionrsltvjkdpmuzbghčcšžfćđwxyq",
    "Turkish": "aeinrlıdkmuytsboüşzgçhğcöpvfjâîûwxq",
    "Lithuanian": "iasotreunkmlpdvgėjyšbžąųįūčęzcfhwxq",
    "Latvian": "aisteurnokmpāldzvēījgbcšļūņžčķģfhwxqyō",
    "Vietnamese": "nhitcgaoumđrlvâpêsáôdbàyươăkíéóúxùeqèỳìò\u0300\u0301\u0309\u0303\u0323",
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "Ukrainian": "оаниівертскдлпумязьбгйчхцїюжшєщфґ",
    "Bulgarian": "аеионтрсвлдкпмзгъубчящжцйхшфюь",
    "Serbian": "аоиенрсјтукдвлпмзгбшчжцњљћфђхџ",
    "Greek": "αοιετσνηυρπκμλίςόάγέδχήύώθωφβξζψϊϋΐΰ",
    "Hebrew": "יוהלאמרתבשנעםדקחפגכןסטזצךףץ",
    "Arabic": "الينموترعبدسفهكقحجىةذشطأخصزضغءثئظؤإآ",
    "Persian": "ایرندمهوتبسشکزلگفخقعجچحصطغپژضذثظآئ",
    "Thai": "านรกอมเงยลวดตทสปีพค่บะห้าิัแหจใไขชโ์ูุ็ซผำืฐธฟณญถศฤภฉฝษึฏฆฌฎฒฮฑฬ",
}  # fmt: skip
"""The letters of each language, the most frequent first."""
HANZI = ("的一是不了人我在有他大来上个国中到小年男女学生好用分天月日名数语文平均成绩性别级"
         "优良及格高低市北京海城东西南是否价体重温度等省电工时间星期校班科")
HANZI_OLD = ("的一是不了人我在有他大來上個國中到小年男女學生好用分天月日名數語文平均成績性別級"
             "優良及格高低市臺北京海城東西南是否價體重溫度等省電工時間星期校班科")
KANJI = ("日一人年大国会中本上出生時東京学校男女合格名前気温度市月火水木金土回数点平均性別"
         "身長体重価県高低小新社事者員部行明場")
HANGUL = ("이다는에의가을하로지고사서기인은도어한나대리자해일여수정시아부학교생년월남이름성"
          "별평균점수합격불예요니데과주전보구국")
GOOD_SIGNS = frozenset("€£¥°«»„“”‘’‚–—…§±²³µ·½¼×№\u00a0、。「」（）・ー，：！？％ªº¿¡")
WRONG, ASCII_AMID, TURNED, CAPITALS, LONELY, SIGN = -11.0, -6.0, -6.0, -0.7, -2.0, -4.5
WORD_SIGNS = "’‘·-"
SIGNS = re.compile("(?:[^\x00-\x7f\\w\u0300-\u036f\u0e31-\u0e4e\u0591-\u05c7\u064b-\u0655]|(?![0-9])\\d)+")
WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f\u0e31-\u0e4e\u0591-\u05c7\u064b-\u0655])+")


@cache
def _logs(language: str) -> dict[str, float]:
    """The logarithm of each letter's share: from rank to rank they fall by a seventh."""
    letters = dict.fromkeys(ALPHABETS[language])
    total = sum(math.exp(-rank / 7) for rank in range(len(letters)))
    return {letter: -rank / 7 - math.log(total) for rank, letter in enumerate(letters)}


def likeliness(text: str) -> float:
    """How likely the letters outside of ASCII are among the others, in the language that suits them best: a logarithm."""
    fixed = 0.0
    found: Counter[str] = Counter()
    for word in WORD.findall(text):
        if word.isascii():
            continue
        if any(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False)):
            fixed += TURNED * sum(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False))
        if word.isupper():
            fixed += CAPITALS * len(word) if len(word) > 1 else LONELY
        found.update(word.lower())
    for sign in "µªº":
        fixed += SIGN * found.pop(sign, 0)
    for signs in SIGNS.finditer(text):
        amid = signs[0].strip(WORD_SIGNS) and all(beside.isalpha() for beside in (text[max(signs.start() - 1, 0)],
                                                                                  text[signs.end():signs.end() + 1]))
        fixed += sum(SIGN if (character in GOOD_SIGNS or character.isdecimal()) and not amid else WRONG
                     for character in signs[0])
    if not found:
        return fixed
    eastern = {character: number for character, number in found.items() if ord(character) >= 0x1100
               and not 0x1E00 <= ord(character) < 0x2000}
    if sum(eastern.values()) > 0.2 * sum(found.values()):
        return fixed + max(_eastern(found, *each) for each in EASTERN)
    return fixed + max(_western(found, language) for language in ALPHABETS)


def _western(found: Counter[str], language: str) -> float:
    logs = _logs(language)
    latin = "e" in logs
    return sum(number * (((not latin) * ASCII_AMID) if character.isascii() else logs.get(character, WRONG))
               for character, number in found.items())


EASTERN = ((HANZI, "gb2312", 0xD8, -8.3), (HANZI_OLD, "big5", 0xC7, -8.5), (KANJI, "shift_jis", 0x98, -8.5), (HANGUL, "euc_kr",
                                                                                                              0xC9, -6.8))
"""Characters that are frequent, an encoding of the common ones, its first byte beyond these, and their logarithm."""


def _eastern(found: Counter[str], frequent: str, encoding: str, end: int, usual: float) -> float:
    total = 0.0
    for character, number in found.items():
        total += number * _eastern_log(character, frequent, encoding, end, usual)
    return total


@lru_cache(maxsize=20_000)  # letters come from visitors
def _eastern_log(character: str, frequent: str, encoding: str, end: int, usual: float) -> float:
    kana = 0x3040 <= ord(character) < 0x3100
    if character.isascii():
        return -4.0
    if kana:
        return -4.6 if encoding == "shift_jis" else WRONG
    if character in frequent:
        return -5.0
    if 0xFF61 <= ord(character) < 0xFFA0 or unicodedata.category(character) in ("Co", "Cn"):
        return WRONG
    try:
        common = character.encode(encoding)[0] < end
    except UnicodeEncodeError:
        return -13.0
    hangul = 0xAC00 <= ord(character) < 0xD7B0
    if encoding == "euc_kr":
        return usual if hangul and common else -12.0
    return -13.0 if hangul else usual if common else -11.0
