from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.stories.comparing import Prepared, StoryIndex, copies_of, overlap_of, prepare, signature
from search.stories.comparing.words import words

# Invented news: text, what one outlet changed (old, new).
NEAR_COPIES = {
    "en": (
        "The old harbour of Eastport opened again on Monday after a week of storms that kept more than forty ships at "
        "sea. Mayor Ada Finch said the breakwater had held, but two cranes must be replaced before autumn. Fishermen "
        "lost about a third of the season's catch, their union said, and asked the council for help with the repairs.",
        ("on Monday", "this Monday morning"),
    ),
    "fr": (
        "Le vieux port de Valmer a rouvert lundi après une semaine de tempêtes qui a retenu plus de quarante navires au "
        "large. La digue a tenu, a déclaré la maire Odile Ferrand, mais deux grues devront être remplacées avant "
        "l'automne. Les pêcheurs ont perdu près d'un tiers de leurs prises et demandent une aide à la commune.",
        ("a déclaré la maire Odile Ferrand", "selon la maire Odile Ferrand"),
    ),
    "ru": (
        "Старый порт Восточного города снова открылся в понедельник после недели штормов, из-за которых более сорока "
        "судов оставались в море. По словам мэра Анны Соколовой, волнорез выдержал, однако два крана придётся заменить "
        "до осени. Рыбаки потеряли около трети улова и просят совет помочь с ремонтом причалов и лодок.",
        ("в понедельник", "в понедельник утром"),
    ),
    "ar": (
        "أعيد فتح الميناء القديم في مدينة الشرق يوم الاثنين بعد أسبوع من العواصف التي أبقت أكثر من أربعين سفينة في عرض "
        "البحر. وقالت رئيسة البلدية إن كاسر الأمواج صمد لكن رافعتين يجب استبدالهما قبل الخريف. وخسر الصيادون نحو ثلث "
        "محصول الموسم وطلبوا من المجلس مساعدتهم في إصلاح القوارب والأرصفة المتضررة.",
        ("يوم الاثنين", "صباح الاثنين"),
    ),
    "zh": (
        "东港旧码头在连续一周的风暴之后于星期一重新开放，此前有四十多艘船只滞留海上。市长表示防波堤经受住了考验，但有两台起重机必须在秋天"
        "之前更换。渔民工会说，本季渔获损失约三分之一，并请求市议会协助修理受损的船只和码头。",
        ("市长表示", "市长林海对记者表示"),
    ),
    "th": (
        "ท่าเรือเก่าของเมืองตะวันออกเปิดอีกครั้งเมื่อวันจันทร์หลังพายุพัดต่อเนื่องหนึ่งสัปดาห์ซึ่งทำให้เรือกว่าสี่สิบลำต้องจอดรออยู่กลางทะเล "
        "นายกเทศมนตรีกล่าวว่าเขื่อนกันคลื่นยังแข็งแรงดีแต่ต้องเปลี่ยนปั้นจั่นสองตัวก่อนฤดูหนาว ชาวประมงขอให้สภาช่วยซ่อมเรือที่เสียหาย",
        ("เมื่อวันจันทร์", "เมื่อเช้าวันจันทร์"),
    ),
    "km": (
        "កំពង់ផែចាស់នៃទីក្រុងខាងកើតបានបើកឡើងវិញនៅថ្ងៃច័ន្ទបន្ទាប់ពីមានព្យុះអស់រយៈពេលមួយសប្តាហ៍ដែលធ្វើឱ្យកប៉ាល់ជាងសែសិបគ្រឿងនៅជាប់ក្នុងសមុទ្រ។ "
        "អភិបាលក្រុងបាននិយាយថាទំនប់ការពាររលកនៅរឹងមាំប៉ុន្តែត្រូវប្តូររថយន្តស្ទូចពីរមុនរដូវវស្សា។",
        ("នៅថ្ងៃច័ន្ទ", "នៅព្រឹកថ្ងៃច័ន្ទ"),
    ),
}
# The same event in other words.
RETOLD = {
    "en": (
        "Ships are moving in Eastport once more. A week of heavy weather had shut the port, leaving dozens of vessels "
        "waiting outside, until officials lifted the ban at the start of this week. Repairs to lifting gear will take "
        "months, city hall announced, while crews of the fishing fleet seek money for what they could not land."
    ),
    "fr": (
        "Les bateaux circulent de nouveau à Valmer. Fermé durant sept jours à cause du mauvais temps, le port accueille "
        "depuis le début de la semaine les équipages qui patientaient dehors. Réparer les engins de levage prendra des "
        "mois, annonce la mairie, tandis que la flotte de pêche réclame une compensation pour ce manque à gagner."
    ),
    "zh": (
        "受恶劣天气影响关闭七天后，东港航运本周初恢复正常，数十艘等候的轮船陆续进港。市政府宣布吊装设备的维修将持续数月。"
        "当地捕鱼船队希望获得补偿，因为他们这段时间几乎没有收入。气象部门预计未来几天风力减弱，天气转晴。"
    ),
}


