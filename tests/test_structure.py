"""Articles of saved pages split in two and joined by people, and what an ingest of the same file
makes of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import services, structure
from search.exceptions import StructureRefused
from search.models import Article, CountryMention, IndexOutbox, StructureChange
from search.selectors import doubtful_splits
from tests.evaluation.heldout import topics
from tests.ingest.runs import everything, ingest, statuses

pytestmark = pytest.mark.django_db

FIRST = (
    "Ferry to the islands will sail all winter",
    "The ferry company of Batumi in Georgia said on Monday that its boats would sail to the islands through the whole winter.",
    "Islanders had feared that the last crossing would be cut, as it was in the two years before.",
)
SECOND = (
    "Orchards are cleared by goats",
    "By Carol Whitby",
    "19 November 2019",
    "A herd of two hundred goats from Armenia eats the brambles that had spread through the abandoned orchards of the valley.",
    "Clearing by machine costs three times as much, the growers of Turkey calculated, and the slopes are steep.",
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page in which ingest finds two articles."""
    path = tmp_path / "page.txt"
    path.write_text("\n\n".join((*FIRST, *SECOND)) + "\n", encoding="utf-8")
    return path


def two(path: Path) -> tuple[Article, Article]:
    ingest(path)
    first, second = Article.objects.order_by("first_line")
    return first, second


def countries(article: Article) -> set[str]:
    return {mention.country for mention in article.mentions.filter(status="accepted")}


def join_then_split(path: Path) -> tuple[Article, Article, StructureChange]:
    first, second = two(path)
    structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    change = structure.article_split(article=first, offset=first.body.index(SECOND[0]))
    assert change.second is not None
    first.refresh_from_db()
    return first, change.second, change


def test_joining_puts_the_second_text_under_its_title_below_the_first_and_hides_the_second(page: Path) -> None:
    first, second = two(page)
    structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.body == "\n\n".join((*FIRST[1:], SECOND[0], *SECOND[3:]))
    assert (first.last_line, first.split_review) == (15, "settled")
    assert (second.visible, second.hidden_reason) == (False, f"joined to {first.external_id}")
    assert countries(first) == {"GE", "AM", "TR"}


def test_undoing_a_join_puts_everything_back(page: Path) -> None:
    first, second = two(page)
    before = everything()
    change = structure.articles_join(first=first, second=second)
    structure.structure_undo(change=change)
    for article in (first, second):
        stored = Article.objects.get(pk=article.pk)
        assert (stored.body, stored.visible, stored.last_line) == (article.body, article.visible, article.last_line)
        assert stored.evidence == article.evidence
    assert countries(first) == {"GE"}
    assert len(everything()) == len(before)


def test_the_second_part_of_a_split_has_the_labels_that_it_states(page: Path) -> None:
    path = page.with_name("other.txt")
    path.write_text("\n\n".join((*FIRST, *FIRST[1:])) + "\n", encoding="utf-8")
    ingest(path)
    article = Article.objects.get()
    article.body = "\n\n".join((*FIRST[1:], *SECOND))
    services.article_save(article=article)
    change = structure.article_split(article=article, offset=article.body.index(SECOND[0]) + 5)
    second = change.second
    assert second is not None
    assert (second.title, second.author, second.published_iso) == (SECOND[0], "Carol Whitby", "2019-11-19")
    assert second.body == "\n\n".join(SECOND[3:])
    article.refresh_from_db()
    assert article.body == "\n\n".join(FIRST[1:])
    assert (countries(article), countries(second)) == ({"GE"}, {"AM", "TR"})


def test_the_lines_of_both_parts_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    lines = (FIRST[0], FIRST[1], FIRST[2], FIRST[1][:-1] + " again.", FIRST[2][:-1] + " too.")
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    ingest(path)
    article = Article.objects.get()
    change = structure.article_split(article=article, offset=article.body.index(lines[3]))
    article.refresh_from_db()
    assert change.second is not None
    assert (article.first_line, article.last_line) == (1, 6)
    assert (change.second.first_line, change.second.last_line) == (7, 9)


def test_an_ingest_of_the_same_file_changes_nothing_after_split_join_and_undo(page: Path) -> None:
    first, second, change = join_then_split(page)
    for _step in range(2):
        before = everything()
        _, report = ingest(page)
        assert statuses(report) == ["unchanged", "unchanged"]
        assert everything() == before
        if change.undone_at is None:
            structure.structure_undo(change=change)
            change.refresh_from_db()
    assert not Article.objects.filter(pk=second.pk).exists()
    structure.structure_undo(change=StructureChange.objects.get(kind="join"))
    before = everything()
    _, report = ingest(page)
    assert statuses(report) == ["unchanged", "unchanged"]
    assert everything() == before
    assert first.pk in {article.pk for article in Article.objects.visible()}


