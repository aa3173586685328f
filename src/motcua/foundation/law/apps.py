from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "motcua.foundation.law"
    label = "law"
