from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NominationsConfig(AppConfig):
    name = "madang.nominations"
    label = "nominations"
    verbose_name = _("Nominations")

    def ready(self) -> None:
        from madang.nominations import registrations

        registrations.register()
