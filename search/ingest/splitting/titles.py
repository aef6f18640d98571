"""Which lines of a page are titles of articles."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import lru_cache

from search.ingest.evidence import Cue
from search.languages.detect import detect_language

from .boilerplate import ENDING, Boilerplate
from .habits import Habits
from .heads import MAX_STANDFIRST_CHARS, is_bare_date, take_date_above
from .lines import word_beginnings
from .page import Page
from .title_score import _LABELLED, Title, _rated, _same_script

THRESHOLD = 3.0
RUN_END_LINES = 200  # of a stretch without prose so many lines at both ends may be titles; what is longer is a table
_SURE = 4.5
#: Points below the threshold that leave a doubt. On pages put together from real articles, half of the lines with so
#: few less were titles where the page had others, and none where it had not.
_NEARLY, _NEARLY_ON_DIGEST = 0.5, 1.5
_LIKELY_SUBJECT = -0.5  # log odds


def find_titles(page: Page) -> tuple[list[Title], list[Title]]:
    """The titles of the page in order, at most one between two stretches of prose; and lines that nearly were titles."""
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
            _prefer_first(page, rated)
            _pass_over_header(page, rated)
        best = _best(page, rated)
        if best is None:
            continue
        # A page that surely holds several articles holds more; but its subheads in capitals are still subheads.
        marked = best.is_marked or (digest and best.has_own_subject)
        bonus = 1.0 if (sure >= 2 or digest) and marked and not opens_page else 0.0
        if sure >= 2 and not digest and not best.is_marked:
            bonus = -0.8  # the others have bylines: a subhead
        best.score += bonus
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
    """Whether a third of the stretches between texts hold a likely title, and most of these stand there without a byline."""
    tops = [max(rated, key=lambda title: title.score) for _, rated in runs if rated]
    likely = [title for title in tops if title.score >= THRESHOLD]
    bare = sum(title.head.score <= 0 for title in likely)
    return len(likely) >= 2 and len(likely) * 3 >= len(tops) and bare * 2 > len(likely)


def _prefer_first(page: Page, rated: list[Title]) -> None:
    """At the top of a page the first line of some length is the title unless something says otherwise."""
    behind = 0.0
    for title in rated:
        title.score -= behind
        if page.lines[title.index].words >= 4:
            behind = min(behind + 0.5, 1.0)


def _pass_over_header(page: Page, rated: list[Title]) -> None:
    """Above a menu stand the site's name and the like, where anything below it could be a title."""
    if not rated:
        return
    last = rated[-1].index
    menu = next(
        (i for i in range(last - 1, -1, -1) if page.noise[i] in (Boilerplate.NAVIGATION, Boilerplate.FURNITURE)), -1
    )
    for title in rated[:-1]:
        if title.index < menu:
            title.score -= 3.0


def _take_dates_above(page: Page, titles: list[Title]) -> None:
    """Blogs that print the date above the title do so for every one; a site's header prints today's above its menu."""
    above = {
        number: index for number, title in enumerate(titles) if (index := take_date_above(page, title.head)) is not None
    }
    if 0 not in above or len(above) * 2 < len(titles):
        return
    first_menu = next((index for index in page.filled if page.noise[index] is Boilerplate.NAVIGATION), len(page.lines))
    for number, index in above.items():
        credit, title = page.credits[index], titles[number]
        menu = first_menu < title.index
        if credit is None or (number == 0 and menu and len(above) == 1):
            continue
        title.head.published = credit.published
        title.begins = index
        title.cues.append(Cue("date above the title", index + 1))
        title.head.because("date", 0.85, "date above the title", index + 1)


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
            ended = ended or page.noise[index] in ENDING or index in page.biographies
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
    title = page.lines[run[-1]].can_be_title and page.noise[run[-1]] is None
    return not (title and byline is not None and byline.by and len(following) == 2 and page.noise[following[1]] is None)


