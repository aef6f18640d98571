"""The context of the help page: what can be typed into the box, with examples that find something
in the collection that is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from search.exceptions import IndexUnavailable
from search.query.asking import question_of
from search.query.results import SearchResults, search
from search.views.parts.examplewords import ExampleWords, example_words
from search.views.parts.links import words_url
from search.views.parts.searchbox import SearchBox

#: Articles and values of facets looked at for examples.
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class HelpExample:
    """What to type, what it finds, and the address that asks it."""

    query: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Examples of one kind; `notes` are said after them."""

    name: str
    heading: str
    examples: tuple[HelpExample, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What `search/help.html` shows."""

    box: SearchBox
    title: str
    sections: tuple[HelpSection, ...]


#: Query and meaning.
Shown = tuple[str, str]


def help_page() -> HelpPage:
    """The help page; without an index its examples are of headlines alone."""
    words, found = example_words(), _found()
    return HelpPage(
        box=SearchBox(),
        title=_("How to search"),
        sections=(
            _section("words", _("Words"), _words(words), _("Every article is searched in its own language.")),
            _section("together", _("Words together"), _together(words)),
            _section("choice", _("This, that and not the other"), _choices(words)),
            _section("letters", _("Parts of words, and words as written"), _letters(words)),
            _section("fields", _("Where and when"), _fields(words, found)),
            _section("text", _("Text from elsewhere"), (), *_notes()),
        ),
    )


def _section(name: str, heading: str, examples: Iterable[Shown], *notes: str) -> HelpSection:
    shown = tuple(HelpExample(query, meaning, words_url(query)) for query, meaning in examples)
    return HelpSection(name, heading, shown, notes)


def _found() -> SearchResults | None:
    request = question_of(QueryDict(f"page_size={LOOKED_AT}&facet_size={LOOKED_AT}"))
    try:
        return search(request) if request else None
    except IndexUnavailable:
        return None


def _words(words: ExampleWords) -> Iterator[Shown]:
    yield words.word, _("a word, in any of its forms")
    if words.other != words.word:
        yield f"{words.word} {words.other}", _("articles with both words; with the box ticked, with any of them")


def _together(words: ExampleWords) -> Iterator[Shown]:
    yield f'"{words.pair}"', _("words next to each other, in this order; every kind of quotation marks will do")
    yield f'"{words.pair}"~5', _("in this order, each at most five words after the one before")
    if words.other != words.word:
        yield f"{words.word} NEAR/8 {words.other}", _("in any order, at most eight words from one to the other")


def _choices(words: ExampleWords) -> Iterator[Shown]:
    yield f"{words.word} OR {words.elsewhere}", _("either word; a | says the same")
    yield f"{words.word} -{words.elsewhere}", _("the first word and not the second; NOT says the same")
    yield f"({words.word} OR {words.elsewhere}) -country:none", _("parentheses group")


def _letters(words: ExampleWords) -> Iterator[Shown]:
    word = words.word
    middle = len(word) // 2
    yield f"{word[:-2]}*", _("words that begin so; a star stands for any letters, at either end or inside")
    yield f"{word[:middle]}?{word[middle + 1 :]}", _("a question mark inside a word stands for one letter")
    yield f"{word[:middle]}{word[middle + 1 :]}~", _("a word with one letter different, missing or more; ~2 with two")
    yield f"={word}", _("the word as it is written, with its accents and in no other form")
    yield f'="{words.pair}"', _("the same for words next to each other")


def _fields(words: ExampleWords, found: SearchResults | None) -> Iterator[Shown]:
    yield f"title:{words.word}", _("in the headline")
    author = next((hit.author for hit in found.hits if hit.author and '"' not in hit.author), "") if found else ""
    if author:
        yield f'author:"{author}"', _("by this author")
    values = {facet.name: [value for value in facet.values if value.count] for facet in found.facets} if found else {}
    for outlet in values.get("outlet", [])[:1]:
        if '"' not in outlet.label:
            yield f'outlet:"{outlet.label}"', _("from this outlet, by its name or words of it")
    for country in values.get("country", [])[:1]:
        yield f'country:"{country.label}"', _("that mention a country, by its name in any language or its code")
    for language in values.get("language", [])[:1]:
        yield f"language:{language.value}", _("in a language, by its code")
    for day in values.get("date", [])[:1]:
        yield f"date:{day.value[:4]}", _("of a year, a month (2020-10) or a day (2020-10-05)")
        yield f"date:{day.value[:4]}..", _("from then on; 2019..2020 is from one to the other")
    yield "-author:*", _("articles without an author; a star as value is any value")


def _notes() -> Iterator[str]:
    yield _("A headline, a sentence or an address can be pasted as it is: what ends a question or stands in an address "
            "is punctuation, and AND, OR and NOT in a headline of capitals are words.")  # fmt: skip
    yield _("Small or, and, not, and fields with a space after the colon, are understood where they are plainly meant.")
    yield _("Where something was read otherwise than to the letter, the results say how, with a link that asks it to the "
            "letter.")  # fmt: skip
