"""Sentences with one place for a country's name, and the form that the name takes in it: strict rules
of school grammars, one right form each, for the evaluation of countries."""

from __future__ import annotations

from collections.abc import Callable

Form = Callable[[str], str]


def last_of(letters: str, yes: str, no: str) -> Form:
    """The name with ``yes`` where it ends in one of ``letters``, else with ``no``."""
    return lambda name: name + (yes if name[-1].lower() in letters else no)


def swap(*rules: str, every: bool = False) -> Form:
    """The first of ``old>new`` that the end of a word fits; of ``every`` word, or the last one."""
    pairs = [rule.split(">") for rule in rules]

    def of_word(word: str) -> str:
        return next((word[: len(word) - len(old)] + new for old, new in pairs if word.endswith(old)), word)

    def of_name(name: str) -> str:
        words = name.split(" ")
        return " ".join(of_word(word) if every or word is words[-1] else word for word in words)

    return of_name


def particle(closed: str, open_: str) -> Form:
    """A Korean particle, by whether the last syllable ends in a consonant."""

    def of_name(name: str) -> str:
        last = ord(name[-1])
        has_final = 0xAC00 <= last <= 0xD7A3 and (last - 0xAC00) % 28 > 0
        return name + (closed if has_final else open_)

    return of_name


def harmony(
    back: str, front: str, *, after_vowel: tuple[str, str] | None = None, voiceless: tuple[str, str] | None = None
) -> Form:
    """A Turkic ending, by the last vowel, by a final vowel, by a final voiceless consonant."""

    def of_name(name: str) -> str:
        low = name.lower().rstrip("ь")
        vowels = [letter for letter in low if letter in "аоуұыяюёэеіөүәиaıouäeiöüəý"]
        is_front = bool(vowels) and vowels[-1] in "еіөүәэиäeiöüə"
        pair = (back, front)
        if after_vowel and low[-1] in "аоуұыяюёэеіөүәиaıouäeiöüə":
            pair = after_vowel
        elif voiceless and low[-1] in "пфкқтсшщчцхpfktsşçhq":
            pair = voiceless
        return name + pair[is_front]

    return of_name


