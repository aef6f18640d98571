"""What readers found becomes a record by one set of rules; what differs between them is said by an
argument."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.bounds import MAX_AUTHOR_CHARACTERS, MAX_ID_CHARACTERS, MAX_OUTLET_CHARACTERS, MAX_TITLE_CHARACTERS
from search.exceptions import ReadError
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import KEYS, Gaps, OverLimit, Stated, article_record, checked_record
from search.ingest.records import Record, Source

SOURCE = Source("a", "c", "0" * 64, "jsonl", "utf-8")
STATED = Stated(title="Harbour opens", text="It opened on Monday.", outlet="Coast Courier", author="Nino Example")
LONG = {
    "id": ("i" * (MAX_ID_CHARACTERS + 1), "'id' has 501 characters, more than 500"),
    "outlet": ("o" * (MAX_OUTLET_CHARACTERS + 1), "'outlet' has 201 characters, more than 200"),
    "original_outlet": ("p" * (MAX_OUTLET_CHARACTERS + 1), "'original_outlet' has 201 characters, more than 200"),
    "author": ("a" * (MAX_AUTHOR_CHARACTERS + 1), "'author' has 501 characters, more than 500"),
}


def built(
    stated: Stated, over_limit: OverLimit = OverLimit.REFUSE, *, external_id: str = "7", outlet: str = ""
) -> Record:
    return article_record(
        stated, SOURCE, Gaps(outlet=outlet), lines=(3, 5), external_id=external_id, over_limit=over_limit
    )


def with_label(key: str, value: str, over_limit: OverLimit) -> Record:
    if key == "id":
        return built(STATED, over_limit, external_id=value)
    return built(replace(STATED, **{key: value}), over_limit)


@pytest.mark.parametrize("key", LONG)
def test_a_label_over_its_limit_is_refused_by_name_or_cut_to_the_limit(key: str) -> None:
    value, reason = LONG[key]
    with pytest.raises(ReadError) as refused:
        with_label(key, value, OverLimit.REFUSE)
    assert refused.value.reason == reason
    record = with_label(key, value, OverLimit.CUT)
    assert getattr(record, "external_id" if key == "id" else key) == value[:-1]


@pytest.mark.parametrize("over_limit", OverLimit)
def test_a_title_is_never_cut_and_never_missing(over_limit: OverLimit) -> None:
    assert built(replace(STATED, title=" \n", text="\n  First  line.\nSecond."), over_limit).title == "First line."
    with pytest.raises(ReadError, match=r"^the title has 2,001 characters, more than 2,000$"):
        built(replace(STATED, title="t" * (MAX_TITLE_CHARACTERS + 1)), over_limit)
    with pytest.raises(ReadError, match=r"^neither a title nor a text$"):
        built(replace(STATED, title="\x00", text=" \n"), over_limit)


def test_an_address_that_is_too_long_is_left_out_and_still_names_the_site_of_a_page() -> None:
    record = built(Stated(title="x", url=f"https://news.coast.example.org/{'u' * 2000}"), OverLimit.CUT)
    assert (record.url, record.outlet) == ("", "example.org")
    notes = Notes()
    checked = checked_record({"title": "x", "url": f"https://example.org/{'u' * 2000}"}, 3, SOURCE, Gaps(), notes)
    assert (checked.url, checked.outlet) == ("", "")
    assert notes.lines() == ["addresses that are not http(s) or too long, left out: 1 (a:3)"]


def test_what_is_not_stated_is_taken_from_the_gaps_and_the_id_is_made_of_what_is() -> None:
    record = built(replace(STATED, outlet=""), external_id="", outlet="Harbour Post")
    other = built(replace(STATED, outlet="Harbour Post"), external_id="")
    assert record.outlet == "Harbour Post"
    assert record.external_id == other.external_id != built(STATED, external_id="").external_id


def test_a_record_of_a_line_has_the_values_of_all_keys_and_a_record_of_a_page_the_same() -> None:
    values = {key: f"{key} of it" for key in KEYS} | {"url": "https://coast.example/1", "text": "Of it.\r\nAll."}
    record = checked_record(values, 3, SOURCE, Gaps(), Notes(), last=5)
    stated = Stated(**{key: value for key, value in values.items() if key != "id"})
    assert record == built(stated, OverLimit.CUT, external_id="id of it")
    assert (record.external_id, record.original_outlet, record.text) == (
        "id of it",
        "original_outlet of it",
        "Of it.\nAll.",
    )
    assert (record.first_line, record.last_line) == (3, 5)
