"""Pages that are no articles are passed over with the reason, in the report and in the admin's list."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.models import IngestFailure
from tests.ingest.runs import Report
from tests.ingest.runs import ingest as run
from tests.ingest.webpages.invented import PARAGRAPHS, page

pytestmark = pytest.mark.django_db(transaction=True)

CHALLENGE = "<html><head><title>Just a moment...</title></head><body><h1>velmora.example</h1></body></html>"


def ingest(path: Path) -> Report:
    return run(path)[1]


def states() -> list[tuple[str, str]]:
    return list(IngestFailure.objects.order_by("pk").values_list("file", "status"))


def test_a_challenge_is_told_and_listed_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(CHALLENGE)
    report = ingest(tmp_path)
    assert (report["articles"], report["failures"]) == ([], [])
    assert [(each["file"], "captcha" in each["reason"]) for each in report["no_article"]] == [("a.html", True)]
    assert report["counts"]["no_article"] == 1
    assert states() == [("a.html", "skipped")]


def test_a_page_that_was_saved_again_settles_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(CHALLENGE)
    ingest(path)
    path.write_text(page())
    assert len(ingest(path)["articles"]) == 1
    assert states() == [("a.html", "resolved")]


@pytest.mark.parametrize("folder", ["Quay_files", "Quay-Dateien", "Quay_fichiers"])
def test_frames_of_a_saved_page_are_passed_over(tmp_path: Path, folder: str) -> None:
    (tmp_path / "Quay.html").write_text(page())
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "like.html").write_text("<html><body>1.2K people like this</body></html>")
    (tmp_path / folder / "empty.html").write_text("<html><body></body></html>")
    report = ingest(tmp_path)
    assert (len(report["articles"]), report["failures"]) == (1, [])
    assert [each["file"] for each in report["no_article"]] == ["empty.html", "like.html"]


def test_a_folder_of_that_name_without_its_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "my_files").mkdir()
    (tmp_path / "my_files" / "a.html").write_text(page())
    assert len(ingest(tmp_path)["articles"]) == 1


def test_drafts_and_attachments_of_a_blogs_export_are_no_articles(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><description>{PARAGRAPHS[0]}</description>"
        f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        for title, kind, status in (
            ("Quay", "post", "publish"), ("Notes", "post", "draft"), ("logo", "attachment", "inherit"),
            ("Menu", "nav_menu_item", "publish"), ("Tram", "story", "publish"),
        )
    )  # fmt: skip
    (tmp_path / "export.xml").write_text(
        f'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Velmora</title>{items}</channel></rss>'
    )
    report = ingest(tmp_path / "export.xml")
    assert [each["title"] for each in report["articles"]] == ["Quay", "Tram"]
    assert [each["line"] for each in report["no_article"]] == [2, 3, 4]
