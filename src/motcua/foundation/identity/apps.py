from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.foundation.identity"
    label = "identity"
