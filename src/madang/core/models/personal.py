"""Models with personal fields, and the keys under which these are encrypted."""

from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from madang.core import clock, vault
from madang.core.identifiers import uuid7


class SubjectKey(models.Model):
    """The wrapped key of one person. Without it nothing personal of theirs can be read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wrapped = models.BinaryField(null=True, editable=False)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    _data_key: bytes | None = None

    class Meta:
        verbose_name = _("key of a person")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="core_subjectkey_whole_or_destroyed",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    def __getstate__(self) -> dict[str, Any]:
        # A pickled instance (in a cache, in a task) must not carry the key in the clear.
        return {**super().__getstate__(), "_data_key": None}

    @classmethod
    def create(cls, subject: UUID | None = None) -> Self:
        """A new key, for a new subject or the one given."""
        subject = subject or uuid7()
        return cls.objects.create(id=subject, wrapped=vault.new_wrapped_key(subject))

    @property
    def is_destroyed(self) -> bool:
        return self.wrapped is None

    @property
    def data_key(self) -> bytes:
        """The key itself, unwrapped once for each instance. Raises `ValueError` once destroyed."""
        if self.wrapped is None:
            raise ValueError("The key is destroyed.")
        if self._data_key is None:
            self._data_key = vault.unwrap(bytes(self.wrapped), self.id)
        return self._data_key

    def destroy(self) -> None:
        """Make everything under this key unreadable for ever, in restored backups too."""
        self.wrapped = self._data_key = None
        self.destroyed_at = self.destroyed_at or clock.now()
        self.save(update_fields=["wrapped", "destroyed_at"])
        transaction.on_commit(lambda: vault.remember_erasure(self.id))


class UnsealedError(Exception):
    """A personal value was about to be stored as anybody could read it."""


class _Sealed(str):
    """A ciphertext as it stands in the database, not yet opened."""

    __slots__ = ()


class _PersonalValue:
    """Opens a ciphertext when the attribute is read; an erased person's reads as empty text."""

    def __init__(self, field: "PersonalText") -> None:
        self.field = field

    def __get__(self, thing: Any, owner: type | None = None) -> Any:
        if thing is None:
            return self
        name = self.field.attname
        if name not in thing.__dict__:
            thing.refresh_from_db(fields=[name])
        value = thing.__dict__[name]
        if isinstance(value, _Sealed):
            value = self.field.open(thing, value)
            thing.__dict__[name] = value
        return value

    def __set__(self, thing: Any, value: str) -> None:
        thing.__dict__[self.field.attname] = value


class PersonalText(models.TextField):  # type: ignore[type-arg]
    """A text that is encrypted under the key of the row's `subject`.

    `why` states the purpose for which the value is kept, and `until` when it goes; both are shown
    to the person. What others wrote in confidence while they weighed something is `withheld`: the
    person is told that it is there, and not what it says. The database can neither search nor sort
    by such a column: see `vault.blind_index`.
    """

    def __init__(
        self, *args: Any, why: Any = "", until: Any = "", withheld: bool = False, **kwargs: Any
    ) -> None:
        self.why = why
        self.until = until
        self.withheld = withheld
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _PersonalValue(self))

    def from_db_value(self, value: str | None, *_args: object) -> str:
        return _Sealed(value) if value else ""

    def place(self, thing: models.Model) -> str:
        return f"{thing._meta.label_lower}.{self.attname}.{thing.pk}"

    def open(self, thing: Any, sealed: str) -> str:
        key: SubjectKey = thing.subject
        if key.is_destroyed:
            return ""
        return vault.unseal(key.data_key, sealed, self.place(thing))

    # The signature is Django's.
    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: ARG002, FBT001
        value: str = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, _Sealed) or not value:
            return value or ""
        key: SubjectKey = model_instance.subject
        if key.is_destroyed:
            raise vault.VaultError("This person has been erased: nothing can be written any more.")
        return _Sealed(vault.seal(key.data_key, value, self.place(model_instance)))

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Refuse what did not go through `pre_save`.

        `update` and `bulk_update` know no row, hence no key, and would store the text as it is.
        """
        if isinstance(value, str) and value and not isinstance(value, _Sealed):
            raise UnsealedError(
                f"{self.model.__name__}.{self.attname} is personal: save each row by itself."
            )
        return super().get_db_prep_save(value, connection)

    def value_from_object(self, obj: models.Model) -> str:
        return str(getattr(obj, self.attname))


class PersonalManager(models.Manager[Any]):
    """Reads the keys together with the rows: no query more for any number of them."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("subject")


class Personal(models.Model):
    """A model with `PersonalText` fields, all of them under the key of one subject."""

    subject = models.ForeignKey(
        SubjectKey, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = PersonalManager()

    class Meta:
        abstract = True

    @classmethod
    def personal_fields(cls) -> list[PersonalText]:
        return [field for field in cls._meta.get_fields() if isinstance(field, PersonalText)]
