"""What form and place show to be no text, without any known wording."""

from __future__ import annotations

import pytest

from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.boilerplate import Phrases
from search.ingest.splitting.split import split_page
from tests.evaluation.heldout import topics

TOPICS = topics("en")


def split(*lines: str) -> list[PageArticle]:
    return split_page("\n\n".join(lines) + "\n", phrases=Phrases())


def test_a_line_that_comes_again_under_every_text_ends_it_whatever_it_says() -> None:
    lines = [
        line for topic in TOPICS[:3] for line in (topic.title, *topic.paragraphs, "Zum mokka plim", "Ferret bazaar")
    ]
    found = split(*lines)
    assert [article.title for article in found] == [topic.title for topic in TOPICS[:3]]
    assert [article.body.split("\n\n")[-1] for article in found] == [topic.paragraphs[-1] for topic in TOPICS[:3]]


def test_a_line_that_comes_again_above_texts_is_a_subhead_and_stays() -> None:
    first, second, third, last = TOPICS[0].paragraphs
    (article,) = split(TOPICS[0].title, first, "Our answer", second, "Our answer", third, "Our answer", last)
    assert article.body.count("Our answer") == 3


def test_a_text_that_the_page_has_twice_is_found_twice() -> None:
    one = (TOPICS[0].title, "By Martha Ellwood", *TOPICS[0].paragraphs)
    found = split(*one, *one)
    assert [article.body for article in found] == ["\n\n".join(TOPICS[0].paragraphs)] * 2


@pytest.mark.parametrize(
    "appeal",
    [
        "Keep this paper alive, every bit helps: https://quay.example/help",
        "Ihre Gabe hilft uns: DE02 1203 0000 0000 2020 51",
        "راسلونا على barid@wadi.example",
        "© 2021 Quay and Sons",
    ],
)
def test_an_appeal_with_an_address_or_a_notice_of_rights_is_no_end_of_a_text(appeal: str) -> None:
    (article,) = split(TOPICS[0].title, *TOPICS[0].paragraphs, appeal)
    assert article.body.endswith(TOPICS[0].paragraphs[-1])


def test_an_address_inside_a_text_is_text() -> None:
    told = "The tide tables are at www.tides.example, and the harbour master said that everybody should read them."
    (article,) = split(TOPICS[0].title, TOPICS[0].paragraphs[0], told, *TOPICS[0].paragraphs[1:])
    assert told in article.body


def test_a_heading_run_together_with_the_last_sentence_is_taken_off() -> None:
    glued = [(topic.title, *topic.paragraphs[:-1], topic.paragraphs[-1] + "Wider reading") for topic in TOPICS[:3]]
    found = split(*[line for lines in glued for line in lines])
    assert [article.body.split("\n\n")[-1] for article in found] == [topic.paragraphs[-1] for topic in TOPICS[:3]]


def test_links_to_articles_of_the_page_do_not_hide_their_titles() -> None:
    lines = []
    for topic in TOPICS[:3]:
        lines += [topic.title, "Talmouth Post", *topic.paragraphs, "Plim plam", TOPICS[4].title]
    lines += [TOPICS[4].title, "Talmouth Post", *TOPICS[4].paragraphs]
    assert [article.title for article in split(*lines)] == [topic.title for topic in (*TOPICS[:3], TOPICS[4])]
