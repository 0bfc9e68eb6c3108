"""Heavy work can exhaust nothing but itself."""

import math
import os
import time

import pytest

from madang.core.limits import LimitExceededError, ProcessFailedError, run_limited


def hoard(megabytes):
    return len(bytearray(megabytes * 1024 * 1024))


def fail():
    raise LookupError("no such country")


def fail_with_something_local():
    class LocalError(Exception):
        pass

    raise LocalError("only known over there")


def test_the_answer_comes_back_from_a_process_of_its_own():
    assert run_limited(math.factorial, args=(5,), seconds=60, megabytes=512) == 120
    assert run_limited(os.getpid, seconds=60, megabytes=512) != os.getpid()


def test_work_that_takes_too_long_is_stopped():
    with pytest.raises(LimitExceededError, match="longer than 1"):
        run_limited(time.sleep, args=(60,), seconds=1, megabytes=512)


def test_work_that_takes_too_much_memory_is_stopped():
    with pytest.raises(LimitExceededError, match="400 megabytes"):
        run_limited(hoard, args=(2000,), seconds=60, megabytes=400)


def test_an_error_comes_back_as_itself_where_it_can():
    with pytest.raises(LookupError, match="no such country"):
        run_limited(fail, seconds=60, megabytes=512)
    with pytest.raises(ProcessFailedError, match="LocalError: only known over there"):
        run_limited(fail_with_something_local, seconds=60, megabytes=512)


def test_a_process_that_dies_is_noticed():
    with pytest.raises(ProcessFailedError, match="code 3"):
        run_limited(os._exit, args=(3,), seconds=60, megabytes=512)