def test_a_changed_file_does_not_overwrite_a_joined_text(page: Path) -> None:
    first, second = two(page)
    structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    joined = first.body
    page.write_text(page.read_text(encoding="utf-8").replace("Monday", "Tuesday"), encoding="utf-8")
    ingest(page)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.body, first.split_review, second.visible) == (joined, "settled", False)
    assert Article.objects.count() == 2


def test_what_people_decided_about_countries_moves_with_its_words(page: Path) -> None:
    first, second = two(page)
    services.mention_reject(mention=second.mentions.get(country="TR"))
    services.mention_add(article=second, country="FR", surface="goats")
    structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    assert countries(first) == {"GE", "AM", "FR"}
    change = structure.article_split(article=first, offset=first.body.index(SECOND[0]))
    assert change.second is not None
    assert (countries(first), countries(change.second)) == ({"GE"}, {"AM", "FR"})
    added = change.second.mentions.get(country="FR")
    text = change.second.title if added.field == "title" else change.second.body
    assert text[added.start : added.end] == "goats"
    structure.structure_undo(change=change)
    assert countries(first) == {"GE", "AM", "FR"}
    assert first.mentions.get(country="TR").status == "rejected"


def test_a_mention_that_a_person_added_since_outlives_the_undoing(page: Path) -> None:
    first, second = two(page)
    change = structure.articles_join(first=first, second=second)
    services.mention_add(article=Article.objects.get(pk=first.pk), country="ES")
    structure.structure_undo(change=change)
    assert countries(first) == {"GE", "ES"}
    assert CountryMention.objects.filter(article=second, country="AM").exists()


def test_every_change_is_queued_for_the_index(page: Path) -> None:
    first, second = two(page)
    for act in (
        lambda: structure.articles_join(first=first, second=second),
        lambda: structure.structure_undo(change=StructureChange.objects.get()),
    ):
        IndexOutbox.objects.all().delete()
        act()
        assert set(IndexOutbox.objects.values_list("article_id", flat=True)) == {first.pk, second.pk}


def test_what_cannot_be_done_is_refused_with_a_remedy(page: Path) -> None:
    first, second = two(page)
    with pytest.raises(StructureRefused, match="swap"):
        structure.articles_join(first=second, second=first)
    with pytest.raises(StructureRefused, match="both sides"):
        structure.article_split(article=first, offset=0)
    with pytest.raises(StructureRefused, match="both sides"):
        structure.article_split(article=first, offset=len(first.body) + 1)
    change = structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    later = structure.article_split(article=first, offset=first.body.index(SECOND[0]))
    with pytest.raises(StructureRefused, match="undo that first"):
        structure.structure_undo(change=change)
    structure.structure_undo(change=later)
    with pytest.raises(StructureRefused, match="undone before"):
        structure.structure_undo(change=later)
    first.refresh_from_db()
    first.body += " Edited."
    services.article_save(article=first)
    with pytest.raises(StructureRefused, match="edited since"):
        structure.structure_undo(change=change)


def test_labels_corrected_since_stay_when_a_change_is_undone(page: Path) -> None:
    first, second = two(page)
    change = structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    first.author = "Somebody"
    services.article_save(article=first)
    structure.structure_undo(change=change)
    first.refresh_from_db()
    assert (first.author, first.body) == ("Somebody", "\n\n".join(FIRST[1:]))


def test_doubtful_splits_are_listed_until_a_person_settles_them(page: Path) -> None:
    first, second = two(page)
    Article.objects.filter(pk=first.pk).update(split_review="doubtful", split_confidence=0.5)
    assert list(doubtful_splits()) == [first]
    services.splits_settle(articles=doubtful_splits())
    assert list(doubtful_splits()) == []
    assert second.split_review == ""


def test_the_passages_of_a_joined_text_have_their_languages_until_it_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    arabic = topics("ar")[0]
    path.write_text("\n\n".join((*FIRST, arabic.title, *arabic.paragraphs)) + "\n", encoding="utf-8")
    first, second = two(path)
    change = structure.articles_join(first=first, second=second)
    first.refresh_from_db()
    assert [code for _start, _end, code, _sure in first.language_parts] == ["en", "ar"]
    structure.structure_undo(change=change)
    first.refresh_from_db()
    assert (first.language, first.language_parts) == ("en", [])
