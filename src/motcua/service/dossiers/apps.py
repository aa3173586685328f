from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.service.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        """Declare the menu, and the places that the shells lead to."""
        from motcua.foundation.core.menu import MenuEntry, declare, declare_place
        from motcua.service.dossiers.policies import DOSSIERS

        declare(MenuEntry("Việc của tôi", "queue", "inbox", order=10, verb="dossier.read", policy=DOSSIERS))
        declare(MenuEntry("Tiếp nhận", "intake", "plus", order=20, verb="dossier.receive", policy=DOSSIERS))
        declare(MenuEntry("Đơn vị của tôi", "unit", "chart-bar", order=30, verb="dossier.oversee", policy=DOSSIERS))
        declare_place("home", "home")
        declare_place("desk", "queue")
        declare_place("track", "track")
