from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "motcua.demonstration"
    label = "demonstration"
