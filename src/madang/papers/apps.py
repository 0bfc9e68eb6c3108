from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "madang.papers"
    label = "papers"
    verbose_name = _("Papers")

    def ready(self) -> None:
        from madang.papers import registrations

        registrations.register()
