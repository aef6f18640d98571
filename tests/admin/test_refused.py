"""What a service refuses though a form let it pass, as when another process wrote the same
meanwhile."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search import services
from search.admin.forms import OutletForm
from search.models import CountryMention, Outlet, OutletAlias
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("curator"))
    return client


def test_an_alias_that_came_between_is_a_message_and_nothing_is_saved(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet, other = make_outlet("Hill"), make_outlet("Vale")
    checked = OutletForm.clean_name

    def then_taken(form: OutletForm) -> str:
        name = checked(form)
        OutletAlias.objects.create(outlet=other, name=name)
        return name

    monkeypatch.setattr(OutletForm, "clean_name", then_taken)
    values = {
        "name": "Dale",
        "home_page": "https://hill.example/",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
    }
    answer = curator.post(f"/admin/search/outlet/{outlet.pk}/change/", values, follow=True)
    assert answer.status_code == 200
    assert "is an alias of “Vale”" in answer.content.decode()
    outlet.refresh_from_db()
    assert (outlet.name, outlet.home_page) == ("Hill", "")
    assert Outlet.objects.count() == 2


def test_a_mention_given_the_country_that_stands_there_is_a_message(curator: Client) -> None:
    article = make_article("Talks", "Delegates from Tbilisi came.")
    first = services.mention_add(article=article, country="AM", surface="Tbilisi")
    services.mention_add(article=article, country="GE", surface="Tbilisi")
    values = {"country": "GE", "status": "accepted"}
    answer = curator.post(f"/admin/search/countrymention/{first.pk}/change/", values)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert CountryMention.objects.get(pk=first.pk).country == "AM"
