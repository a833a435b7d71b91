"""Template tags of the design system (all are built in: no ``{% load %}``)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jitasa.ui import charts, icons, maps
from jitasa.ui.glossary import explanation
from jitasa.ui.keyset import Counted, KeyPage
from jitasa.ui.modules import imported_by
from jitasa.ui.templatetags import thai

register = template.Library()
SELECTED = mark_safe(" selected")


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "camera" %}``: inline SVG in the colour and size of the text around it."""
    return icons.icon(name)


@register.simple_tag
def preload_modules(*names: str) -> SafeString:
    """``{% preload_modules "activities/record.js" %}`` in the head: the module and all it imports come at once."""
    wanted = dict.fromkeys(each for name in names for each in imported_by(name))
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((static(each),) for each in wanted))


@register.simple_tag
def field(bound: BoundField, **options: object) -> SafeString:
    """Label, hint, control and error of one form field.

    ``label=``, ``hint=`` replace the form's own; ``unit=`` stands after the control; ``css=`` adds a class;
    ``must=`` leaves out "not required" where a draft may lack what the finished thing needs.
    """
    if not isinstance(bound, BoundField):
        raise template.TemplateSyntaxError(f"{{% field %}} wants a form field, not {bound!r}")
    meaning = explanation(options.get("label") or bound.label)
    return render_to_string("ui/field.html", {"field": bound, "meaning": meaning, **options})


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(*forms: BaseForm | BaseFormSet[Any] | None) -> dict[str, object]:
    """What must be mended, each line a link to its field. Nothing when all is well.

    Takes any number of forms and formsets.
    """
    lines: list[tuple[str, str, str]] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            lines += [("", "", str(text)) for text in form.non_form_errors()]
            for each in form.forms:
                lines += _errors_of(each)
        elif form is not None:
            lines += _errors_of(form)
    return {"lines": lines}


def _errors_of(form: BaseForm) -> list[tuple[str, str, str]]:
    lines = []
    for name, texts in form.errors.items():
        bound = form[name] if name in form.fields else None
        label = str(bound.label) if bound else ""
        lines += [(_target(bound), label, str(text)) for text in texts]
    return lines


def _target(bound: BoundField | None) -> str:
    """The id a link can go to: the control, or the first choice of a group."""
    if bound is None or bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label or bound.auto_id


@register.simple_tag
def tag(tone: str, text: object) -> SafeString:
    """``{% tag "ok" "ยืนยันแล้ว" %}``: ok, warn, bad, info or idle, always with a shape and a word."""
    return format_html('<span class="tag {}">{}</span>\n', tone, text)  # tags beside each other stand apart


