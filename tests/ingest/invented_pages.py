"""Invented pages of several structures with the articles that they hold; prose, names and outlets
are made up."""

from __future__ import annotations

from dataclasses import dataclass

EN = (
    "The harbour council of Port Lomond voted on Tuesday evening to close the northern quay for repairs, after "
    "engineers had warned for two years "
    "that the timber piles below the warehouse were rotten and could give way in a storm.",
    "Fishermen who land their catch there said that nobody had asked them. They will have to sail around the cape "
    "to the old mole, which adds "
    "two hours to every trip and doubles what they pay for fuel.",
    "“We were told in the morning and it was decided by the evening,” said Agnes Tolliver, who owns three boats. "
    "She wants the council to pay "
    "for the detour until the works are finished.",
    "The mayor promised a meeting with everybody concerned before the end of the month.",
)
AR = (
    "أعلنت بلدية المدينة الساحلية مساء أمس إغلاق الرصيف الشمالي أمام السفن لأعمال الصيانة، بعد أن حذر المهندسون "
    "طوال عامين من أن الدعائم الخشبية "
    "تحت المستودع الكبير قد تنهار عند أول عاصفة في الشتاء.",
    "وقال صيادون يفرغون حمولتهم هناك كل صباح إن أحداً لم يسألهم عن رأيهم، وإن عليهم الآن أن يدوروا حول الرأس "
    "البحري للوصول إلى المرفأ القديم، "
    "وهو ما يضيف ساعتين إلى كل رحلة ويضاعف كلفة الوقود.",
    "ووعد رئيس البلدية بعقد اجتماع مع جميع المعنيين قبل نهاية الشهر الجاري للبحث في التعويضات ومواعيد انتهاء الأعمال.",
)
FR = (
    "Le conseil du port a décidé mardi soir de fermer le quai nord pour travaux, après deux années "
    "d'avertissements des ingénieurs sur l'état des pieux "
    "de bois qui portent le grand entrepôt et que la moindre tempête pourrait emporter.",
    "Les pêcheurs qui y débarquent leur poisson assurent que personne ne les a consultés. Ils devront contourner "
    "le cap jusqu'au vieux môle, ce qui "
    "ajoute deux heures à chaque sortie et double la facture de carburant.",
    "Le maire a promis de réunir toutes les personnes concernées avant la fin du mois.",
)
ES = (
    "El consejo del puerto decidió el martes por la noche cerrar el muelle norte por obras, después de que los "
    "ingenieros advirtieran durante dos años "
    "que los pilotes de madera que sostienen el gran almacén estaban podridos.",
    "Los pescadores que descargan allí aseguran que nadie les preguntó. Tendrán que rodear el cabo hasta el "
    "malecón viejo, lo que añade dos horas a cada "
    "salida y duplica el gasto en combustible.",
    "El alcalde prometió reunir a todos los afectados antes de que termine el mes.",
)
RU = (
    "Совет порта во вторник вечером решил закрыть северный причал на ремонт: инженеры два года предупреждали, что "
    "деревянные сваи под большим складом "
    "сгнили и могут не выдержать первого же зимнего шторма.",
    "Рыбаки, которые каждое утро выгружают там улов, говорят, что их никто не спросил. Теперь им придётся обходить "
    "мыс до старого мола, а это два лишних "
    "часа на каждый рейс и вдвое больше топлива.",
    "Мэр пообещал до конца месяца встретиться со всеми, кого касаются эти работы.",
)
TR = (
    "Liman meclisi salı akşamı kuzey rıhtımını onarım için kapatma kararı aldı; mühendisler iki yıldır büyük "
    "deponun altındaki ahşap kazıkların çürüdüğünü "
    "ve ilk fırtınada çökebileceğini söylüyordu.",
    "Her sabah balığını orada indiren balıkçılar kimsenin kendilerine danışmadığını anlatıyor. Artık burnu dolaşıp "
    "eski mendireğe gitmeleri gerekecek; bu da "
    "her sefere iki saat ekliyor ve yakıt masrafını ikiye katlıyor.",
    "Belediye başkanı ay sonundan önce herkesle bir toplantı yapacağına söz verdi.",
)


@dataclass(frozen=True)
class Expected:
    """An article of a page: its title line and last body line are found by their text."""

    title: str
    last: str
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class InventedPage:
    """A page and the articles in it."""

    name: str
    text: str
    articles: tuple[Expected, ...]


def page(*blocks: str) -> str:
    """Blocks with a blank line between them."""
    return "\n\n".join(blocks) + "\n"


