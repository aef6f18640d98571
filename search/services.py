"""Every write by people, one verb each; changes reach the index through the outbox, like all
others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex
from django.utils import timezone
from django.utils.translation import gettext as _

from search.bounds import MAX_OUTLET_CHARACTERS
from search.cleaning import clean_line, clean_text
from search.codes import COUNTRY_CODES
from search.countries import detect_mentions
from search.exceptions import ChangeRefused
from search.ingest.records import content_hash
from search.ingest.storing.known_articles import dedupe_key
from search.ingest.storing.mentions import renew_about, renew_mentions, renew_parts
from search.ingest.storing.outlets import spelling_key
from search.models import Article, CountryMention, Outlet, OutletAlias
from search.models.choices import MentionStatus
from search.models.outbox import queue_articles
from search.stories.decisions import decide_different, decide_same
from search.stories.texts import lock_stories

_Accepted = CountryMention.Status.ACCEPTED
_Rejected = CountryMention.Status.REJECTED

#: Columns that no person edits.
_OF_INGEST = (
    "collection", "external_id", "source_document_id", "first_line", "last_line", "input_hash", "content_hash",
    "dedupe_key", "ingested", "about", "evidence", "split_confidence", "split_review", "language_parts",
)  # fmt: skip

#: Articles in memory with their texts, each of which may be a book.
_READ_AT_ONCE = 4


@transaction.atomic
def article_save(*, article: Article) -> Article:
    """Save what a person edited, or a new article.

    What an ingest notes about an article stays as the database has it: one may have run since the
    article was read. A date that was changed is the curator's; new text (or another language) has
    its countries detected anew, manual and rejected mentions kept.
    """
    lock_stories()
    unread = {"body"} & article.get_deferred_fields()
    article.title = clean_line(article.title)
    if not unread:
        article.body = clean_text(article.body).strip()
    stored = Article.objects.select_for_update().defer(*unread)
    before = stored.filter(pk=article.pk).first() if article.pk else None
    if before is not None:
        for column in _OF_INGEST:
            setattr(article, column, getattr(before, column))
    manual, nowhere = Article.DateSource.MANUAL, Article.DateSource.NONE
    if before is None or _date(before) != _date(article):
        article.published_source = nowhere if article.published is None else manual
    if not (article.external_id or article.content_hash or unread):
        _know_content(article)
    if unread and before is not None and before.title == article.title:
        # Said, because a save that may concern the title compares the text with others.
        article.save(update_fields=_columns(article) - {"title"})
    else:
        article.save()
    if before is None or _named(before) != _named(article) or (not unread and before.body != article.body):
        _detect_countries(article)
        renew_parts(article)
    return article


@transaction.atomic
def article_hide(*, article: Article, reason: str) -> None:
    """Take an article off the site, with the reason."""
    article.visible, article.hidden_reason = False, clean_line(reason)[:300]
    article.save(update_fields=["visible", "hidden_reason", "updated_at"])


@transaction.atomic
def article_show(*, article: Article) -> None:
    """Put a hidden article back."""
    article.visible, article.hidden_reason = True, ""
    article.save(update_fields=["visible", "hidden_reason", "updated_at"])


@transaction.atomic
def articles_hide(*, articles: QuerySet[Article], reason: str) -> int:
    """Hide those that are visible; returns how many."""
    return articles.filter(visible=True).update(
        visible=False, hidden_reason=clean_line(reason)[:300], updated_at=timezone.now()
    )


@transaction.atomic
def articles_show(*, articles: QuerySet[Article]) -> int:
    """Show those that are hidden; returns how many."""
    return articles.filter(visible=False).update(visible=True, hidden_reason="", updated_at=timezone.now())


@transaction.atomic
def articles_set_outlet(*, articles: QuerySet[Article], outlet: Outlet | None) -> int:
    """Say who published them; returns how many changed."""
    outlet_id = outlet.pk if outlet else None
    # Not `exclude(outlet=...)` alone: in SQL, articles without an outlet would not be different from any.
    same = articles.filter(outlet__isnull=True) if outlet_id is None else articles.filter(outlet_id=outlet_id)
    return articles.exclude(pk__in=same.values("pk")).update(outlet_id=outlet_id, updated_at=timezone.now())


@transaction.atomic
def articles_set_language(*, articles: QuerySet[Article], language: str) -> int:
    """Say which language they are in, and detect their countries again in it; returns how many
    changed."""
    count = 0
    for article in articles.exclude(language=language).iterator(chunk_size=_READ_AT_ONCE):
        article.language, article.language_confidence = language, None
        article.save(update_fields=["language", "language_confidence", "updated_at"])
        _detect_countries(article)
        renew_parts(article)
        count += 1
    return count


@transaction.atomic
def splits_settle(*, articles: QuerySet[Article]) -> int:
    """Say that they begin and end where they should; returns how many were doubtful."""
    doubtful = articles.filter(split_review=Article.SplitReview.DOUBTFUL).order_by()
    return doubtful.update(split_review=Article.SplitReview.SETTLED, updated_at=timezone.now())


@transaction.atomic
def mention_add(*, article: Article, country: str, surface: str = "") -> CountryMention:
    """Say that an article mentions a country; where the words stand is looked up.

    Raises ChangeRefused for what is no country, and where another process wrote the same meanwhile.
    """
    _require_country(country)
    surface = clean_line(surface)[:200]
    mention = CountryMention(article=article, country=country, surface=surface)
    taken = set(article.mentions.filter(country=country).values_list("field", "start"))
    for field in ("title", "body"):
        at = _found(article, field, surface) if surface else -1
        if at >= 0 and (field, at) not in taken:
            mention.field, mention.start, mention.end = field, at, at + len(surface)
            break
    with _unless_taken(_("The mention already stands there as %(country)s.") % {"country": country}):
        mention.save()
    renew_about(article)
    return mention


@transaction.atomic
def mention_change(*, mention: CountryMention, country: str) -> None:
    """Say which country the words mean; from then on the mention is the curator's.

    Raises ChangeRefused for what is no country, and where that country stands at that place
    already.
    """
    _require_country(country)
    before = mention.country, mention.origin
    mention.country, mention.origin = country, CountryMention.Origin.MANUAL
    try:
        with _unless_taken(_("The mention already stands there as %(country)s.") % {"country": country}):
            mention.save()
    except ChangeRefused:
        mention.country, mention.origin = before
        raise
    renew_about(mention.article)


@transaction.atomic
def mention_accept(*, mention: CountryMention) -> None:
    """Let a mention count."""
    mention.status = _Accepted
    mention.save(update_fields=["status"])
    renew_about(mention.article)


@transaction.atomic
def mention_reject(*, mention: CountryMention) -> None:
    """Let a mention count no more; detecting countries again does not bring it back."""
    mention.status = _Rejected
    mention.save(update_fields=["status"])
    renew_about(mention.article)


@transaction.atomic
def mentions_accept(*, mentions: QuerySet[CountryMention]) -> int:
    """Accept those that are rejected; returns how many."""
    return _set_status(mentions.filter(status=_Rejected), _Accepted)


@transaction.atomic
def mentions_reject(*, mentions: QuerySet[CountryMention]) -> int:
    """Reject those that are accepted; returns how many."""
    return _set_status(mentions.filter(status=_Accepted), _Rejected)


@transaction.atomic
def story_add(*, article: Article, to: Article) -> None:
    """Say that two articles are one story, however much their texts differ; no later comparison
    parts them.

    Raises ValueError for an article and itself.
    """
    if article.pk == to.pk:
        raise ValueError("a story has two articles at least")
    decide_same(article, to)


@transaction.atomic
def story_remove(*, article: Article) -> None:
    """Say that an article is not one story with the others that are in its story; no later
    comparison joins them."""
    decide_different(article)


@transaction.atomic
def outlet_rename(*, outlet: Outlet, name: str) -> None:
    """Give an outlet another name; the old one stays an alias, by which files and searches still
    find it.

    Raises ChangeRefused for no name, one that is too long, and one that another outlet has, as its
    own or as an alias: files with that name would go on to the other, or change sides unasked.
    """
    name = clean_line(name)
    if not name:
        raise ChangeRefused(_("An outlet needs a name."))
    if len(name) > MAX_OUTLET_CHARACTERS:
        raise ChangeRefused(_("The name has more than %(most)d characters.") % {"most": MAX_OUTLET_CHARACTERS})
    alias = OutletAlias.objects.filter(name=name).exclude(outlet=outlet).select_related("outlet").first()
    if alias is not None:
        message = _(
            "“%(name)s” is an alias of “%(outlet)s”. Give their articles one outlet, or remove the alias first."
        )
        raise ChangeRefused(message % {"name": name, "outlet": alias.outlet.name})
    old = Outlet.objects.values_list("name", flat=True).get(pk=outlet.pk)
    called, outlet.name = outlet.name, name
    try:
        with _unless_taken(
            _("Another outlet is called “%(name)s”. Give their articles one outlet instead.") % {"name": name}
        ):
            outlet.save(update_fields=["name"])
    except ChangeRefused:
        outlet.name = called
        raise
    OutletAlias.objects.filter(outlet=outlet, name=outlet.name).delete()
    if old != outlet.name:
        OutletAlias.objects.get_or_create(name=old, defaults={"outlet": outlet})


def _columns(article: Article) -> set[str]:
    """The fields of an article that were read, or set."""
    unread = article.get_deferred_fields()
    fields = article._meta.concrete_fields
    return {field.name for field in fields if not field.primary_key and field.attname not in unread}


def _found(article: Article, field: str, words: str) -> int:
    """Where words stand first in a title or a text, -1 where they do not. A text that was not read
    is searched where it lies."""
    if field not in article.get_deferred_fields():
        return str(getattr(article, field)).find(words)
    place = Article.objects.filter(pk=article.pk).values_list(StrIndex(field, Value(words)), flat=True).first()
    return (place or 0) - 1


@contextmanager
def _unless_taken(message: str) -> Iterator[None]:
    """A constraint of the database, also one broken by what another process wrote just now, as
    ChangeRefused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ChangeRefused(message) from error


def _require_country(code: str) -> None:
    if code not in COUNTRY_CODES:
        raise ChangeRefused(_("“%(code)s” is no country code.") % {"code": code})


def _set_status(mentions: QuerySet[CountryMention], status: MentionStatus) -> int:
    articles = set(mentions.order_by().values_list("article_id", flat=True))
    count = mentions.update(status=status)
    for pk in articles:
        renew_about(Article.objects.defer("body").get(pk=pk))
    return count


def _know_content(article: Article) -> None:
    """Let an ingest know an article made by hand, and not add its like again; unless there is one
    of that content."""
    hash_ = content_hash(article.title, article.body)
    key = dedupe_key(article.outlet_id, hash_)
    if not Article.objects.filter(dedupe_key=key).exists():
        article.content_hash, article.dedupe_key = hash_, key
        article.ingested = {
            **article.ingested,
            "outlet_key": spelling_key(article.outlet.name) if article.outlet else "",
        }


def _detect_countries(article: Article) -> None:
    renew_mentions(article, detect_mentions(article.title, article.body, article.language or None))
    queue_articles([article.pk])


def _date(article: Article) -> tuple[object, str]:
    return article.published, article.published_precision


def _named(article: Article) -> tuple[str, str]:
    return article.title, article.language
