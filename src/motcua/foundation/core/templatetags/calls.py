"""What every form that calls a verb carries: a fresh request key, and the versions its screen was drawn from."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.foundation.core.models import Subject
from motcua.foundation.core.refs import new_public_id

register = template.Library()


@register.simple_tag
def call_fields(*subjects: Subject) -> SafeString:
    """Write the hidden fields that `views.call_from` reads: a double click answers once, a stale screen is told."""
    seen = " ".join(f"{subject.ref}@{subject.version}" for subject in subjects)
    return format_html(
        '<input type="hidden" name="request_key" value="{}"><input type="hidden" name="seen" value="{}">',
        new_public_id(24),
        seen,
    )
