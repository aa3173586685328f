from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "motcua.foundation.core"
    label = "core"
    verbose_name = "Nền"