@register.simple_tag
def choices(rows: Iterable[tuple[object, object]], chosen: object = "") -> SafeString:
    """The options of a select, ``(value, words)``, made at once where there may be many."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", words) for value, words in rows),
    )


@register.simple_tag
def meter(
    value: charts.Number | None, most: charts.Number | None, label: str = "", tone: str = ""
) -> SafeString:
    """A bar of ``value`` out of ``most``; ``label`` is read out, so write the whole sentence."""
    return format_html(
        '\n<svg class="{}" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<rect width="{}%" height="100%" rx="5"/></svg>\n',
        f"meter {tone}" if tone else "meter",
        label or f"{thai.n(value)} / {thai.n(most)}",
        charts.share(value, most),
    )


@register.simple_tag
def sparkline(
    values: Iterable[charts.Number | None], label: str = "", open_last: object = False
) -> SafeString:
    """A tiny column per month, the last one darker; only outlined while its month is not finished."""
    drawn = charts.spark(values, open_last=bool(open_last))
    bars = "".join(
        f'<rect x="{x}" y="{y}" width="7" height="{height}"' + (f' class="{kind}"/>' if kind else "/>")
        for x, y, height, kind in drawn
    )
    return format_html(
        '<svg class="spark" role="img" viewBox="0 0 {} 24" preserveAspectRatio="none" {}>{}</svg>\n',
        max(len(drawn) * 10 - 3, 1),
        format_html('aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        mark_safe(bars),  # noqa: S308 (numbers, and classes of ``charts``)
    )


@register.inclusion_tag("ui/charts/bars.html")
def bar_chart(rows: Iterable[Sequence[object]], title: str, unit: str = "") -> dict[str, object]:
    """Horizontal bars with their numbers: ``rows`` of ``(label, value)`` or ``(label, value, url)``."""
    return {"bars": charts.bars(rows), "title": title, "unit": unit}


@register.inclusion_tag("ui/charts/columns.html")
def column_chart(
    rows: Iterable[Sequence[object]], title: str, unit: str = "", open_last: object = False
) -> dict[str, object]:
    """Upright columns, for months: ``rows`` of ``(label, value)`` or ``(label, value, url)``, oldest first. A value of ``None`` is a month without a round.

    ``open_last``: the last month is not finished, so its column is outlined and a line says so.
    """
    drawn = charts.columns(rows)
    gaps = any(bar.is_unknown for bar in drawn)
    shown = {"bars": drawn, "has_gaps": gaps, "title": title, "unit": unit, "show_values": len(drawn) <= 18}
    return {**shown, "open_last": bool(open_last) and bool(drawn)}


@register.inclusion_tag("ui/charts/province_map.html")
def province_map(
    values: Mapping[str, charts.Number],
    title: str,
    unit: str = "",
    urls: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """The country, each province shaded by its value; ``urls`` makes provinces links.

    ``values`` maps the two-digit province code to a number; a province that is missing has no data.
    """
    return {"map": maps.choropleth(values, urls or {}), "title": title, "unit": unit}


@register.inclusion_tag("ui/charts/point_map.html")
def point_map(
    points: Iterable[Sequence[Any]], province: str, title: str, legend: Iterable[tuple[str, object]] = ()
) -> dict[str, object]:
    """Points over one province: ``points`` of ``(latitude, longitude, label, tone, url)``, tone and url may lack.

    ``legend`` says what each tone means, ``(tone, words)``; a map with more than one tone has it. Where scripts
    run, the picture becomes a map to come nearer on, down to the tambon, with a scale and the operator's tiles.
    """
    listed = [tuple(point) for point in points]
    near = json.dumps([[float(p[0]), float(p[1]), *(str(each or "") for each in p[2:5])] for p in listed])
    return {
        "map": maps.points_on(province, listed),
        "title": title,
        "legend": list(legend),
        "province": province,
        "near": near if listed else "",
    }


@register.inclusion_tag("ui/parts/empty.html")
def empty(
    heading: str, text: str = "", url: str = "", button: str = "", icon: str = "inbox"
) -> dict[str, object]:
    """Nothing here yet: says why, and what to do next."""
    return {"heading": heading, "text": text, "url": url, "button": button, "icon": icon}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], name: str = "page") -> dict[str, object]:
    """Earlier and later pages of a Django ``Page``, keeping the other parameters of the address."""
    return {"page": page, "name": name, "request": context.get("request")}


@register.inclusion_tag("ui/parts/key_pager.html", takes_context=True)
def key_pager(context: Context, page: KeyPage[Any]) -> dict[str, object]:
    """The pages beside a page by key, the first and the last, keeping the other parameters of the address."""
    return {"page": page, "request": context.get("request")}


@register.filter
def counted(count: Counted) -> str:
    """How many there are, as far as they are counted: ``9,640``, ``10,000+``."""
    return f"{thai.n(count.most)}+" if count.more else thai.n(count.number)


@register.simple_tag(takes_context=True)
def slot(context: Context, template_name: str) -> str:
    """Another app's fragment in the frame of the page; nothing where that app has none."""
    try:
        fragment = get_template(template_name)
    except template.TemplateDoesNotExist:
        return ""
    return fragment.render(context.flatten(), context.get("request"))  # type: ignore[arg-type]  # flatten gives str keys
