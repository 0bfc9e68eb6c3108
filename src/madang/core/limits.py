"""Heavy or risky work in a short-lived process of its own, with limits on time and memory.

What a method of optimisation, a typesetter or a parser of foreign files needs can't be told
beforehand; here it can exhaust nothing but itself.
"""

import contextlib
import functools
import multiprocessing
import pickle
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

from django.utils.translation import gettext as _

try:
    import resource
except ImportError:  # Not a Unix system: time is limited all the same.
    resource = None  # type: ignore[assignment]

_GRACE_SECONDS = 2

# What takes from a tenth of a second to two seconds to import. None of them starts threads of its
# own on import that a fork would lose.
_PRELOADED = ["numpy", "scipy.sparse", "highspy", "numba", "typst", "django"]


class LimitExceededError(Exception):
    """The work took more time or memory than it may; the text says which."""


class ProcessFailedError(Exception):
    """The process ended without an answer, or with an error that can't be passed on."""


def run_limited(
    function: Callable[..., Any],
    *,
    args: Sequence[Any] = (),
    kwargs: Mapping[str, Any] | None = None,
    seconds: float,
    megabytes: int,
) -> Any:
    """Call `function` in a new process and return its answer.

    The function is one of a module, its arguments and answer can be pickled, and it does not use
    the database. What it raises is raised here. `seconds` are of the clock on the wall,
    `megabytes` of memory that it allocates. Raises `LimitExceededError` beyond either.
    """
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_child,
        args=(theirs, function, tuple(args), dict(kwargs or {}), seconds, megabytes),
        daemon=True,
    )
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise LimitExceededError(
                _("The work took longer than %(seconds)s seconds and was stopped.")
                % {"seconds": f"{seconds:g}"}
            )
        outcome, value = ours.recv()
    except EOFError:
        process.join(_GRACE_SECONDS)
        raise ProcessFailedError(f"The process ended with code {process.exitcode}.") from None
    finally:
        ours.close()
        _end(process)
    if outcome == "answer":
        return value
    if isinstance(value, MemoryError):
        raise LimitExceededError(
            _("The work needed more than %(megabytes)s megabytes of memory and was stopped.")
            % {"megabytes": megabytes}
        )
    raise value


@functools.cache
def _context() -> Any:
    """A server that has read the heavy libraries once and forks from there, where there is one.

    It starts with the first call, uses no database, and ends with the process that started it.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _end(process: Any) -> None:
    process.join(0.1)
    if process.is_alive():
        process.terminate()
        process.join(_GRACE_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


def _child(
    answer: Connection,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    seconds: float,
    megabytes: int,
) -> None:
    _limit(seconds, megabytes)
    try:
        outcome = ("answer", function(*args, **kwargs))
    except BaseException as error:  # noqa: BLE001  (whatever it was, the parent is told)
        outcome = ("error", _portable(error))
    # The parent may have given up in the meantime.
    with contextlib.suppress(OSError):
        answer.send(outcome)
    answer.close()


def _limit(seconds: float, megabytes: int) -> None:
    if resource is None:
        return
    limits = (
        # Memory that is allocated, not address space that is only reserved.
        (resource.RLIMIT_DATA, megabytes * 1024 * 1024),
        # In case the parent dies: processor time of a few threads.
        (resource.RLIMIT_CPU, int(seconds * 8) + 1),
        (resource.RLIMIT_CORE, 0),
    )
    for name, limit in limits:
        # Some systems know a limit but refuse to set it.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(name, (limit, limit))


def _portable(error: BaseException) -> BaseException:
    """The error itself if it survives the way to another process, else its name and text."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (our own bytes, made on the same line)
    except Exception:  # noqa: BLE001  (an error's own methods may do anything)
        return ProcessFailedError(f"{type(error).__name__}: {error}")
    return error
