from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.foundation.identity"
    label = "identity"
    verbose_name = "Người dùng và vai trò"

    def ready(self) -> None:
        from motcua.foundation.core import menu
        from motcua.foundation.identity.inheriting import PeopleAtAgencies
        from motcua.foundation.identity.policies import ACCOUNTS, DENIALS
        from motcua.foundation.organisations.registry import declare_dependants

        menu.declare(menu.MenuEntry("Người trong cơ quan", "people", "users", 800, "account.open", ACCOUNTS))
        menu.declare(menu.MenuEntry("Việc bị từ chối", "denials", "ban", 810, "denial.read", DENIALS))
        declare_dependants(PeopleAtAgencies())
        for place, url_name in PLACES.items():
            menu.declare_place(place, url_name)


PLACES = {
    "sign-in": "sign-in", "sign-out": "sign-out", "switch-officer": "switch-officer", "lock": "lock",
    "profile": "my-account",
}
