"""Values of kinds and states are the same in the database and in the libraries that know no Django."""

from __future__ import annotations

from datetime import date

import pytest

from search.dates import values
from search.formats import Format
from search.ingest.files.kinds import READ_FORMATS
from search.models import Article, SourceDocument
from search.models.choices import DateSource, DocumentFormat, Precision


def test_the_database_takes_every_precision_source_and_format_that_is_read() -> None:
    assert set(Precision.values) == set(values.Precision)
    assert set(DateSource.values) == {*values.DateSource, "manual"}
    assert set(DocumentFormat.values) == set(Format) == set(READ_FORMATS)


def test_a_model_knows_its_values_by_the_names_that_others_use() -> None:
    assert (Article.Precision, Article.DateSource, SourceDocument.Format) == (Precision, DateSource, DocumentFormat)
    # A migration or an option must not name a Python class.
    assert {type(each) for each in (*Precision.values, *DateSource.values, *DocumentFormat.values, *READ_FORMATS)} == {
        str
    }


@pytest.mark.parametrize(
    ("day", "precision", "written"),
    [
        (date(2020, 10, 5), values.Precision.DAY, "2020-10-05"),
        (date(2020, 10, 1), values.Precision.MONTH, "2020-10"),
        (date(2020, 1, 1), values.Precision.YEAR, "2020"),
        (None, values.Precision.UNKNOWN, None),
    ],
)
def test_a_date_is_written_alike_by_a_record_and_by_an_article(
    day: date | None, precision: values.Precision, written: str | None
) -> None:
    article = Article(published=day, published_precision=precision.value)
    assert (values.PublishedDate(day, precision).iso, article.published_iso) == (written, written)
