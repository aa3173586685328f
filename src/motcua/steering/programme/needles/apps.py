from django.apps import AppConfig


class NeedlesConfig(AppConfig):
    name = "motcua.steering.programme.needles"
    label = "needles"
    verbose_name = "Chỉ tiêu của chương trình"
