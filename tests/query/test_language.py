"""What people type, and the tree it becomes."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from search.exceptions import QueryError
from search.query.language import MAX_QUERY_CHARACTERS, parse_query, plain_query
from search.query.values import FieldValues


class Values(FieldValues):
    """Values that need no database: one outlet."""

    def query(self, field: str, text: str) -> query.Query:
        if field == "outlet" and text.casefold() != "none":
            return query.Term("outlet", "7")
        return super().query(field, text)


def parsed(text: str, match: str = "all") -> query.Query | None:
    return parse_query(text, "any" if match == "any" else "all", Values()).tree


def word(text: str, field: str = "text") -> query.Query:
    return query.Term(field, text)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("Lachin", word("Lachin")),
        ("Lachin corridor", query.And([word("Lachin"), word("corridor")])),
        ("mine OR miner", query.Or([word("mine"), word("miner")])),
        ("Hadrut -Shusha", query.And([word("Hadrut"), query.Not(word("Shusha"))])),
        ("Hadrut NOT Shusha", query.And([word("Hadrut"), query.Not(word("Shusha"))])),
        ('"white phosphorus"', query.Phrase("text", ["white", "phosphorus"])),
        ("“white phosphorus”", query.Phrase("text", ["white", "phosphorus"])),
        ("independen*", query.Prefix("text", "independen")),
        ("organi?ation", query.Wildcard("text", "organi?ation")),
        ("Karabagh~", query.FuzzyTerm("text", "Karabagh", maxdist=1, prefixlength=1)),
        ("Karabagh~9", query.FuzzyTerm("text", "Karabagh", maxdist=2, prefixlength=1)),
        ("Hadrut -Shush*", query.And([word("Hadrut"), query.Not(query.Prefix("text", "Shush"))])),
        ("*stan*", query.Wildcard("text", "*stan*")),
        ("a?*", query.Wildcard("text", "a?*")),
        ("title:*arm*", query.Wildcard("title", "*arm*")),
        ("#arm*", query.Prefix("text", "arm")),
        ("arm*,", query.Prefix("text", "arm")),
        ("Nagorno-Kar?bakh", query.And([word("Nagorno"), query.Wildcard("text", "Kar?bakh")])),
        ("Nagorno-Karabakh~", query.And([word("Nagorno"), query.FuzzyTerm("text", "Karabakh", 1, 1, 1)])),
        ("l'arm*nie", query.And([word("l"), query.Wildcard("text", "arm*nie")])),
        ("中国*", word("中国")),
        ("x" * 65 + "~2", word("x" * 65)),
        ("country:*", query.Every("country")),
        ("-country:*", query.Not(query.Every("country"))),
        ("author:*", query.Every("author")),
        ("!!!*", None),
        ("title:ceasefire", word("ceasefire", "title")),
        ('title:"peace talks"', query.Phrase("title", ["peace", "talks"])),
        ("author:lee", word("lee", "author")),
        ("country:armenia", word("AM", "country")),
        ("country:أرمينيا", word("AM", "country")),
        ("country:am", word("AM", "country")),
        ('country:"South Korea"', word("KR", "country")),
        ('outlet:"South Front"', word("7", "outlet")),
        ("language:zh-CN", word("zh", "language")),
        ("country:none", query.Not(query.Every("country"))),
        ("date:2020-10..2020-11", query.NumericRange("date", 737699, 737759)),
        ("date:..2019", query.NumericRange("date", None, 737424)),
        ("Nagorno-Karabakh", word("Nagorno-Karabakh")),
        ("http://x.example/a", word("http://x.example/a")),
        ("a (b OR c)", query.And([word("a"), query.Or([word("b"), word("c")])])),
        ("*", query.Every()),
        ("", None),
        ("   ", None),
        ("--- !!", None),
        ("\x00\x07", None),
    ],
)
def test_syntax(typed: str, tree: query.Query | None) -> None:
    assert parsed(typed) == tree


def test_any_joins_words_by_or() -> None:
    assert parsed("Lachin corridor", "any") == query.Or([word("Lachin"), word("corridor")])


@pytest.mark.parametrize("typed", ['"white phosphorus', "(a b", "a) b", "(" * 2000 + "a" + ")" * 2000, ")(" * 500])
def test_what_cannot_be_parsed_is_searched_as_plain_words_and_said(typed: str) -> None:
    typed = typed[:MAX_QUERY_CHARACTERS]
    answer = parse_query(typed, "all", Values())
    assert answer.notices
    assert "(" not in repr(answer.tree).replace("(Term", "").replace("And(", "").replace("Term(", "")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("x" * (MAX_QUERY_CHARACTERS + 1), "at most 2000"),
        (" ".join(f"x{n}" for n in range(300)), "over 250 words"),
        (" ".join(f"x{n}*" for n in range(11)), "over 10 words with"),
        ("country:atlantis", "No country is called “atlantis”"),
        ("language:klingonese", "No language"),
        ("date:yesterday", "no date"),
        ("date:2020-13", "no date"),
        ("date:2020-00", "no date"),
        ("date:2020-10-00", "no date"),
        ("date:2021..2020", "ends before it starts"),
        ("country:ar*", "takes a whole value"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_message(typed: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parsed(typed)


@pytest.mark.parametrize(
    "typed",
    ["NOT NOT a", "NOT AND a", "a AND NOT AND b", "x NOT OR y", "NOT -a", "a OR", "OR a", "NOT", "(NOT)", "a (OR b)"],
)
def test_an_operator_with_nothing_to_work_on_is_said(typed: str) -> None:
    assert "operator" in parse_query(typed, "all", Values()).notices[0]


@pytest.mark.parametrize("typed", ['REQUIRE ANDNOT "', "NOT OR ", "(" * 999 + "a" + ")" * 999])
def test_what_whooshs_parser_fails_on_is_searched_as_plain_words(typed: str) -> None:
    assert parse_query(typed, "all", Values()).notices


@pytest.mark.parametrize("typed", ["a NOT b", "a AND b", "a OR (b c)", "NOT (a OR b)", "(a) -b", "NOTE ORE ANDY"])
def test_an_operator_between_words_is_understood(typed: str) -> None:
    assert parse_query(typed, "all", Values()).notices == ()


PIECES = st.sampled_from(
    ["NOT", "AND", "OR", "-", "(", ")", '"', "a", "b*", "c~", "title:", "country:am", "-x", "*", " "]
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(alphabet='ab"()*?~:- ORNTcountryde\x00', max_size=200))
def test_anything_typed_is_parsed_or_refused_never_an_error(typed: str) -> None:
    with contextlib.suppress(QueryError):
        parsed(typed)


def test_where_any_word_will_do_a_compound_is_its_parts_and_otherwise_one_word() -> None:
    parts = [query.Term("text", word) for word in ("two", "dimensional", "flow")]
    assert plain_query("two-dimensional flow", "any") == query.Or(parts)
    assert plain_query("two-dimensional flow", "all") == query.And(
        [query.Term("text", "two-dimensional"), query.Term("text", "flow")]
    )
    assert plain_query("東京都 flow", "any") == query.Or([query.Term("text", "東京都"), query.Term("text", "flow")])


def test_the_parts_of_a_compound_count_as_words() -> None:
    with pytest.raises(QueryError, match="words"):
        plain_query("-".join("a" * 300), "any")
