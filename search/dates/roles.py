"""What the words before a date say it is: of the publication, of a later change, or of a reader's
visit."""

from __future__ import annotations

import re

from search.folding import fold

from .months import weekday_names

# When somebody looked at the page, saved or printed it; never when it came out.
_VISITED = r"""
accessed|access date|date of access|retrieved|last visited|visited|viewed|printed|print date|downloaded|saved|cached|archived
|captured|consulté\w*|consulte|vu|imprimé\w*|page consultée|abgerufen|abruf|zugriff|aufgerufen|gedruckt|gespeichert
|consultad[oa]|consulta|recuperado|impreso|visto|acesso em|acessado|acedido|consultat|consultato|ultimo accesso|stampato
|geraadpleegd|geopend|afgedrukt|hämtad|besökt|hentet|hentet den|lest|luettu|viitattu|dostęp|data dostępu|wydrukowano|cit|přístup|navštíveno
|vytištěno|дата обращения|дата доступа|просмотрено|проверено|распечатано|сохранено|дата звернення|переглянуто|посетен|erişim tarihi|erişim|yazdırma
|تاريخ الاطلاع|تاريخ الوصول|اطلع عليه|تمت الزيارة|تاريخ الزيارة|تاريخ الطباعة|تاریخ دسترسی|دسترسی|بازیابی|بازدید
|访问日期|访问|检索于|查阅于|閲覧日|閲覧|열람|접속일
"""
# When it was changed after it had come out.
_UPDATED = r"""
update|updated|modified|edited|mis à jour|màj|maj|actualisé\w*|modifié\w*|actualizad[oa]|modificad[oa]|modificación|atualizad[oa]
|aktualisiert|geändert|bearbeitet|aggiornat[oa]|bijgewerkt|uppdaterad|opdateret|oppdatert|päivitetty|aktualizace|aktualizováno|zaktualizowano|aktualizacja
|ažurirano|обновлен\w*|обновлён\w*|изменен\w*|изменён\w*|последнее изменение|оновлен\w*|обновен\w*|актуализиран\w*|güncelle\w*|yenilən\w*
|ενημ[έε]ρωση|ενημερώθηκε|עודכן|تحديث|التحديث|آخر تحديث|تعديل|بروزرسانی|به روز رسانی|به‌روزرسانی|ویرایش|更新|修改|수정|업데이트
|cập nhật|diperbarui|diubah
"""
# Between such words and the date: "on", "le", "am", a weekday, a colon.
_BETWEEN = r"\W*(?:(?:on|at|le|am|el|em|den|dne|il|dnia|at|в|на|في|بتاريخ|در)\W+)*(?:(?P<word>[^\W\d]+)\W+)?$"


def _before(table: str) -> re.Pattern[str]:
    words = "|".join(word.strip() for word in table.replace("\n", "").split("|"))
    return re.compile(rf"(?<!\w)(?:{words}){_BETWEEN}", re.IGNORECASE)


_BEFORE_VISIT, _BEFORE_UPDATE = _before(_VISITED), _before(_UPDATED)
_LOOK_BACK = 40


def is_visit(plain: str, start: int) -> bool:
    """Whether the date at ``start`` is when somebody looked at, saved or printed the page."""
    before = _BEFORE_VISIT.search(plain[max(0, start - _LOOK_BACK) : start])
    return before is not None and (before["word"] is None or fold(before["word"]) in weekday_names())


def is_update(plain: str, start: int) -> bool:
    """Whether the date at ``start`` is when the article was changed."""
    return _BEFORE_UPDATE.search(plain[max(0, start - _LOOK_BACK) : start]) is not None
