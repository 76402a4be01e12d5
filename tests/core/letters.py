"""Words of many languages, to make files in the encodings in which they were written before Unicode."""

import numpy as np

WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "German": ("Größe Gewicht Geschlecht männlich weiblich Straße Übung schön müde grün Äpfel Öl Fläche Höhe Länge Prüfung "
               "bestanden nicht "
               "Schüler Schülerin Stärke Gemüse Käse Möhre süß heiß Fuß Jahr Monat ja nein Köln München Düsseldorf Zürich",
               ("cp1252", "iso8859-15", "mac-roman", "cp437")),
    "French": ("élève école réussi échoué température légère forêt été hiver âge taille français garçon où déjà très après "
               "mère frère naïf "
               "Noël hôpital fenêtre château poids année qualité médiocre élevé légume pêche crème thé café sûr",
               ("cp1252", "iso8859-15", "mac-roman")),
    "Spanish": ("niño niña año tamaño corazón español mañana número teléfono sí más también peso edad género masculino "
                "femenino aprobó "
                "reprobó jamón limón camión público rápido pequeño árbol ciudad león Málaga Córdoba Cádiz A Coruña",
                ("cp1252", "mac-roman")),
    "Portuguese": ("não são coração João irmã idade peso informação condição açúcar pão maçã avó avô você três mês câmbio "
                   "história "
                   "número médio rápido possível útil ação reprovação aprovação São Paulo Brasília Goiânia",
                   ("cp1252", "iso8859-15")),
    "Swedish": ("ålder längd kön kvinna man höjd grön blå röd gård sjö älg öst väster språk år månad vår höst städer "
                "Göteborg Malmö "
                "Västerås Örebro Norrköping Jönköping Umeå Gävle Borås Södertälje", ("cp1252",)),
    "Danish": ("højde vægt køn kvinde mand grøn blå rød ø år måned forår efterår børn skole bestået ikke ærlig København Århus "
               "Ålborg "
               "Odense Esbjerg Køge Næstved Helsingør Hørsholm", ("cp1252", "iso8859-15")),
    "Icelandic": ("aldur hæð þyngd kyn karl kona grænn blár rauður já nei skóli próf staðið fallið Reykjavík Kópavogur "
                  "Akureyri "
                  "Hafnarfjörður Ísafjörður Egilsstaðir það við með eða", ("cp1252",)),
    "Polish": ("płeć wiek waga wzrost mężczyzna kobieta żółty zielony źródło ćwiczenie łąka święto dzień miesiąc późno rząd "
               "książka "
               "zdał niezdany uczeń szkoła Łódź Kraków Gdańsk Poznań Wrocław Częstochowa Białystok Bielsko Żywiec",
               ("cp1250", "iso8859-2")),
    "Czech": ("věk výška váha pohlaví muž žena žlutý zelený červený škola žák prospěl neprospěl měsíc úterý čtvrtek pátek "
              "příliš "
              "kůň Plzeň Děčín Třebíč Žďár Ústí Jablonec České Budějovice Hradec Králové teplota dům šest",
              ("cp1250", "iso8859-2")),
    "Hungarian": ("életkor magasság súly nem férfi nő sárga zöld piros kék iskola tanuló megfelelt megbukott hónap hétfő "
                  "szerda "
                  "csütörtök gyümölcs tűz fű őr Győr Szeged Pécs Miskolc Nyíregyháza Kecskemét Székesfehérvár ősz tél",
                  ("cp1250", "iso8859-2")),
    "Romanian": ("vârstă înălțime greutate bărbat femeie școală elev promovat respins lună săptămână țară oraș București Iași "
                 "Brașov "
                 "Constanța Galați Ploiești Târgu Mureș Timișoara mâine și "
                 "să fără".replace("ș", "ş").replace("ț", "ţ").replace("Ș", "Ş").replace("Ț", "Ţ"), ("cp1250", "iso8859-2")),
    "Croatian": ("dob visina težina muškarac žena žuto zeleno škola učenik položio nije mjesec četvrtak Šibenik Čakovec Osijek "
                 "Požega "
                 "kuća noć đak svježe ljeto riječ više već Križevci Sveti Đurđ", ("cp1250", "iso8859-2")),
    "Turkish": ("yaş boy ağırlık cinsiyet erkek kadın sarı yeşil kırmızı öğrenci geçti kaldı okul gün çarşamba şubat "
                "İstanbul İzmir "
                "Eskişehir Diyarbakır Şanlıurfa Muğla Çanakkale Kütahya Iğdır iyi kötü büyük küçük", ("cp1254", "iso8859-9")),
    "Lithuanian": ("amžius ūgis svoris lytis vyras moteris žalias mėlynas mokinys išlaikė neišlaikė mėnuo šiandien "
                   "ketvirtadienis "
                   "Šiauliai Panevėžys Alytus Marijampolė Mažeikiai Jonava Utena Kėdainiai žiema pavasaris ąžuolas",
                   ("cp1257",)),
    "Latvian": ("vecums garums svars dzimums vīrietis sieviete zaļš dzeltens skolēns nokārtoja mēnesis šodien ceturtdiena Rīga "
                "Daugavpils Liepāja Jelgava Jūrmala Ventspils Rēzekne Valmiera Jēkabpils ūdens gads", ("cp1257",)),
    "Russian": ("возраст рост вес пол мужской женский зелёный синий ученик сдал не сдал школа месяц сегодня четверг Москва "
                "Казань "
                "Пермь Омск Самара Уфа Тула Рязань хорошо плохо средний температура город цена", ("cp1251", "koi8-r", "cp866",
                                                                                                  "iso8859-5")),
    "Ukrainian": ("вік зріст вага стать чоловік жінка зелений синій учень склав не склав школа місяць сьогодні четвер Київ "
                  "Харків "
                  "Львів Одеса Дніпро Вінниця Чернігів добре погано їжа ціна місто ґрунт", ("cp1251", "koi8-u")),
    "Bulgarian": ("възраст ръст тегло пол мъж жена зелен син ученик взет скъсан училище месец днес четвъртък София "
                  "Пловдив Варна "
                  "Бургас Русе Плевен добре лошо среден температура град цена", ("cp1251",)),
    "Greek": ("ηλικία ύψος βάρος φύλο άνδρας γυναίκα πράσινο μπλε μαθητής πέρασε απέτυχε σχολείο μήνας σήμερα Πέμπτη Αθήνα "
              "Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα Βόλος καλό κακό θερμοκρασία πόλη τιμή ναι όχι Άνοιξη",
              ("cp1253", "iso8859-7")),
    "Hebrew": ("גיל גובה משקל מין גבר אישה ירוק כחול תלמיד עבר נכשל בית ספר חודש היום חמישי ירושלים חיפה תל אביב באר שבע "
               "טוב רע "
               "בינוני טמפרטורה עיר מחיר כן לא", ("cp1255",)),
    "Arabic": ("العمر الطول الوزن الجنس ذكر أنثى أخضر أزرق طالب ناجح راسب مدرسة شهر اليوم الخميس القاهرة الرياض بغداد "
               "دمشق بيروت "
               "جيد سيئ متوسط درجة الحرارة المدينة السعر نعم لا", ("cp1256",)),
    "Thai": ("อายุ ส่วนสูง น้ำหนัก เพศ ชาย หญิง สีเขียว สีฟ้า นักเรียน ผ่าน ไม่ผ่าน โรงเรียน เดือน วันนี้ กรุงเทพ เชียงใหม่ ขอนแก่น "
             "ดี ไม่ดี ปานกลาง อุณหภูมิ เมือง ราคา", ("cp874",)),
    "Vietnamese": ("tuoi chiêu cao cân nang giơi tinh nam nư xanh đo hoc sinh đâu rơt trương tháng hôm nay thư năm Hà Nôi Huê "
                   "Đà Năng "
                   "Cân Thơ tôt xâu trung binh nhiêt đô thành phô giá không có nhưng đươc", ("cp1258",)),
    "Japanese": ("年齢 身長 体重 性別 男性 女性 みどり あお 生徒 合格 不合格 学校 今日 木曜日 東京 大阪 京都 名古屋 よい "
                 "わるい ふつう 気温 都市 価格 "
                 "はい いいえ データ テスト 平均", ("cp932", "euc-jp")),
    "Korean": ("나이 키 몸무게 성별 남자 여자 초록 파랑 학생 합격 불합격 학교 오늘 목요일 서울 부산 대구 인천 좋음 나쁨 보통 "
               "기온 도시 가격 예 아니요 "
               "평균 점수 이름", ("cp949", "euc-kr")),
    "Chinese, simplified": ("年龄 身高 体重 性别 男 女 绿色 蓝色 学生 及格 不及格 学校 今天 星期四 北京 上海 广州 深圳 好 差 "
                            "一般 温度 城市 价格 是 否 "
                            "数学 语文 姓名 等级 优 良", ("gb18030",)),
    "Chinese, traditional": ("年齡 身高 體重 性別 男 女 綠色 藍色 學生 及格 不及格 學校 今天 星期四 臺北 高雄 臺中 臺南 好 差 "
                             "一般 溫度 城市 價格 是 否 "
                             "數學 國文 姓名 等級 優 良", ("big5",)),
}  # fmt: skip
"""Of each language words, and the encodings."""


def made(language: str, encoding: str, letters: int, seed: int = 0, names: bool = True) -> tuple[str, bytes]:
    """A table with at least so many letters outside of ASCII, as text and as bytes."""
    words = WORDS[language][0].split()
    rng = np.random.default_rng(seed)
    head = ",".join((words[0], words[1], words[2])) if names else "a,b,c"
    lines, found = [head], 0
    while found < letters:
        pair = " ".join(rng.choice(words, 2)), str(rng.choice(words))
        lines.append(f"{pair[0]},{rng.integers(1000) / 10},{pair[1]}")
        found += sum(not character.isascii() for character in lines[-1])
    text = "\n".join(lines) + "\n"
    return text, text.encode(encoding)
