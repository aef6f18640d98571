"""Rows written past Django's objects are those that Django would write."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from search.countries.mention import Mention
from search.ingest.storing.mentions import MENTION_COLUMNS, mention_row, mention_values
from search.models import Article, CountryMention
from search.models.rows import insert_rows

pytestmark = pytest.mark.django_db
MENTION = Mention("GE", "Georgia", "body", 3, 10, "name", "gazetteer")


def stored(article: Article) -> list[dict[str, object]]:
    return [{**row, "id": None} for row in article.mentions.values()]


def test_a_mention_is_the_same_either_way() -> None:
    one, other = (Article.objects.create(title=title) for title in ("One", "Other"))
    insert_rows(CountryMention, MENTION_COLUMNS, [mention_values(one.pk, MENTION)])
    mention_row(other.pk, MENTION).save()
    assert stored(one) == [{**row, "article_id": one.pk} for row in stored(other)]
    assert len(stored(one)) == 1


def test_the_database_still_refuses_what_breaks_a_constraint() -> None:
    article = Article.objects.create(title="One")
    twice = [mention_values(article.pk, MENTION)] * 2
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(CountryMention, MENTION_COLUMNS, twice)
    assert stored(article) == []


def test_no_rows_are_no_trouble() -> None:
    insert_rows(CountryMention, MENTION_COLUMNS, [])
    assert not CountryMention.objects.exists()
