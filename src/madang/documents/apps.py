from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "madang.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from madang.documents import registrations

        registrations.register()
