from importlib import import_module

from django.apps import AppConfig

#: Mechanisms that keep their tables beside their code.
WITH_TABLES = ("files", "papers", "jobs", "outbox", "search", "numbering")


class CoreConfig(AppConfig):
    name = "motcua.foundation.core"
    label = "core"
    verbose_name = "Nền"

    def import_models(self) -> None:
        super().import_models()
        for mechanism in WITH_TABLES:
            import_module(f"{self.name}.{mechanism}.models")