_VOWELS = "aeiouyäöüõāēīūáéíóúý"
FORMS: dict[str, list[tuple[str, Form]]] = {
    "ko": [
        ("{} 대통령이 말했다", particle("의", "의")),
        ("그는 {} 갔다", particle("으로", "로")),
        ("{} 협상했다", particle("과", "와")),
        ("{} 발표했다", particle("은", "는")),
        ("{} 비판했다", particle("을", "를")),
        ("사고가 {} 났다", particle("에서", "에서")),
    ],
    "lv": [
        ("Viņš ir no {}", swap("as>u", "es>u", "a>as", "e>es", "is>a", "s>a", every=True)),
        ("Dzīvo {}", swap("as>ās", "es>ēs", "a>ā", "e>ē", "is>ī", "s>ā", every=True)),
        ("Redz {}", swap("as>as", "es>es", "a>u", "e>i", "is>i", "s>u", every=True)),
    ],
    "lt": [
        ("Jis iš {}", swap("ai>ų", "os>ų", "ija>ijos", "a>os", "ė>ės", "as>o", "is>io", "us>aus", "ys>io", every=True)),
        ("Gyvena {}", swap("ai>uose", "os>ose", "a>oje", "ė>ėje", "as>e", "is>yje", "us>uje", "ys>yje", every=True)),
        ("Mato {}", swap("ai>us", "os>as", "a>ą", "ė>ę", "as>ą", "is>į", "us>ų", "ys>į", every=True)),
    ],
    "et": [
        ("Ta elab {} ja töötab", last_of(_VOWELS, "s", "is")),
        ("Ta tuli {} eile", last_of(_VOWELS, "st", "ist")),
        ("Ta räägib {} koos", last_of(_VOWELS, "ga", "iga")),
    ],
    "fi": [
        ("Hän tuli {} eilen", last_of("aouåeiyäö", "sta", "ista")),
        ("Hän puhui {} pitkään", last_of("aouåeiyäö", "lle", "ille")),
    ],
    "hu": [
        ("A {} elnöke", last_of("", "", "")),
        ("Utazás {} ma", swap("a>ába", "e>ébe", ">ba")),
        ("Érkezett {} ma", swap("a>ából", "e>éből", ">ból")),
    ],
    "tr": [
        ("{} geldi", lambda name: f"{name}'dan"),
        ("{} başkenti", lambda name: f"{name}'nın"),
    ],
    "kk": [
        ("{} астанасы", harmony("дың", "дің", after_vowel=("ның", "нің"), voiceless=("тың", "тің"))),
        ("Ол {} келді", harmony("дан", "ден", voiceless=("тан", "тен"))),
        ("Ол {} барды", harmony("ға", "ге", voiceless=("қа", "ке"))),
    ],
    "ky": [
        ("{} борбору", harmony("дын", "дин", after_vowel=("нын", "нин"), voiceless=("тын", "тин"))),
        ("Ал {} келди", harmony("дан", "ден", voiceless=("тан", "тен"))),
        ("Ал {} барды", harmony("га", "ге", voiceless=("ка", "ке"))),
    ],
    "uz": [
        ("{} poytaxti", lambda name: name + "ning"),
        ("U {} keldi", lambda name: name + "dan"),
        ("U {} yashaydi", lambda name: name + "da"),
    ],
    "tk": [
        ("Ol {} geldi", harmony("dan", "den")),
        ("Ol {} ýaşaýar", harmony("da", "de")),
    ],
    "tt": [
        ("Ул {} килде", harmony("дан", "дән", voiceless=("тан", "тән"))),
        ("Ул {} барды", harmony("га", "гә", voiceless=("ка", "кә"))),
    ],
    "mn": [("Тэр {} ирлээ", lambda name: name + ("аас" if set("аоуя") & set(name.lower()) else "ээс"))],
    "eu": [
        ("{} lehendakaria", last_of("aeiou", "ko", "go")),
        ("{} iritsi da", last_of("aeiou", "tik", "etik")),
        ("{} joan da", last_of("aeiou", "ra", "era")),
    ],
    "sq": [
        ("Ai shkoi në {}", swap("ë>ën", "i>inë", "a>an", ">in")),
        ("Kryeqyteti i {}", swap("ë>ës", "i>isë", "a>as", ">it")),
    ],
    "ka": [
        ("{} პრეზიდენტი", swap("ი>ის", "ა>ის", "ე>ეს", ">ს")),
        ("{} მოვიდა", swap("ი>იდან", "ა>იდან", "ე>ედან", ">დან")),
    ],
    "hy": [("{} նախագահը", swap("ա>այի", "ե>եի", "ո>ոյի", ">ի")), ("{} հետ", lambda name: name + "ի")],
    "el": [
        ("Η πρωτεύουσα της {}", swap("ία>ίας", "α>ας", "η>ης")),
        ("Πήγε στο {}", lambda name: name),
    ],
    "is": [("Hann er frá {}", swap("land>landi", "ía>íu", "a>u"))],
    "be": [("Ён з {}", swap("ія>іі", "ія>іі", "а>ы", "я>і"))],
    "mr": [("{} अध्यक्ष", lambda name: name + ("च्या" if name[-1] in "ािीोे" else "ाच्या"))],
    "ne": [
        ("{} राष्ट्रपति", lambda name: name + "को"),
        ("ऊ {} गयो", lambda name: name + "मा"),
        ("{} भन्यो", lambda name: name + "ले"),
    ],
    "bn": [("{} রাজধানী", lambda name: name + ("র" if name[-1] in "ািীোেুূ" else "ের"))],
    "gu": [("{} રાજધાની", lambda name: name + "ની"), ("તે {} ગયો", lambda name: name + "માં")],
    "ta": [("{} தலைநகர்", swap("ா>ாவின்", "ி>ியின்", "ை>ையின்", "ே>ேயின்", "்>ின்", "ு>ின்", "ோ>ோவின்", ">வின்"))],
    "te": [("{} రాజధాని", lambda name: name + "కు"), ("అతను {} ఉన్నాడు", lambda name: name + "లో")],
    "kn": [("ಅವನು {} ಹೋದ", swap("ಿ>ಿಗೆ", "ೀ>ೀಗೆ", "ೆ>ೆಗೆ", "್>್‌ಗೆ", ">ಕ್ಕೆ"))],
    "ml": [("{} തലസ്ഥാനം", swap("ൻ>ന്റെ", "്>ിന്റെ", "ൽ>ലിന്റെ", "ർ>റിന്റെ", "ം>ത്തിന്റെ", ">യുടെ"))],
    "am": [("የ{} ፕሬዚዳንት", lambda name: name), ("ወደ {} ሄደ", lambda name: name), ("{} ጎበኘ", lambda name: name + "ን")],
    "ti": [("ናብ {} ከይዱ", lambda name: name), ("ን{} በጺሑ", lambda name: name)],
    "he": [
        ("הוא נסע ל{} אתמול", lambda name: name),
        ("הוא גר ב{} היום", lambda name: name),
        ("הוא בא מ{} אתמול", lambda name: name),
    ],
    "ug": [("ئۇ {} كەلدى", lambda name: name + "دىن")],
    "ku": [("Ew ji {} hat", lambda name: name)],
    "cy": [("Aeth i {}", swap(">"))],
    "zu": [("Uya e{}", lambda name: name.removeprefix("i-").removeprefix("i").removeprefix("kwa-"))],
}
