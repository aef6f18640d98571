"""Which lines of a page are titles of articles."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.ingest.evidence import Cue
from search.ingest.splitting.boilerplate import ENDING, Boilerplate
from search.ingest.splitting.habits import Habits
from search.ingest.splitting.heads.lines import MAX_STANDFIRST_CHARS
from search.ingest.splitting.heads.reading import take_date_above
from search.ingest.splitting.label_rules import How
from search.ingest.splitting.lines import word_beginnings
from search.ingest.splitting.page import Page
from search.ingest.splitting.rules import PAGES, REAL_TEXTS
from search.languages.detect import detect_language

from .candidate import Change, End, Stretch, Title, same_script
from .looks import is_labelled
from .score import rate_title

THRESHOLD = 3.0  # points of a title
RUN_END_LINES = 200  # of a stretch without prose so many lines at both ends may be titles; what is longer is a table
_SURE = 4.5  # points of a title that says something about the others of its page
#: Points below the threshold that leave a doubt. On pages put together from real articles, half of the lines with so
#: few less were titles where the page had others, and none where it had not.
_NEARLY, _NEARLY_ON_DIGEST = 0.5, 1.5
_SEVERAL = 2  # sure titles, or likely ones of a digest
_CHANGE_CHARS, _LEAST_CHANGE_CHARS = 400, 80  # of the texts above and below whose languages are told apart
_SURE_LANGUAGE = 0.8
_TITLE_WORDS = 4  # of a first line that is rather the title than what stands below it; fewer may be a kicker
_EQUAL = 0.01  # points that make no difference
_MANY_EQUALS = 3  # lines of a list, of which the last stands above the text
_KICKER_POINTS = 0.8  # that a title may have less than the line under it, with which it shares a byline


class Rest(NamedTuple):
    """What the rest of a page says about the best line of a stretch."""

    best: Title
    sure: int
    """Stretches with a sure title."""
    digest: bool
    opens_page: bool


class RestCue(NamedTuple):
    """A row of the table: a cue in the rest of the page, and its points."""

    holds: Callable[[Rest], bool]
    points: float
    basis: str


def _is_one_of_several(rest: Rest) -> bool:
    marked = rest.best.is_marked or (rest.digest and rest.best.has_own_subject)
    return (rest.sure >= _SEVERAL or rest.digest) and marked and not rest.opens_page


def _is_bare_among_bylines(rest: Rest) -> bool:
    return rest.sure >= _SEVERAL and not rest.digest and not rest.best.is_marked


#: A page that surely holds several articles holds more; but its subheads in capitals are still subheads.
REST_CUES = (
    RestCue(_is_one_of_several, 1.0, f"{PAGES}; {REAL_TEXTS}"),
    RestCue(_is_bare_among_bylines, -0.8, "the others have bylines: a subhead; " + PAGES),
)


class Opening(NamedTuple):
    """What stands above a line at the top of a page."""

    longer: int
    """Lines of some length that could be titles."""
    above_menu: bool


class OpeningCue(NamedTuple):
    """A row of the table: how often a cue holds for a line at the top of a page, and its points
    each time."""

    times: Callable[[Opening], int]
    points: float
    basis: str


def _lines_above(opening: Opening) -> int:
    return min(opening.longer, 2)


def _stands_above_menu(opening: Opening) -> int:
    return opening.above_menu


OPENING_CUES = (
    OpeningCue(_lines_above, -0.5, "the first line of some length is the title as a rule; " + PAGES),
    OpeningCue(_stands_above_menu, -3.0, "the site's name and the like; " + PAGES),
)


def find_titles(page: Page) -> tuple[list[Title], list[Title]]:
    """The titles of the page in order, at most one between two stretches of prose; and lines that
    nearly were titles."""
    stretches = list(_runs(page))
    habits = Habits.of(page, stretches)
    runs = [(run, list(_candidates(page, run, habits))) for run in stretches]
    sure = sum(1 for _, rated in runs if any(title.score >= _SURE for title in rated))
    digest = _is_bare_digest(runs)
    titles: list[Title] = []
    nearly: list[Title] = []
    for number, (run, rated) in enumerate(runs):
        opens_page = number == 0 and not any(page.is_prose(index) for index in page.filled[: page.position[run[0]]])
        if opens_page:
            _weigh_opening(page, rated)
        best = _best(page, rated)
        if best is None:
            continue
        rest = Rest(best, sure, digest, opens_page)
        best.score += sum(cue.points for cue in REST_CUES if cue.holds(rest))
        best.opens_page = opens_page
        if opens_page:
            best.cues.insert(0, Cue("first title of the page", best.index + 1))
        if opens_page or best.score >= THRESHOLD:
            titles.append(best)
        else:
            nearly.append(best)
    _take_dates_above(page, titles)
    least = THRESHOLD - (_NEARLY_ON_DIGEST if len(titles) > 1 else _NEARLY)
    return titles, [title for title in nearly if title.score >= least]


def _is_bare_digest(runs: list[tuple[list[int], list[Title]]]) -> bool:
    """Whether a third of the stretches between texts hold a likely title, and most of these stand
    there without a byline."""
    tops = [max(rated, key=lambda title: title.score) for _, rated in runs if rated]
    likely = [title for title in tops if title.score >= THRESHOLD]
    bare = sum(title.head.score <= 0 for title in likely)
    return len(likely) >= 2 and len(likely) * 3 >= len(tops) and bare * 2 > len(likely)


def _weigh_opening(page: Page, titles: Sequence[Title]) -> None:
    """At the top of a page the first line of some length is the title unless something says
    otherwise.

    Above a menu stand the site's name and the like, where anything below it could be a title.
    """
    menu = _last_menu(page, titles[-1].index) if titles else -1
    longer = 0
    for title in titles:
        opening = Opening(longer, title.index < menu)
        for cue in OPENING_CUES:
            title.score += cue.points * cue.times(opening)
        longer += page.lines[title.index].words >= _TITLE_WORDS


def _last_menu(page: Page, end: int) -> int:
    """Index of the last line of a menu above index ``end``; -1 where there is none."""
    menus = (Boilerplate.NAVIGATION, Boilerplate.REPEATED)
    return next((index for index in range(end - 1, -1, -1) if page.boilerplate[index] in menus), -1)


def _take_dates_above(page: Page, titles: list[Title]) -> None:
    """Blogs that print the date above the title do so for every one; a site's header prints today's
    above its menu."""
    above = {
        number: index for number, title in enumerate(titles) if (index := take_date_above(page, title.head)) is not None
    }
    if 0 not in above or len(above) * 2 < len(titles):
        return
    first_menu = next(
        (index for index in page.filled if page.boilerplate[index] is Boilerplate.NAVIGATION), len(page.lines)
    )
    for number, index in above.items():
        credit, title = page.credits[index], titles[number]
        menu = first_menu < title.index
        if credit is None or credit.published is None or (number == 0 and menu and len(above) == 1):
            continue
        title.begins = index
        title.cues.append(Cue("date above the title", index + 1))
        title.head.take_date(credit.published, How.ABOVE_TITLE, index + 1)


def _runs(page: Page) -> Iterator[list[int]]:
    """Stretches of filled lines without prose, each followed by prose."""
    run: list[int] = []
    ended = False
    for index in page.filled:
        if _ends_run(page, index, run, ended):
            if run:
                yield run
            run, ended = [], False
        else:
            run.append(index)
            ended = ended or page.boilerplate[index] in ENDING or index in page.biographies
    if run and (page.filled[0] == run[0] or any(page.credits[index] for index in run)):
        yield run


def _ends_run(page: Page, index: int, run: list[int], ended: bool) -> bool:
    if not page.is_prose(index):
        return False
    # A biography under an article's end is no text of the next.
    if ended and index in page.biographies:
        return False
    # A standfirst that a byline follows is still the head.
    if not run or page.lines[index].weight > MAX_STANDFIRST_CHARS or page.credits[run[-1]] is not None:
        return True
    following = page.after(index, 2)
    byline = page.credits[following[0]] if following else None
    title = page.lines[run[-1]].can_be_title and page.boilerplate[run[-1]] is None
    return not (
        title and byline is not None and byline.by and len(following) == 2 and page.boilerplate[following[1]] is None
    )


def _candidates(page: Page, run: list[int], habits: Habits) -> Iterator[Title]:
    """The lines of a stretch that may be titles, with their scores."""
    stretch = _stretch(page, run, habits)
    ended = End.SURE if _follows_glued_heading(page, run) else End.NONE
    asked = frozenset(run if len(run) <= 2 * RUN_END_LINES else run[:RUN_END_LINES] + run[-RUN_END_LINES:])
    for index in run:
        if index in asked and _possible(page, index):
            yield rate_title(stretch, index, ended)
        if page.boilerplate[index] is not None or index in page.glued or index in page.biographies:
            ended = max(ended, _end(page, index, habits.endings))


def _stretch(page: Page, run: list[int], habits: Habits) -> Stretch:
    below = page.after(run[-1], 2)
    return Stretch(
        page,
        habits,
        tuple(below),
        changes={script: _change(page, run, script) for script in {page.lines[index].script for index in run[:200]}},
        vocabulary=word_beginnings(" ".join(page.lines[each].text[:800] for each in below)),
        paragraph=bisect(page.cohesion.prose, run[0]),
    )


def _follows_glued_heading(page: Page, run: list[int]) -> bool:
    place = page.position[run[0]]
    return place > 0 and page.filled[place - 1] in page.glued


def _end(page: Page, index: int, endings: Mapping[str, int]) -> End:
    """How surely the line ends an article; a heading that comes again and again is the page's way
    to end them."""
    kind, line = page.boilerplate[index], page.lines[index]
    if index in page.glued:
        return End.SURE
    if kind is Boilerplate.READ_ALSO:
        return End.CALL
    if kind in ENDING:
        return End.HABIT if kind is Boilerplate.RELATED and endings.get(line.folded, 0) >= 2 else End.SURE
    return End.SURE if line.is_prose and index in page.biographies else End.NONE


def _possible(page: Page, index: int) -> bool:
    line = page.lines[index]
    if page.boilerplate[index] is not None or page.credits[index] is not None or index in page.wrapped:
        return False
    if index in page.glued or (line.text[0] in "[(" and line.text[-1] in ")]."):
        return False
    return (line.can_be_title and index not in page.biographies) or is_labelled(line.text)


def _best(page: Page, rated: list[Title]) -> Title | None:
    """The likeliest title of a run; of equals the first, but the last of a list of links."""
    if not rated:
        return None
    top = max(title.score for title in rated)
    equals = [title for title in rated if title.score >= top - _EQUAL]
    best = equals[-1] if len(equals) >= _MANY_EQUALS else equals[0]
    # A title and the line under it share a byline; the upper one is the title unless it is a kicker of a few words.
    for title in rated:
        near = page.position[best.index] - page.position[title.index] == 1 and best.head.score > 0
        if (
            near
            and title.head.score >= best.head.score
            and page.lines[title.index].words >= _TITLE_WORDS
            and title.score >= top - _KICKER_POINTS
        ):
            return title
    return best


def _change(page: Page, run: list[int], script: str | None) -> Change:
    """What changes between the text above a stretch and the text below, if a line of that script
    begins the latter."""
    first, last = page.position[run[0]], page.position[run[-1]]
    before = next((each for each in reversed(page.filled[max(0, first - 3) : first]) if page.is_prose(each)), None)
    after = next((each for each in page.filled[last + 1 : last + 4] if page.is_prose(each)), None)
    if before is None or after is None:
        return Change.NONE
    before_script, after_script = page.lines[before].script, page.lines[after].script
    if not same_script(before_script, after_script):
        return Change.SCRIPT if same_script(script, after_script) else Change.NONE
    texts = page.lines[before].text[:_CHANGE_CHARS], page.lines[after].text[:_CHANGE_CHARS]
    if min(len(text) for text in texts) < _LEAST_CHANGE_CHARS:
        return Change.NONE
    guesses = [_language(text) for text in texts]
    return Change.LANGUAGE if guesses[0] and guesses[1] and guesses[0] != guesses[1] else Change.NONE


@lru_cache(maxsize=512)
def _language(text: str) -> str | None:
    guess = detect_language(text)
    return guess.code if guess.confidence >= _SURE_LANGUAGE else None
