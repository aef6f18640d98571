"""Countries found in sentences of each language, the traps, and the promises about spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.countries import country_codes, detect_mentions
from search.countries.mention import Mention

LANGUAGES = [
    ("ar", "التقى وزير الخارجية الروسي نظيره التركي، وبحث الطرفان الوضع بليبيا وأذربيجان.", "AZ LY RU TR"),
    ("ar", "اتَّفَقَتِ السُّعُودِيَّةُ مع العراق، وقالت موسكو إنها لا تعترض", "IQ RU SA"),
    ("ar", "قدمت الوفود شكرها للصين ولليابان وللولايات المتحدة", "CN JP US"),
    ("ar", "زار اللبنانيون والمصريون معرضا أقامه الأتراك", "EG LB TR"),
    ("az", "Rusiyanın nümayəndəsi Türkiyədən gələn qonaqla Azərbaycanda görüşdü.", "AZ RU TR"),
    ("az", "ABŞ və Ermənistan arasında danışıqlar İrana görə dayandı.", "AM IR US"),
    ("bg", "Българският министър обсъди с Турция и Гърция охраната на границата.", "BG GR TR"),
    ("bg", "Русия и САЩ подписаха споразумение, съобщиха от Великобритания.", "GB RU US"),
    ("cs", "Česká vláda jednala se slovenskou delegací o pomoci Ukrajině.", "CZ SK UA"),
    ("cs", "V Německu a ve Francii platí nová pravidla pro turisty z Rakouska.", "AT DE FR"),
    ("de", "Die französische Regierung verhandelt mit Italien und der Schweiz.", "CH FR IT"),
    ("de", "Die USA und Großbritanniens Außenminister warnten Moskau.", "GB RU US"),
    ("de", "Jordaniens König besucht Frankreichs Präsidenten.", "FR JO"),
    ("sv", "Norges regering talar med Tyskland.", "DE NO"),
    ("bg", "Сръбският президент посети Румъния.", "RO RS"),
    ("en", "Armenian and Azeri envoys will fly to the U.S. after talks in Geneva.", "AM AZ US"),
    ("en", "A UK-based charity says Israeli-made drones reached Sudan.", "GB IL SD"),
    ("en", "The Kremlin and the White House traded accusations.", "RU US"),
    ("es", "El canciller venezolano viajó a Perú y luego a los EE.UU.", "PE US VE"),
    ("es", "La ministra alemana se reunirá con su homólogo francés en Túnez.", "DE FR TN"),
    ("fa", "وزیر خارجه ایران با همتای ترکیه‌ای خود درباره سوریه گفت‌وگو کرد.", "IR SY TR"),
    ("fa", "شرکت‌های آمریکایی از کره جنوبی و ژاپن قطعه می‌خرند.", "JP KR US"),
    ("fr", "Le président sénégalais a rencontré son homologue russe en Côte d’Ivoire.", "CI RU SN"),
    ("fr", "Les États-Unis et la Grande-Bretagne soutiennent l'Ukraine.", "GB UA US"),
    ("hy", "Հայաստանի վարչապետը հանդիպեց Ռուսաստանի նախագահին Ֆրանսիայում։", "AM FR RU"),
    ("hy", "Ադրբեջանը և Թուրքիան համատեղ զորավարժություն են անցկացնում։", "AZ TR"),
    ("it", "Il governo tedesco chiede all'Italia e alla Spagna di collaborare.", "DE ES IT"),
    ("it", "La Cina e gli Stati Uniti riprendono i colloqui.", "CN US"),
    ("pl", "Polscy strażacy pojechali do Grecji, a Niemcy wysłały samoloty.", "DE GR PL"),
    ("pl", "Prezydent Ukrainy rozmawiał z premierem Wielkiej Brytanii.", "GB UA"),
    ("pt", "O governo brasileiro importa trigo da Argentina e dos Estados Unidos.", "AR BR US"),
    ("pt", "A seleção de Moçambique perdeu com Angola.", "AO MZ"),
    ("ru", "Армянские и грузинские дипломаты обсудили с Турцией поставки в Иран.", "AM GE IR TR"),
    ("ru", "В Германии и во Франции вспоминают СССР, а Москва молчит.", "DE FR RU"),
    ("sl", "Hrvaška in Slovenija sta podpisali sporazum z Madžarsko.", "HR HU SI"),
    ("sl", "Nemški minister je obiskal Avstrijo.", "AT DE"),
    ("tr", "Rusya'nın açıklaması Ankara ile Atina arasında tartışma yarattı.", "GR RU TR"),
    ("tr", "Türkiye'den giden heyet Azerbaycanlı ve Amerikalı yetkililerle görüştü.", "AZ TR US"),
    ("uk", "Польща та Україна домовилися з Німеччиною про транзит.", "DE PL UA"),
    ("uk", "Французькі та британські лікарі прибули до Вірменії.", "AM FR GB"),
    ("zh", "中国外长同俄罗斯总统讨论了叙利亚局势。", "CN RU SY"),
    ("zh", "美方表示，印度尼西亚与泰国将加入谈判。", "ID TH US"),
    ("nl", "De minister reist morgen naar Duitsland.", "DE"),
    (None, "Россия и Китай проводят учения.", "CN RU"),
    (None, "ایران و پاکستان گاز مبادله می‌کنند", "IR PK"),
    ("xx", "Nothing here but a brief mention", ""),
    ("und", "Россия и Китай проводят учения.", "CN RU"),
    ("sr", "Hrvatska i Rusija potpisale su sporazum.", "HR RU"),
    ("sr", "Србија и Русија потписале су споразум.", "RS RU"),
]

TRAPS = [
    ("en", "Voters in Atlanta, Georgia, queued for hours to choose a senator.", ""),
    ("en", "Georgia said its border with Armenia stays open.", "AM GE"),
    ("en", "Michael Jordan and Chad Smith met the coach.", ""),
    ("en", "Jordan closed its border after Syrian shelling.", "JO SY"),
    ("en", "Chad sent troops to the north.", "TD"),
    ("en", "They ate turkey and drank from old china.", ""),
    ("en", "Papua New Guinea beat Guinea-Bissau while Equatorial Guinea lost to Guinea.", "GN GQ GW PG"),
    ("en", "Niger and Nigeria share a river.", "NE NG"),
    ("en", "The Democratic Republic of Congo is across the river from the Republic of the Congo.", "CD CG"),
    ("en", "North Korea fired a missile towards South Korea.", "KP KR"),
    ("en", "He moved from New Jersey to New Mexico and then to New England.", ""),
    ("en", "Oil spilled into the Gulf of Mexico.", ""),
    ("en", "The Minsk Group will meet again, its chairmen said.", ""),
    ("en", "Belarus hosts the meeting, Minsk said.", "BY"),
    ("en", "Bank of America and American Express reported earnings.", ""),
    ("en", "Syria News is the outlet that first wrote of it.", ""),
    ("en", "The Kuwait Times and Turkish Airlines said so.", ""),
    ("en", "Paris Mayor Anne Roux resigned.", "FR"),
    ("en", "The District of Columbia and British Columbia are far apart.", ""),
    ("en", "South America, Latin American leaders and Native Americans", ""),
    ("en", "In Paris, Michelle Roux met Mr Jordan.", ""),
    ("de", "Die Deutsche Bank meldet Gewinn.", ""),
    ("tr", "Ruslar ve Amerikalıların Türklere verdiği söz", "RU TR US"),
    ("tr", "Turkuaz rusça hindi", ""),
    ("es", "Israel Romero ganó la carrera.", ""),
    ("es", "Israel y Siria acordaron una tregua.", "IL SY"),
    ("pl", "Szkoły i węgiel. Niemniej warto wiedzieć.", ""),
    ("cs", "Cílem je mír. Trenér Němec a střelec Polák", ""),
    ("ru", "Дмитрий Ливанов и Доминик Рааб", ""),
    ("uk", "Дані свідчать про зростання", ""),
    ("en", "Fighters from Artsakh and Abkhazia attended.", ""),
    ("en", "Several former Soviet republics signed.", ""),
    ("en", "The Soviet Union, West Germany, Zaire and Burma signed the treaty.", "CD DE MM RU"),
    ("en", "Yugoslavia and Czechoslovakia no longer exist.", ""),
    ("en", "England, Scotland, Wales and Northern Ireland vote today.", "GB"),
    ("en", "Palestine, Kosovo, Taiwan and Western Sahara were on the agenda.", "EH PS TW XK"),
    ("en", "Troops were based in Moscow for a week.", ""),
    ("en", "CONTACT US OR FOLLOW US", ""),
    ("en", "Please tell us about it.", ""),
    ("ru", "Того, кто пришёл первым, ждёт приз. Кроме того, будет концерт.", ""),
    ("ru", "Сборная Того обыграла соперника.", "TG"),
    ("ru", "Мали закрыла границу. Войска Мали ушли.", "ML"),
    ("ru", "Мали котята и стары коты.", ""),
    ("ru", "Егор Поляков и Андрей Китаев выступили в клубе.", ""),
    ("ru", "Мали котята, а чад от печи густ", ""),
    ("ru", "Минская группа ОБСЕ собралась снова.", ""),
    ("ru", "Бывшие советские республики и постсоветское пространство", ""),
    ("sl", "Mali otroci so se igrali.", ""),
    ("bg", "Мали деца играят. Само днес.", ""),
    ("ar", "القطاع المالي شهد نموا في الشرق الأوسط", ""),
    ("ar", "قال مسؤول في مالي إن النيجر أغلقت الحدود", "ML NE"),
    ("ar", "وصل المسافر إلى مسقط رأسه", ""),
    ("ar", "أعلنت سلطنة عمان موقفها", "OM"),
    ("ar", "جرت الانتخابات في ولاية جورجيا الأميركية", "US"),
    ("ar", "تقع أمريكا اللاتينية في الغرب", ""),
    ("fr", "La réunion aura lieu demain.", ""),
    ("fr", "Maurice et Dominique habitent à Vienne.", ""),
    ("es", "El hotel está en la calle Granada.", ""),
    ("es", "La serbia ganó el torneo.", "RS"),
    ("it", "Il pilota della Ferrari ha vinto.", ""),
    ("pl", "Kuba Nowak mieszka na wsi.", ""),
    ("fa", "جلسه روز دوشنبه برگزار شد", ""),
    ("tr", "Mali tablolar açıklandı.", ""),
    ("zh", "他从新泽西搬到新墨西哥和马里兰。", ""),
    ("zh", "印度洋与拉丁美洲", ""),
]

DATELINES = [
    ("en", "BRUSSELS, March 27, Reuter - Ministers met.", "BE"),
    ("en", "TORONTO, Feb 26 - The company said it would close.", "CA"),
    ("en", "LONDON, Ontario, March 3 - A plant will open.", "CA"),
    ("en", "PORTLAND, Ore., March 3 - A plant will open.", "US"),
    ("en", "FRANKFURT (Agency) - Shares fell.", "DE"),
    ("en", "ZURICH/MILAN, May 1 - Shares fell.", "CH IT"),
    ("es", "Bogotá, 3 oct (EFE) - El acuerdo fue firmado.", "CO"),
    ("en", "The mayor of a town - a quiet man - resigned.", ""),
]


def _codes(language: str | None, text: str) -> list[str]:
    return country_codes(detect_mentions("", text, language))


@pytest.mark.parametrize(("language", "text", "expected"), LANGUAGES)
def test_the_countries_of_a_sentence_are_found_in_its_language(language: str | None, text: str, expected: str) -> None:
    assert _codes(language, text) == expected.split()


@pytest.mark.parametrize(("language", "text", "expected"), TRAPS)
def test_a_look_alike_is_not_taken_for_a_country(language: str, text: str, expected: str) -> None:
    assert _codes(language, text) == expected.split()


@pytest.mark.parametrize(("language", "text", "expected"), DATELINES)
def test_a_dateline_names_the_country_of_its_place(language: str, text: str, expected: str) -> None:
    assert _codes(language, text) == expected.split()


def test_a_mention_says_its_kind_and_rule() -> None:
    mentions = detect_mentions("French wine", "PERTH, May 2 - Tokyo imports it from Chile.", "en")
    assert [(m.country, m.surface, m.field, m.kind) for m in mentions] == [
        ("FR", "French", "title", "adjective"),
        ("AU", "PERTH", "body", "dateline"),
        ("JP", "Tokyo", "body", "capital"),
        ("CL", "Chile", "body", "name"),
    ]
    assert all(mention.rule for mention in mentions)


def test_a_word_that_is_also_a_country_counts_in_a_headline_when_the_text_names_the_country() -> None:
    found = detect_mentions("Мали закрыла границу", "Об этом сообщили власти Мали.", "ru")
    assert [(m.field, m.country) for m in found] == [("title", "ML"), ("body", "ML")]


def test_spans_are_those_of_the_original_text_when_marks_were_dropped() -> None:
    text = "قالت تُرْكِيَا وســوريا"
    surfaces = [text[m.start : m.end] for m in detect_mentions("", text, "ar")]
    assert surfaces == ["تُرْكِيَا", "ســوريا"]


def test_an_empty_article_names_nothing() -> None:
    assert detect_mentions("", "", None) == ()


PIECES = st.sampled_from(
    ["France", "U.S.", "تُركيا", "وروسيا", "Того", "İran", "中国", "Co\u0302te d’Ivoire", "New Jersey", "ß", "\u200c", "ﬁ",
     "\x00", "\U0001f1eb\U0001f1f7", "PARIS, May 3 - ", "Jordan", "ROSSIA", "Россией", "\ufeff", "\u0640", "ايران‌ها", "\n"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map(" ".join))


@given(TEXTS, TEXTS, st.sampled_from([None, "en", "ar", "fa", "ru", "tr", "zh", "hy", "pl", "th", "xx"]))
def test_any_text_gives_ordered_spans_that_do_not_overlap_and_hold_their_surface(
    title: str, body: str, language: str | None
) -> None:
    check_spans(title, body, language)


def test_any_piece_that_names_a_country_gives_such_spans_too() -> None:
    assert len(check_spans("Jordan and France", "PARIS, May 3 - France, New Jersey and \U0001f1eb\U0001f1f7", "en")) > 3


def check_spans(title: str, body: str, language: str | None) -> tuple[Mention, ...]:
    mentions = detect_mentions(title, body, language)
    texts = {"title": title, "body": body}
    for mention in mentions:
        assert texts[mention.field][mention.start : mention.end] == mention.surface != ""
    for first, second in pairwise(mentions):
        assert _place(first) < _place(second)
        assert first.field != second.field or first.end <= second.start
    return mentions


def _place(mention: Mention) -> tuple[bool, int]:
    return mention.field == "body", mention.start


def test_a_capital_that_may_be_a_name_counts_once_where_it_is_the_dateline() -> None:
    found = detect_mentions("Minister resigns", "PARIS, March 3 - The minister of France resigned.", "en")
    assert [(m.surface, m.kind) for m in found] == [("PARIS", "dateline"), ("France", "name")]