def is_copy(one: Prepared, other: Prepared) -> bool:
    return copies_of(one, [(0, other)]).keys() == {0}


def overlap(text_a: str, text_b: str) -> float:
    a, b = (Prepared(tuple(found), Counter(found)) for found in (words(text_a), words(text_b)))
    return overlap_of(a, b)


@pytest.mark.parametrize("language", NEAR_COPIES)
def test_an_edited_copy_is_a_candidate_and_a_copy(language: str) -> None:
    text, (old, new) = NEAR_COPIES[language]
    assert old in text
    copy = text.replace(old, new).upper()
    ours, theirs = signature("One title", text), signature("Another", copy)
    assert ours is not None
    assert theirs is not None
    index = StoryIndex()
    assert index.add(ours) == []
    assert index.add(theirs) == [0]
    assert copies_of(prepare("Another", copy), [(1, prepare("One title", text))]).keys() == {1}


@pytest.mark.parametrize("language", RETOLD)
def test_the_same_event_in_other_words_is_no_copy(language: str) -> None:
    assert not is_copy(prepare("", NEAR_COPIES[language][0]), prepare("", RETOLD[language]))


@pytest.mark.parametrize("language", NEAR_COPIES)
def test_other_languages_are_no_copies(language: str) -> None:
    others = [
        (number, prepare("", text)) for number, (name, (text, _)) in enumerate(NEAR_COPIES.items()) if name != language
    ]
    assert copies_of(prepare("", NEAR_COPIES[language][0]), others) == {}


def test_short_boilerplate_under_different_titles_is_no_copy() -> None:
    notice = "This article is for subscribers only. Log in or subscribe to read on."
    assert not is_copy(
        prepare("Harbour of Eastport opens again after storms", notice),
        prepare("Council votes on new tram line to the hospital", notice),
    )


def test_a_short_report_is_a_copy_under_the_same_title() -> None:
    body = "The harbour opened again on Monday after a week of storms."
    assert is_copy(prepare("Eastport harbour opens", body), prepare("EASTPORT HARBOUR OPENS", body))


def test_overlap_is_the_mean_of_two_coefficients() -> None:
    # Different words: 2 of 3 shared; running words: 3 of 5.
    assert overlap("a a b", "a a b c c") == pytest.approx((2 / 3 + 3 / 5) / 2)


WORDS = st.lists(st.sampled_from("abcdef"), max_size=30)


@given(WORDS, WORDS)
def test_overlap_agrees_with_counting(one: list[str], other: list[str]) -> None:
    counted_one, counted_other = Counter(one), Counter(other)
    either = (counted_one | counted_other).total()
    running = (counted_one & counted_other).total() / either if either else 1.0
    different = len({*one} & {*other}) / len({*one} | {*other}) if either else 1.0
    assert overlap(" ".join(one), " ".join(other)) == pytest.approx((running + different) / 2)


@given(st.text(max_size=80), st.text(max_size=80))
def test_overlap_is_symmetric_and_whole_with_itself(one: str, other: str) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one) == 1
    assert 0 <= overlap(one, other) <= 1
