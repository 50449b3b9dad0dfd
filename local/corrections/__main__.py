from __future__ import annotations

import importlib
import os
import signal
import threading
import time
from pathlib import Path

from local.corrections import (
    async_calls,
    calls_within_calls,
    downloads,
    error_names,
    mail,
    mail_identity,
    passwords,
    streams,
    uploads,
)


def stop_with(parent: int) -> None:
    """Stop, saving state, once the process that started this one is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=stop_with, args=[os.getppid()], daemon=True).start()
async_calls.correct()
calls_within_calls.correct()
downloads.correct()
error_names.correct()
mail.correct(Path(os.environ["ROUNDTABLE_MAIL"]))
mail_identity.correct()
passwords.correct()
streams.correct()
uploads.correct()
importlib.import_module("ministack.app").main()
