from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "jitasa.letters"
    verbose_name = "หนังสือ"
