from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "madang.groups"
    label = "groups"
    verbose_name = _("Groups")

    def ready(self) -> None:
        from madang.groups import registrations

        registrations.register()