def _candidates(
    page: Page,
    run: list[int],
    habits: Habits,
) -> Iterator[Title]:
    ended = 2.0 if _follows_glued_heading(page, run) else 0.0
    change = {script: _change(page, run, script) for script in {page.lines[index].script for index in run[:200]}}
    vocabulary = word_beginnings(" ".join(page.lines[each].text[:800] for each in page.after(run[-1], 2)))
    place = bisect(page.cohesion.prose, run[0])
    rated = frozenset(run if len(run) <= 2 * RUN_END_LINES else run[:RUN_END_LINES] + run[-RUN_END_LINES:])
    for index in run:
        if index in rated and _possible(page, index):
            title = _rated(page, index, run, habits)
            if ended:
                title.score += ended
                title.cues.append(Cue("after the end of another article"))
            points = change.get(page.lines[index].script, 0.0)
            if points:
                title.score += points
                title.cues.append(Cue("language changes", index + 1))
            own = word_beginnings(page.lines[index].text)
            if own:
                title.score += 0.8 * len(own & vocabulary) / len(own)  # a title is about what the text is about
            if _has_date_above(page, index):
                title.score += 2.5
                title.is_marked = True
            title.is_marked |= ended > 1 or points > 0 or title.head.score > 0 or page.lines[index].has_glued_last_word
            _rate_subject(page, title, place)
            yield title
        if page.noise[index] is not None or index in page.glued or index in page.biographies:
            ended = max(ended, _end_points(page, index, habits.endings))


def _follows_glued_heading(page: Page, run: list[int]) -> bool:
    place = page.position[run[0]]
    return place > 0 and page.filled[place - 1] in page.glued


def _rate_subject(page: Page, title: Title, place: int) -> None:
    """A new article has words of its own; so has its title, which the text above (to paragraph ``place``) does not have."""
    odds = page.cohesion.log_odds_of_title(place, page.lines[title.index])
    if odds is None:
        return
    # What an end, a byline or another language marks may well be about the same thing.
    title.score += max(0.0 if title.is_marked else -0.8, min(3.0, 1.5 + odds / 2))
    title.has_own_subject = odds > _LIKELY_SUBJECT
    if title.has_own_subject:
        title.cues.append(Cue("another subject than above", title.index + 1))


def _has_date_above(page: Page, index: int) -> bool:
    """Whether a date stands alone between the text or noise above and this line."""
    place = page.position[index]
    if not place or not is_bare_date(page.credits[page.filled[place - 1]]):
        return False
    before = page.filled[place - 2] if place >= 2 else None
    return before is None or page.noise[before] is not None or page.is_prose(before)


def _end_points(page: Page, index: int, endings: Mapping[str, int]) -> float:
    """How surely the line ends an article; a heading that comes again and again is the page's way to end them."""
    noise, line = page.noise[index], page.lines[index]
    if index in page.glued:
        return 2.0
    if noise is Boilerplate.READ_ALSO:
        return 1.0
    if noise in ENDING:
        return 2.7 if noise is Boilerplate.RELATED and endings.get(line.folded, 0) >= 2 else 2.0
    return 2.0 if line.is_prose and index in page.biographies else 0.0


def _possible(page: Page, index: int) -> bool:
    line = page.lines[index]
    if page.noise[index] is not None or page.credits[index] is not None or index in page.wrapped:
        return False
    if index in page.glued or (line.text[0] in "[(" and line.text[-1] in ")]."):
        return False
    return (line.can_be_title and index not in page.biographies) or _LABELLED.match(line.text) is not None


def _best(page: Page, rated: list[Title]) -> Title | None:
    """The likeliest title of a run; of equals the first, but the last of a list of links."""
    if not rated:
        return None
    top = max(title.score for title in rated)
    equals = [title for title in rated if title.score >= top - 0.01]
    best = equals[-1] if len(equals) >= 3 else equals[0]
    # A title and the line under it share a byline; the upper one is the title unless it is a kicker of a few words.
    for title in rated:
        near = page.position[best.index] - page.position[title.index] == 1 and best.head.score > 0
        if (
            near
            and title.head.score >= best.head.score
            and page.lines[title.index].words >= 4
            and title.score >= top - 0.8
        ):
            return title
    return best


def _change(page: Page, run: list[int], script: str | None) -> float:
    """Points for a run between prose in one language and prose in another."""
    first, last = page.position[run[0]], page.position[run[-1]]
    before = next((each for each in reversed(page.filled[max(0, first - 3) : first]) if page.is_prose(each)), None)
    after = next((each for each in page.filled[last + 1 : last + 4] if page.is_prose(each)), None)
    if before is None or after is None:
        return 0.0
    before_script, after_script = page.lines[before].script, page.lines[after].script
    if not _same_script(before_script, after_script):
        return 3.0 if _same_script(script, after_script) else 0.0
    texts = page.lines[before].text[:400], page.lines[after].text[:400]
    if min(len(text) for text in texts) < 80:
        return 0.0
    guesses = [_language(text) for text in texts]
    return 2.5 if guesses[0] and guesses[1] and guesses[0] != guesses[1] else 0.0


@lru_cache(maxsize=512)
def _language(text: str) -> str | None:
    guess = detect_language(text)
    return guess.code if guess.confidence >= 0.8 else None
