"""What lies in no article is told, and doubted where it is much."""

from __future__ import annotations

from search.ingest.splitting.split import split_whole_page
from tests.ingest.invented_pages import EN

TEXT = [" ".join(text.split()) for text in EN]
ARTICLE = "\n\n".join(["Northern quay closes for repairs", "By Anna Tillmore", *TEXT])
COMMENTS = "\n\n".join(
    ["Comments", *(f"Reader {number} writes that the quay should stay open for boats" for number in range(9))]
)


def test_a_page_that_is_all_article_leaves_nothing_out() -> None:
    split = split_whole_page(ARTICLE)
    assert not split.is_doubtful
    assert split.left_out == ()


def test_more_than_a_tenth_in_no_article_is_doubted_and_told_with_its_lines() -> None:
    split = split_whole_page(f"{ARTICLE}\n\n{COMMENTS}")
    assert split.is_doubtful
    assert all(article.evidence.is_doubtful for article in split.articles)
    first = ARTICLE.count("\n") + 3
    assert (split.left_out[0].first_line, split.left_out[0].reason) == (first, "comments")


def test_the_numbers_of_what_is_left_out_are_those_of_the_file() -> None:
    wrapped = ARTICLE.replace(" warned ", "\nwarned ").replace(" and ", "\nand ")
    split = split_whole_page(f"{wrapped}\n\n{COMMENTS}")
    rows = f"{wrapped}\n\n{COMMENTS}".split("\n")
    assert any(rows[part.first_line - 1].startswith(("Comments", "Reader")) for part in split.left_out)


def test_a_title_without_a_text_is_doubted() -> None:
    split = split_whole_page("Northern quay closes for repairs\n")
    assert [article.evidence.is_doubtful for article in split.articles if not article.body.strip()] in ([], [True])
