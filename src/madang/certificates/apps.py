from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "madang.certificates"
    label = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from madang.certificates import registrations

        registrations.register()
