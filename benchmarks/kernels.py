"""Starts a real IPython kernel, and runs code in it as JupyterLab does."""

import ast
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from jupyter_client import BlockingKernelClient
from jupyter_client.manager import run_kernel

HERE = Path(__file__).parent
PATIENCE = 600  # seconds


class Kernel:
    """A running kernel."""

    def __init__(self, client: BlockingKernelClient):
        self._client = client

    def run(self, code: str, cell: str = "") -> list[dict]:
        """Run `code` as the text of the notebook's cell `cell`; return the messages it sent to the page."""
        messages = []
        self._client.session.metadata = {"cellId": cell} if cell else {}
        self._client.execute_interactive(code, output_hook=messages.append, timeout=PATIENCE)
        for message in messages:
            if message["msg_type"] == "error":
                raise RuntimeError("in the kernel:\n" + "\n".join(message["content"]["traceback"]))
        return messages

    def value(self, expression: str) -> Any:
        """Return the value of an expression that is a number, a text, or a list or dict of such."""
        asked = dict(user_expressions={"it": expression}, silent=True, output_hook=lambda message: None)
        reply = self._client.execute_interactive("", timeout=PATIENCE, **asked)["content"]["user_expressions"]["it"]
        if reply["status"] != "ok":
            raise RuntimeError("in the kernel:\n" + "\n".join(reply["traceback"]))
        return ast.literal_eval(reply["data"]["text/plain"])


@contextmanager
def kernel() -> Iterator[Kernel]:
    """Start a kernel that can import these benchmarks and knows nothing of the user's IPython; stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="lossviz-kernel-", ignore_cleanup_errors=True) as home:
        path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
        environment = os.environ | {"IPYTHONDIR": home, "PYTHONPATH": path}
        with run_kernel(kernel_name="python3", env=environment, stderr=DEVNULL) as client:
            yield Kernel(client)
