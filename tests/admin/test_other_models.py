"""Outlets with their aliases, mentions on their own, provenance that nobody changes, and choosing
by name."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search.models import CountryMention, IndexOutbox, IngestFailure, IngestRun, Outlet, OutletAlias, SourceDocument
from tests.admin.conftest import ARTICLES, MENTIONS, OUTLETS, an_article, messages_of

pytestmark = pytest.mark.django_db


def outlet_form(name: str, aliases: tuple[str, ...] = (), **values: Any) -> dict[str, Any]:
    """What the browser posts for an outlet."""
    rows = {f"aliases-{number}-name": alias for number, alias in enumerate(aliases)}
    return {
        "name": name,
        "country": "",
        "home_page": "",
        "aliases-TOTAL_FORMS": len(aliases),
        "aliases-INITIAL_FORMS": 0,
        **rows,
        **values,
    }


def results(response: Any) -> list[str]:
    """The texts of an autocompletion."""
    return [row["text"] for row in response.json()["results"]]


def test_an_outlet_gets_a_slug_in_its_own_script(curator: Client) -> None:
    curator.post(f"{OUTLETS}add/", outlet_form("صحيفة النهر", ("River Paper",), country="JO"))
    outlet = Outlet.objects.get()
    assert (outlet.slug, outlet.country) == ("صحيفة-النهر", "JO")
    assert outlet.aliases.get().name == "River Paper"


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Kura Post"},
        {"name": " "},
        {"name": "Kura Times", "slug": "none"},
        {"name": "Kura Times", "slug": "kura-post"},
        {"name": "Kura Times", "country": "ZZ"},
        {"name": "An alias"},
        {"name": "Kura Times", "aliases": ("Kura Post",)},
        {"name": "Kura Times", "aliases": ("An alias",)},
        {"name": "Kura Times", "aliases": ("Twice", "Twice")},
    ],
)
def test_an_outlet_that_cannot_be_saved_gives_a_message(curator: Client, values: dict[str, Any]) -> None:
    outlet = Outlet.objects.create(name="Kura Post", slug="kura-post")
    OutletAlias.objects.create(outlet=outlet, name="An alias")
    response = curator.post(f"{OUTLETS}add/", outlet_form(**values))
    assert "errornote" in response.content.decode()
    assert Outlet.objects.count() == 1


def test_outlets_are_found_by_alias_and_in_any_spelling(curator: Client) -> None:
    outlet = Outlet.objects.create(name="Le Défi", slug="le-defi")
    OutletAlias.objects.create(outlet=outlet, name="التحدّي")
    Outlet.objects.create(name="Another", slug="another")
    for term in ("defi", "DÉFI", "التحدي"):
        assert [row.name for row in curator.get(f"{OUTLETS}?q={term}").context["cl"].result_list] == ["Le Défi"]


@pytest.mark.parametrize("alias", [None, "Kura Post", "Kura Times"])
def test_a_renamed_outlet_keeps_its_old_name_as_an_alias(curator: Client, alias: str | None) -> None:
    outlet = Outlet.objects.create(name="Kura Post", slug="kura-post")
    curator.post(f"{OUTLETS}{outlet.pk}/change/", outlet_form("Kura Times", (alias,) if alias else ()))
    outlet.refresh_from_db()
    assert (outlet.name, outlet.slug) == ("Kura Times", "kura-post")
    assert [row.name for row in outlet.aliases.all()] == ["Kura Post"]


def test_outlets_are_completed(curator: Client) -> None:
    Outlet.objects.create(name="Le Défi", slug="le-defi")
    address = "/admin/autocomplete/?app_label=search&model_name=article&field_name=outlet&term=def"
    assert results(curator.get(address)) == ["Le Défi"]


def test_articles_are_completed_without_an_index(curator: Client) -> None:
    an_article("Bridge opens")
    address = "/admin/autocomplete/?app_label=search&model_name=countrymention&field_name=article&term=bridge"
    assert results(curator.get(address)) == ["Bridge opens"]
    assert messages_of(curator.get(ARTICLES)) == ""


def test_an_outlet_with_articles_cannot_be_deleted(curator: Client) -> None:
    outlet = an_article().outlet
    assert outlet is not None
    curator.post(f"{OUTLETS}{outlet.pk}/delete/", {"post": "yes"})
    assert Outlet.objects.filter(pk=outlet.pk).exists()


@pytest.mark.parametrize(
    ("kind", "term", "language", "expected"),
    [
        ("country", "armen", "en", "Armenia (AM)"),
        ("country", "Армения", "en", "Armenia (AM)"),
        ("country", "Армен", "en", "Armenia (AM)"),
        ("language", "ქართ", "en", "Georgian (ka)"),
        ("country", "ارمينيا", "ar", "أرمينيا (AM)"),
        ("country", "am", "en", "Armenia (AM)"),
        ("language", "georg", "en", "Georgian (ka)"),
        ("language", "zh-CN", "en", "Chinese (zh)"),
    ],
)
def test_codes_are_chosen_by_name_in_any_language(
    curator: Client, kind: str, term: str, language: str, expected: str
) -> None:
    response = curator.get(f"{ARTICLES}codes/{kind}/", {"term": term}, headers={"accept-language": language})
    assert results(response)[0] == expected


def test_every_country_can_be_chosen(curator: Client) -> None:
    assert len(results(curator.get(f"{ARTICLES}codes/country/"))) == 250


def test_choices_are_for_staff_and_of_known_kinds(curator: Client) -> None:
    assert curator.get(f"{ARTICLES}codes/colour/").status_code == 404
    assert Client().get(f"{ARTICLES}codes/country/").status_code == 302


def test_a_mention_is_found_as_it_is_written_in_any_spelling(curator: Client) -> None:
    article = an_article(body="ذهب إلى أرمينيا أمس", language="ar")
    article.mentions.create(country="AM", surface="أرمينيا", start=8, end=15)
    an_article()
    response = curator.get(f"{MENTIONS}?q=ارمينيا")
    assert [row.country for row in response.context["cl"].result_list] == ["AM"]
    assert "<mark>أرمينيا</mark> أمس" in response.content.decode()


def test_a_mention_can_be_added_on_its_own(curator: Client) -> None:
    article = an_article()
    values = {"article": article.pk, "country": "AM", "surface": "bridge", "status": "accepted"}
    assert curator.post(f"{MENTIONS}add/", values).status_code == 302
    assert article.mentions.get(country="AM").origin == "manual"


def test_a_mention_that_is_there_already_gives_a_message(curator: Client) -> None:
    article = an_article()
    place = article.mentions.get()
    other = article.mentions.create(country="US", surface="Georgia", start=place.start, end=place.end)
    response = curator.post(f"{MENTIONS}{other.pk}/change/", {"country": "GE", "status": "accepted"})
    assert "already exists" in response.content.decode()


@pytest.mark.parametrize("model", ["ingestrun", "sourcedocument", "ingestfailure", "indexoutbox"])
def test_records_of_what_happened_can_be_read_and_not_changed(curator: Client, model: str) -> None:
    run = IngestRun.objects.create(options={"paths": ["a"]}, counts={"new": 3})
    SourceDocument.objects.create(name="a.txt", collection="a", content_hash="x", format="text", run=run)
    article = an_article()
    failure = IngestFailure.objects.create(run=run, path="/a.txt", file="a.txt", line=3, reason="not JSON")
    rows = {"ingestrun": run, "sourcedocument": SourceDocument.objects.get(), "ingestfailure": failure}
    row = rows.get(model) or IndexOutbox.objects.first()
    assert row is not None
    address = f"/admin/search/{model}/"
    assert curator.get(address, {"q": str(article.pk)}).status_code == 200
    page = curator.get(f"{address}{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert curator.get(f"{address}add/").status_code == 403
    assert curator.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_outbox_can_be_applied_and_says_why_not(curator: Client) -> None:
    an_article()
    row = IndexOutbox.objects.first()
    assert row is not None
    values = {"action": "apply_now", "_selected_action": [row.pk]}
    response = curator.post("/admin/search/indexoutbox/", values, follow=True)
    assert "rebuild_index" in messages_of(response)


def test_someone_who_may_only_look_changes_nothing(client: Client) -> None:
    from django.contrib.auth.models import Permission

    article = an_article()
    viewer = User.objects.create_user("viewer", password="secret", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    page = client.get(f"{ARTICLES}{article.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    values = {"action": "hide_selected", "_selected_action": [article.pk], "confirmed": "yes", "reason": "x"}
    client.post(ARTICLES, values)
    assert CountryMention.objects.count() == 1
    article.refresh_from_db()
    assert article.visible
