"""Form fields rendered by our own templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Uses the project's templates for every form and field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
