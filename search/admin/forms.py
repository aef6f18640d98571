"""The forms: lenient where the meaning is clear, and every constraint of the database a message at
its field."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from search.admin.codes import CodeSelect, outlet_select
from search.admin.surroundings import set_sentences
from search.admin.typed import BaseInlineFormSet, ModelForm
from search.cleaning import clean_line, clean_text
from search.languages.tags import normalise_language
from search.models import Article, CountryMention, Outlet, OutletAlias, free_slug

DIRECTION = {"dir": "auto"}
#: An article that is a whole book mentions countries more often than a page of forms can take; the list of mentions
#: has them all.
MAX_MENTIONS_SHOWN = 300


def language_subtag(typed: str) -> str:
    """The lower-case primary subtag of what was typed or chosen. Raises ValidationError where there
    is none."""
    subtag = normalise_language(typed)
    if subtag is None:
        raise ValidationError(_("There is no language with the code “%(code)s”."), params={"code": typed})
    return subtag


def _name(typed: str) -> str:
    """What was typed, cleaned as `ingest` cleans a line. Raises ValidationError where nothing
    visible is left."""
    name = clean_line(typed)
    if all(unicodedata.category(character)[0] in "CZ" for character in name):
        raise ValidationError(forms.Field.default_error_messages["required"], code="required")
    return name


class AddressField(forms.URLField):
    """A web address; one typed without a scheme is https."""

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)


class TextField(forms.CharField):
    """A text in lines. Browsers send CRLF for each line end; that alone is no change."""

    def to_python(self, value: Any) -> str:
        """The text as it is stored."""
        return clean_text(super().to_python(value) or "").strip()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the stored text would be another one."""
        return super().has_changed(self.to_python(initial), data)


class ArticleForm(ModelForm[Article]):
    """An article's own fields."""

    class Meta:
        model = Article
        fields = (
            "title",
            "body",
            "outlet",
            "original_outlet",
            "author",
            "language",
            "published",
            "published_precision",
            "url",
            "visible",
            "hidden_reason",
        )
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", **DIRECTION}),
            "body": forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField", **DIRECTION}),
            "author": forms.TextInput(attrs={"class": "vTextField", **DIRECTION}),
            "hidden_reason": forms.TextInput(attrs={"class": "vTextField", **DIRECTION}),
            "language": CodeSelect("language"),
        }
        field_classes = {"body": TextField, "url": AddressField}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("published_precision", "hidden_reason"):
            if name in self.fields:
                self.fields[name].required = False

    def clean_title(self) -> str:
        """The title on one line; one without a visible character is none."""
        return _name(self.cleaned_data["title"])

    def clean_language(self) -> str:
        """Its lower-case primary subtag; a code that is not in CLDR may stay but not be chosen."""
        typed: str = self.cleaned_data["language"]
        return typed if not typed or typed == self.initial.get("language") else language_subtag(typed)

    def clean(self) -> dict[str, Any]:
        """Make date and precision agree, and want a reason for hiding."""
        cleaned = super().clean() or self.cleaned_data
        day, precision = cleaned.get("published"), cleaned.get("published_precision")
        if "published" in cleaned:
            if day is None:
                precision = Article.Precision.UNKNOWN
            elif precision == Article.Precision.YEAR:
                day = day.replace(month=1, day=1)
            elif precision == Article.Precision.MONTH:
                day = day.replace(day=1)
            else:
                precision = Article.Precision.DAY
            cleaned |= {"published": day, "published_precision": precision}
        if "language" in cleaned and cleaned["language"] != self.initial.get("language", ""):
            self.instance.language_confidence = None
        if cleaned.get("visible"):
            cleaned["hidden_reason"] = ""
        elif "visible" in cleaned and not cleaned.get("hidden_reason"):
            self.add_error("hidden_reason", _("Say why the article is hidden."))
        return cleaned


class MentionForm(ModelForm[CountryMention]):
    """A mention: which country, and whether it counts. Where it is written belongs to the text and
    is not typed in."""

    class Meta:
        model = CountryMention
        fields = ("country", "surface", "status")
        widgets = {
            "country": CodeSelect("country"),
            "surface": forms.TextInput(attrs={"size": 14, **DIRECTION}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "surface" in self.fields:
            self.fields["surface"].help_text = str(_("As the article writes it; may be left empty."))

    def _get_validation_exclusions(self) -> set[str]:
        # The place is not in the form, but two mentions of one country at one place must be a message, not a crash.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - {"article", "field", "start", "end"}


class MentionFormSet(BaseInlineFormSet[CountryMention, Article, MentionForm]):
    """An article's mentions, all sharing the article that is already loaded."""

    def get_queryset(self) -> QuerySet[CountryMention]:
        """The first of them."""
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset()[:MAX_MENTIONS_SHOWN]
            for mention in self._queryset:
                mention.article = self.instance
            set_sentences(self._queryset)
        return self._queryset

    def validate_unique(self) -> None:
        """Two mentions of one country at one place. Django's own check compares only what is in the
        form: the country."""
        places = set()
        for form in self.forms:
            mention = form.instance
            place = (mention.country, mention.field, mention.start, mention.end)
            if mention.start is not None and place in places:
                raise ValidationError(
                    _("Two mentions of one country at the same place: “%(surface)s”."),
                    params={"surface": mention.surface},
                )
            places.add(place)

    def _construct_form(self, number: int, **options: Any) -> MentionForm:
        form: MentionForm = super()._construct_form(number, **options)  # type: ignore[misc]
        form.instance.article = self.instance
        return form


class OutletForm(ModelForm[Outlet]):
    """An outlet; the address part is made from the name."""

    class Meta:
        model = Outlet
        fields = ("name", "slug", "country", "home_page")
        widgets = {
            "name": forms.TextInput(attrs={"class": "vTextField", **DIRECTION}),
            "country": CodeSelect("country"),
        }
        field_classes = {"home_page": AddressField}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = str(_("Part of addresses; made from the name when left empty."))

    def clean_name(self) -> str:
        """A name that is not another outlet's alias."""
        name = _name(self.cleaned_data["name"])
        if OutletAlias.objects.filter(name=name).exclude(outlet=self.instance.pk).exists():
            raise ValidationError(_("Another outlet has this name as an alias."))
        return name

    def clean(self) -> dict[str, Any]:
        """Give a new outlet a free slug."""
        cleaned = super().clean() or self.cleaned_data
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("name") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned["name"])
        return cleaned


class AliasForm(ModelForm[OutletAlias]):
    """Another name of an outlet."""

    class Meta:
        model = OutletAlias
        fields = ("name",)
        widgets = {"name": forms.TextInput(attrs={"class": "vTextField", **DIRECTION})}

    def clean_name(self) -> str:
        """A name that is not another outlet's own."""
        name = _name(self.cleaned_data["name"])
        if Outlet.objects.filter(name=name).exclude(pk=self.instance.outlet_id).exists():
            raise ValidationError(_("Another outlet is called this."))
        return name


class HideForm(forms.Form):
    """Why articles are hidden."""

    reason = forms.CharField(label=_("Reason for hiding"), max_length=300, widget=forms.TextInput(DIRECTION))


class LanguageForm(forms.Form):
    """The language articles are in."""

    language = forms.CharField(label=_("Language"), max_length=3, widget=CodeSelect("language"))

    def clean_language(self) -> str:
        """Its lower-case primary subtag."""
        return language_subtag(self.cleaned_data["language"])


class OutletChoiceForm(forms.Form):
    """The outlet articles are of."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outlet"] = forms.ModelChoiceField(Outlet.objects.all(), label=_("Outlet"), widget=outlet_select())