PAGES = (
    InventedPage(
        "a blog digest with bare outlet lines, bylines and related blocks, English and Arabic",
        page(
            "Northern Quay Of Port Lomond To Close Before Winter", "Harbour Gazette", *EN, "Related News",
            "WHO PAYS FOR THE DETOUR AROUND THE CAPE", "Harbour Gazette", *EN[1:], "Related",
            "بلدية المدينة تغلق الرصيف الشمالي أمام السفن", "سامر العكاري", *AR, "المصدر: صوت الميناء", "مقالات متعلقة",
            "Fishermen Block the Road to the Town\u00a0Hall", "November 3, 2021 Agnes Tolliver", "Boats tied up at the old mole", *EN,
                "Follow us on Telegram and Twitter",
            "What the Engineers Knew", "By Peter Marlow", "Coastal Review, November 01, 2021", *EN[:3], "*",
            "Share this article with your friends.", "Peter Marlow is an independent analyst of "
                                                                      "ports.",
            "A Council Without Answers", "Harbour Gazette", *EN,
        ),
        (
            Expected("Northern Quay Of Port Lomond To Close Before Winter", EN[3], "Harbour Gazette"),
            Expected("WHO PAYS FOR THE DETOUR AROUND THE CAPE", EN[3], "Harbour Gazette"),
            Expected("بلدية المدينة تغلق الرصيف الشمالي أمام السفن", AR[2], "صوت الميناء", "سامر العكاري", None, "ar"),
            Expected("Fishermen Block the Road to the Town Hall", EN[3], None, "Agnes Tolliver", "2021-11-03"),
            Expected("What the Engineers Knew", EN[2], "Coastal Review", "Peter Marlow", "2021-11-01"),
            Expected("A Council Without Answers", EN[3], "Harbour Gazette"),
        ),
    ),
    InventedPage(
        "a tag page with dates above no bylines",
        page(
            "Tag: harbours", "Home", "Repairs Begin at the Northern Quay", "Posted on March 4, 2019 by admin", *EN, "Share this:", "Leave a comment",
            "Old Mole Reopened for Fishing Boats", "Posted on February 27, 2019 by admin", *EN[1:], "Tags: harbour, boats", "Leave a comment",
            "Storm Damages Warehouse Roof", "Posted on January 12, 2019 by admin", *EN[:2], "Leave a comment", "Older posts",
        ),
        (
            Expected("Repairs Begin at the Northern Quay", EN[3], None, None, "2019-03-04"),
            Expected("Old Mole Reopened for Fishing Boats", EN[3], None, None, "2019-02-27"),
            Expected("Storm Damages Warehouse Roof", EN[1], None, None, "2019-01-12"),
        ),
    ),
    InventedPage(
        "a mail round-up with a table of contents and separators",
        page(
            "Harbour Weekly Digest", "In this issue\n1. Quay closed for repairs\nMayor promises a meeting\nBoat "
                                     "owners want compensation",
            "Mayor promises a meeting", "By Rosa Lindqvist", *EN[1:], "-----------------------------",
            "Boat owners want compensation", "By Tom Achterberg, The Lomond Courier", "5 May 2020", *EN[:3], "-----------------------------",
            "Divers inspect the piles", "Source: Lomond Courier", *EN[:2],
        ),
        (
            Expected("Mayor promises a meeting", EN[3], None, "Rosa Lindqvist"),
            Expected("Boat owners want compensation", EN[2], "The Lomond Courier", "Tom Achterberg", "2020-05-05"),
            Expected("Divers inspect the piles", EN[1], "Lomond Courier"),
        ),
    ),
    InventedPage(
        "a French article with header, standfirst and footer boilerplate",
        page(
            "Accueil", "Politique | Économie | Culture | Sport", "Le quai nord fermé jusqu'au printemps",
                "Par Hélène Morvan, La Gazette du Littoral",
            "Publié le 12 février 2018 à 18h30", *FR, "Lire aussi : Les assureurs refusent de payer", "Partager",
                "© 2018 La Gazette du Littoral. Tous droits réservés.",
        ),
        (Expected("Le quai nord fermé jusqu'au printemps", FR[2], "La Gazette du Littoral", "Hélène Morvan", "2018-02-12", "fr"),),
    ),
    InventedPage(
        "a Spanish repost",
        page(
            "Los pescadores piden que se les pague el rodeo", "Por Julián Arrieta", "Diario de la Costa, 7 de junio de 2022", *ES,
            "Este artículo fue publicado originalmente en Revista Marea.", "Noticias relacionadas",
                "El muelle viejo reabre\nLa lonja espera",
        ),
        (Expected("Los pescadores piden que se les pague el rodeo", ES[2], "Diario de la Costa", "Julián Arrieta", "2022-06-07", "es"),),
    ),
    InventedPage(
        "three Russian news of an aggregator",
        page(
            "Северный причал закроют на ремонт", "5 октября 2021, 12:30", *RU, "Источник: Портовый вестник", "Читайте также",
            "Рыбаки требуют компенсаций за обход мыса", "6 октября 2021, 09:15", *RU[1:], "Источник: Голос мола", "Читайте также",
            "Мэр встретится с владельцами лодок", "Автор: Нина Полякова", "7 октября 2021", *RU[:2],
        ),
        (
            Expected("Северный причал закроют на ремонт", RU[2], "Портовый вестник", None, "2021-10-05", "ru"),
            Expected("Рыбаки требуют компенсаций за обход мыса", RU[2], "Голос мола", None, "2021-10-06", "ru"),
            Expected("Мэр встретится с владельцами лодок", RU[1], None, "Нина Полякова", "2021-10-07", "ru"),
        ),
    ),
    InventedPage(
        "a Turkish page of two articles",
        page(
            "Kuzey rıhtımı onarım için kapatılıyor", "Yazar: Defne Karaca", "14 Ekim 2020 Çarşamba", *TR, "İlgili haberler",
            "Balıkçılar belediye önünde toplandı", "Kıyı Gazetesi", "15 Ekim 2020", *TR[1:], "Yorumlar", "Çok güzel bir haber olmuş.",
        ),
        (
            Expected("Kuzey rıhtımı onarım için kapatılıyor", TR[2], None, "Defne Karaca", "2020-10-14", "tr"),
            Expected("Balıkçılar belediye önünde toplandı", TR[2], "Kıyı Gazetesi", None, "2020-10-15", "tr"),
        ),
    ),
    InventedPage(
        "Arabic opinion pieces with three kinds of date",
        page(
            "الميناء بين الإهمال والوعود", "بقلم: ليلى الحداد", "١٢ تشرين الثاني ٢٠٢٠", *AR, "شارك",
            "من يدفع ثمن الدوران حول الرأس؟", "د. كريم الناظر", "السبت 14 نوفمبر 2020", *AR[1:], "اقرأ أيضا",
            "البلدية تعد والصيادون ينتظرون", "رنا السعيد", "1 ربيع الآخر 1442 هـ الموافق 16 نوفمبر 2020 م", *AR[:2], "جميع الحقوق محفوظة",
        ),
        (
            Expected("الميناء بين الإهمال والوعود", AR[2], None, "ليلى الحداد", "2020-11-12", "ar"),
            Expected("من يدفع ثمن الدوران حول الرأس؟", AR[2], None, "د. كريم الناظر", "2020-11-14", "ar"),
            Expected("البلدية تعد والصيادون ينتظرون", AR[1], None, "رنا السعيد", "2020-11-16", "ar"),
        ),
    ),
    InventedPage(
        "one interview with subheads, a pull quote and links inside",
        page(
            "Agnes Tolliver on Boats, Fuel and the Council", "By Rosa Lindqvist", EN[0],
                "Read also: The harbour in old photographs",
            "Question: When were you told?", "Tolliver: In the morning.", "Question: And who decided?",
                "Tolliver: People who have never been on a boat", "Question: What now?",
            "Tolliver: We sail around the cape", "The long way round", *EN[1:3], "They never asked us", EN[3], "Money and fuel", *EN[:2],
        ),
        (Expected("Agnes Tolliver on Boats, Fuel and the Council", EN[1], None, "Rosa Lindqvist"),),
    ),
    InventedPage(
        "English and Arabic texts with nothing between them but the change of language",
        page(
            "Northern Quay Closed", "Harbour Gazette", *EN, "الصيادون يحتجون أمام دار البلدية", *AR, "Council Calls for Calm", "Harbour Gazette", *EN[1:],
        ),
        (
            Expected("Northern Quay Closed", EN[3], "Harbour Gazette"),
            Expected("الصيادون يحتجون أمام دار البلدية", AR[2], None, None, None, "ar"),
            Expected("Council Calls for Calm", EN[3], "Harbour Gazette"),
        ),
    ),
    InventedPage(
        "wire items with datelines",
        page(
            "Quay in Port Lomond closed", "PORT LOMOND, Nov 3 (Reuters) - " + EN[0], *EN[1:], "***",
            "Boat owners threaten strike", "PORT LOMOND (AP) — " + EN[1], *EN[2:], "***", "Mayor seeks talks", "PORT LOMOND – " + EN[2], EN[3],
        ),
        (
            Expected("Quay in Port Lomond closed", EN[3]),
            Expected("Boat owners threaten strike", EN[3]),
            Expected("Mayor seeks talks", EN[3]),
        ),
    ),
    InventedPage(
        "no blank lines at all",
        "\n".join(
            (
                "Northern Quay Closed for Repairs", "By Rosa Lindqvist", "The Lomond Courier, 4 November 2021", *EN, "Related articles",
                "Fishermen Sail Around the Cape", "By Tom Achterberg", "The Lomond Courier, 5 November 2021", *EN[1:],
            )
        ),
        (
            Expected("Northern Quay Closed for Repairs", EN[3], "The Lomond Courier", "Rosa Lindqvist", "2021-11-04"),
            Expected("Fishermen Sail Around the Cape", EN[3], "The Lomond Courier", "Tom Achterberg", "2021-11-05"),
        ),
    ),
    InventedPage(
        "a page-view date above the navigation is not the article's",
        page(
            "Friday, 20 January 2023", "Main menu\nLog in", "The Council and the Rotten Piles", *EN[:2],
            "As we wrote on 3/4/2021, the piles were known to be weak, and on 5/6/2021 the council was told so in "
            "a letter by its own engineers.", EN[3], "Back to top",
        ),
        (Expected("The Council and the Rotten Piles", EN[3]),),
    ),
    InventedPage("a plain article without any cue", page(*EN), (Expected(EN[0][:30], EN[3]),)),
)  # fmt: skip
