"""Django's admin classes with the model they are for in brackets, which their type stubs want and
they themselves lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, TabularInline
    from django.forms import ModelForm
    from django.forms.models import BaseInlineFormSet
else:
    from django import forms
    from django.contrib import admin

    class _Subscriptable:
        def __class_getitem__(cls, _model: Any) -> type:
            return cls

    class ModelAdmin(_Subscriptable, admin.ModelAdmin):
        """`django.contrib.admin.ModelAdmin`."""

    class TabularInline(_Subscriptable, admin.TabularInline):
        """`django.contrib.admin.TabularInline`."""

    class ModelForm(_Subscriptable, forms.ModelForm):
        """`django.forms.ModelForm`."""

    class BaseInlineFormSet(_Subscriptable, forms.BaseInlineFormSet):
        """`django.forms.BaseInlineFormSet`."""


__all__ = ["BaseInlineFormSet", "ModelAdmin", "ModelForm", "TabularInline"]
