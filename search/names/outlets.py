"""What names of outlets look like: well-known ones, and the words that outlets put into their
names."""

from __future__ import annotations

import re
from functools import lru_cache

from search.folding import fold

# Widely read news agencies, papers, broadcasters and sites whose name alone does not show that it is an outlet's.
_KNOWN = """
Reuters|AP|Associated Press|AFP|Agence France-Presse|TASS|Tass|RIA Novosti|Interfax|Xinhua|Anadolu|Anadolu Agency
EFE|DPA|ANSA|Kyodo|Yonhap|Tasnim|Fars|Mehr|IRNA|ISNA|Press TV|PressTV|Tehran Times|SANA|WAFA|KUNA|SPA|QNA|NNA|MAP
Bernama|Antara|PTI|ANI|IANS|UPI|Bloomberg|Ruptly|RT|Russia Today|Sputnik|BBC|CNN|CBS|NBC|ABC|PBS|NPR|DW
Deutsche Welle|France 24|Euronews|Al Jazeera|Al-Jazeera|Aljazeera|Al Arabiya|Al Mayadeen|Al-Mayadeen|Al Manar
Al-Manar|Al Akhbar|Al-Akhbar|Al Ahed|Al-Ahed|Al Masdar|AMN|Al-Masdar|Al-Monitor|Al Ahram|Al-Ahram|Al Hayat
Asharq Al-Awsat|Al Quds Al Arabi|Rai Al Youm|An-Nahar|Al Binaa|Al-Binaa|Al Watan|Al-Watan|Al Alam|Al-Alam|Naharnet
L'Orient|L'Orient-Le Jour|South Front|SouthFront|Global Research|The Saker|The Saker Blog|Saker
Vineyard of the Saker|Syria News|Strategic Culture|Strategic Culture Foundation|Moon of Alabama|InfoBrics
Voltaire Network|Réseau Voltaire|MintPress|Mint Press|Consortium|Counterpunch|CounterPunch|Zero Hedge|ZeroHedge
Antiwar|The Cradle|The Grayzone|Grayzone|Middle East Eye|The New Arab|Mondoweiss|Electronic Intifada
The Electronic Intifada|Haaretz|Ynet|Jerusalem Post|The Duran|Veterans Today|Off-Guardian|OffGuardian
21st Century Wire|Land Destroyer|New Eastern Outlook|NEO|Oriental Review|Katehon|Geopolitica|Fort Russ|Tasnim News
Iran Daily|Kayhan|Middle East Observer|Internationalist 360|Resumen|Orinoco Tribune|The Guardian|Guardian
The Independent|The Telegraph|The Economist|Financial Times|FT|Politico|Axios|Vox|Slate|Salon|Newsweek|Time|Forbes
Quartz|Le Monde|Le Figaro|Libération|Mediapart|L'Humanité|Le Point|L'Express|La Croix|Le Soir|Le Temps|Les Echos
Jeune Afrique|Le Monde diplomatique|El País|El Mundo|La Vanguardia|El Periódico|El Confidencial|Clarín|La Nación
Página 12|Página/12|La Jornada|El Universal|El Tiempo|teleSUR|Telesur|Granma|Cubadebate|Rebelión|Folha
Folha de S.Paulo|O Globo|Estadão|Público|Expresso|Der Spiegel|Spiegel|Die Zeit|Süddeutsche Zeitung|FAZ|taz|Die Welt
La Repubblica|Corriere della Sera|La Stampa|Il Manifesto|Kommersant|Коммерсантъ|Известия|Ведомости|Взгляд|Медуза
Лента|Лента.ру|ТАСС|Интерфакс|Газета.Ru|РИА Новости|Правда|РБК|РТ|Эхо Москвы|Комсомольская правда|Аргументы и факты
Hürriyet|Sabah|Milliyet|Cumhuriyet|Sözcü|Yeni Şafak|Evrensel|BirGün|Habertürk|T24|Bianet|Anadolu Ajansı|Dünya
الجزيرة|الجزيرة نت|العربية|الميادين|الميادين نت|الأخبار|البناء|النهار|الديار|السفير|العهد|المنار|رأي اليوم
القدس العربي|الشرق الأوسط|الحياة|العربي الجديد|عربي21|سبوتنيك|روسيا اليوم|رويترز|فرانس برس|الأناضول|سانا|وفا
الأهرام|اليوم السابع|المصري اليوم|الوطن|الخليج|الاتحاد|البيان|الشروق|الخبر|هسبريس|المساء|العلم|الثورة|تشرين|المسيرة
الوفاق|كيهان|إرنا|فارس|تسنیم|ایسنا|ایرنا|مهر|کیهان|شرق|اعتماد|همشهری|عصر ایران|新华社|新华网|人民日报|人民网|央视|环球时报|中新社
"""
# Words that a person's name does not have.
_WORDS = """
news press tv times post daily weekly monthly journal tribune herald gazette chronicle observer monitor review
magazine media network
agency agencies radio television channel broadcasting report reports reporter online today blog website wire
bulletin digest courier dispatch
standard telegraph independent express mirror examiner inquirer globe star sun mail outlook institute foundation
centre center council committee
research reuters project forum watch insider intelligence analysis briefing newspaper newsletter publishing
times.com .com .org .net .info
agence journal nouvelles presse revue quotidien hebdo chaîne télévision matin soir infos info actualités
noticias prensa diario periódico agencia revista semanario cadena televisión radio notícias jornal correio gazeta
nachrichten zeitung rundschau tagblatt tageblatt anzeiger presse rundfunk notizie giornale agenzia corriere
gazzetta
новости агентство газета вестник известия правда журнал время радио телеканал портал служба новини агенція
haber haberleri gazetesi ajansı gazete dergisi medya televizyonu
وكالة وكالات صحيفة شبكة قناة موقع أخبار نيوز نت ميديا برس جريدة مجلة إذاعة تلفزيون مركز مؤسسة بوست تايمز أونلاين
الإخبارية الإخباري للأنباء الأنباء
خبرگزاری روزنامه سایت شبکه مجله پایگاه
"""
_HONORIFIC = re.compile(
    r"^(?:dr|prof|mr|mrs|ms|sir|col|gen|maj|lt|capt|rev|amb|sheikh|sayyed|sayyid|m|mme|sra?|herr|frau|doç|av|د|أ|م|الدكتور|الدكتورة|دكتور|السيد"
    r"|الشيخ|العميد|عميد|اللواء|لواء|السفير|الأستاذ|أستاذ|المحامي|المهندس|الأب|المطران|النائب|الوزير)(?:\.|\s|/)\s*\S",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(outlet_key(name) for line in _KNOWN.strip().splitlines() for name in line.split("|"))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(fold(word) for word in _WORDS.split())


@lru_cache(maxsize=4_096)
def outlet_key(name: str) -> str:
    """One spelling of an outlet's name for comparing: folded, without article, punctuation and
    "blog" or "website" around it."""
    words = re.sub(r"[^\w.]+", " ", fold(name)).split()
    while len(words) > 1 and words[0] in ("the", "le", "la", "el", "موقع", "صحيفه", "قناه", "شبكه", "جريده"):
        words = words[1:]
    while len(words) > 1 and words[-1] in ("website", "site", "newspaper", "online"):
        words = words[:-1]
    return " ".join(words)


def is_known_outlet(name: str) -> bool:
    """Whether ``name`` is a well-known outlet's."""
    return outlet_key(name) in _known()


def has_outlet_word(name: str) -> bool:
    """Whether ``name`` has a word that outlets' names have and people's have not, or is a site's
    domain."""
    key = fold(name)
    if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", key):
        return True
    return any(word in _words() for word in re.split(r"[^\w.]+", key))


def has_honorific(name: str) -> bool:
    """Whether ``name`` begins with a form of address or a title of a person."""
    return _HONORIFIC.match(name) is not None
