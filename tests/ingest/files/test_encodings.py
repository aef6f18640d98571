"""Which encoding bytes are in: what is stated is believed as long as the text is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ingest.files.encodings import LineDecoder, decode_stated, guess_encoding
from search.ingest.files.plausible import oddness

TEXTS = {
    "cp1251": "Смотрительница поднялась на старый маяк и снова зажгла лампу, которую видно с кораблей у берегов Норвегии.",
    "koi8_r": "Смотрительница поднялась на старый маяк и снова зажгла лампу, которую видно с кораблей у берегов Норвегии.",
    "cp1252": "La gardienne a monté l'escalier du vieux phare et rallumé la lampe que même les bateaux éloignés ont aperçue.",
    "cp1250": "Latarniczka weszła po schodach starej latarni i znów zapaliła lampę, którą widać było z łodzi rybackich.",
    "cp1256": "صعدت الحارسة درج المنارة القديمة وأضاءت المصباح من جديد فرأته السفن قبالة ساحل النرويج",
    "cp1253": "Η φύλακας ανέβηκε τη σκάλα του παλιού φάρου και άναψε ξανά τη λάμπα που βλέπουν τα πλοία",
    "cp1255": "השומרת עלתה במדרגות המגדלור הישן והדליקה שוב את המנורה שנראית מן הספינות",
    "gb18030": "看守人登上旧灯塔的楼梯，再次点亮了挪威海岸外船只可以看到的灯。",
    "big5": "看守人登上舊燈塔的樓梯，再次點亮了挪威海岸外船隻可以看到的燈。",
    "shift_jis": "灯台守は古い灯台の階段を上り、ノルウェー沖の船から見えるランプを再び灯した。",
    "euc_kr": "등대지기는 오래된 등대의 계단을 올라 노르웨이 앞바다의 배들이 보는 등을 다시 켰다.",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_stated_encoding_that_fits_is_believed(encoding: str) -> None:
    decoded = decode_stated(TEXTS[encoding].encode(encoding), encoding)
    assert (decoded.text, decoded.guessed) == (TEXTS[encoding], False)


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("stated", ["utf-8", "cp1252", "cp1251"])
def test_a_stated_encoding_that_the_bytes_contradict_is_not_believed(encoding: str, stated: str) -> None:
    if (encoding, stated) == ("cp1252", "cp1252"):
        return
    assert decode_stated(TEXTS[encoding].encode(encoding), stated).text == TEXTS[encoding]


@pytest.mark.parametrize("stated", ["cp1252", "cp1251", "gb18030", "koi8_r"])
@pytest.mark.parametrize("text", TEXTS.values())
def test_utf8_is_utf8_whatever_is_stated(text: str, stated: str) -> None:
    assert decode_stated(text.encode(), stated).text == text


@pytest.mark.parametrize("text", TEXTS.values())
def test_a_text_is_not_odd(text: str) -> None:
    assert oddness(text) == 0


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "cp1250", "cp1256"])
def test_lines_of_another_encoding_are_read_in_it_and_the_others_as_they_are(encoding: str) -> None:
    good, bad = "Ünder dem Leuchtturm öffnet ein Café\n".encode(), f"{TEXTS[encoding]}\n".encode(encoding)
    assert guess_encoding(good + bad + good, whole=True) == "utf-8"
    lines = LineDecoder()
    assert "".join(map(lines.decode, [good, bad, good])).split("\n")[1] == TEXTS[encoding]
    assert (lines.encoding, lines.first) == (encoding, 2)


def test_one_damaged_character_leaves_its_line_in_utf8() -> None:
    lines = LineDecoder()
    assert lines.decode(TEXTS["cp1251"].encode()[:-2] + b"\xd1.\n").startswith(TEXTS["cp1251"][:60])


@given(st.text(max_size=300))
def test_what_is_encoded_as_utf8_comes_back(text: str) -> None:
    plain = text.encode("utf-8", "ignore").decode().lstrip("\ufeff")
    assert decode_stated(plain.encode(), "cp1251").text == plain


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    lines = LineDecoder()
    assert isinstance("".join(map(lines.decode, data.splitlines(keepends=True))), str)
